"""The date poll: answered from the mail without signing in, never by the robot that opens links."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from exchange_groups.models import Membership
from exchange_groups.sessions.models import DateVote, Session
from exchange_groups.sessions.services import dates
from exchange_groups.sessions.services.errors import NoDate, WrongState
from exchange_groups.sessions.tokens import DATES, path_for

pytestmark = pytest.mark.django_db


def days(*numbers):
    noon = timezone.now().replace(minute=0, second=0, microsecond=0)
    return [noon + datetime.timedelta(days=number) for number in numbers]


def fields(*moments):
    values = {}
    for number, moment in enumerate(moments, start=1):
        local = timezone.localtime(moment)
        values |= {f"day_{number}": local.date().isoformat(), f"hour_{number}": local.strftime("%H:%M")}
    return values


def answers_of(user, session):
    votes = DateVote.objects.filter(user=user, option__session=session)
    return dict(votes.values_list("option", "answer"))


def test_dates_are_offered_and_the_group_is_asked_once(signed_in, draft, deliver):
    browser = signed_in("animation")
    address = f"{draft.get_absolute_url()}dates/"
    assert browser.post(address, fields(*days(10, 12))).status_code == 303
    draft.refresh_from_db()
    assert (draft.state, draft.starts_at) == ("polling", None)
    left = deliver()
    assert {name: len(messages) for name, messages in left.items()} == dict.fromkeys(
        ["animation", "membre", "karim", "edition"], 1
    )
    assert browser.post(address, fields(*days(10, 14))).status_code == 303
    assert deliver() == {}
    assert draft.date_options.count() == 2


def test_one_click_in_the_mail_leads_to_a_page_that_confirms(account, draft, deliver):
    dates.offer_dates(session=draft, starts=days(10, 12))
    (message,) = deliver()["membre"]
    links = re.findall(r"https?://[^/]+(/seances/dates/\S+)", message.body)
    assert len(links) == 2 * 3 + 1
    browser = Client()
    for link in links:  # a scanner opens every link
        assert browser.get(link).status_code == 200
        assert browser.head(link).status_code == 200
    assert answers_of(account("membre"), draft) == {}
    first = draft.date_options.first()
    page = browser.get(links[0]).content.decode()
    assert f'name="date-{first.pk}" value="oui" checked' in page
    answer = browser.post(links[0], {f"date-{first.pk}": "oui"})
    assert answer.status_code == 303
    assert "vos réponses sont notées" in browser.get(answer.url).content.decode()
    assert answers_of(account("membre"), draft) == {first.pk: "oui"}
    browser.post(links[0], {f"date-{first.pk}": "si_besoin"})
    assert answers_of(account("membre"), draft) == {first.pk: "si_besoin"}


def test_a_member_answers_on_the_page_of_the_session(signed_in, account, poll):
    browser = signed_in("mediateur")
    page = browser.get(poll.get_absolute_url()).content.decode()
    option = poll.date_options.last()
    assert f'name="date-{option.pk}"' in page
    address = f"{poll.get_absolute_url()}dates/repondre/"
    assert browser.post(address, {f"date-{option.pk}": "non"}).status_code == 303
    assert answers_of(account("mediateur"), poll)[option.pk] == "non"


HOSTILE = [{"date-999999": "oui"}, {"date-x": "oui"}, {"date-": "oui"}, {"date-99999999999999999999": "oui"}]


@pytest.mark.parametrize("values", HOSTILE)
def test_a_made_up_answer_is_left_out(account, poll, values):
    address = path_for(DATES, session=poll, user=account("mediateur"))
    before = DateVote.objects.count()
    option = poll.date_options.first()
    assert Client().post(address, values | {f"date-{option.pk}": "peut-être"}).status_code == 303
    assert DateVote.objects.count() == before


def test_the_facilitator_reads_the_table_and_chooses(signed_in, poll, deliver):
    browser = signed_in("edition-parcours")
    page = browser.get(f"{poll.get_absolute_url()}dates/").content.decode()
    assert "Lucie D." in page
    assert page.count("la meilleure") == 1
    option = poll.date_options.first()
    choose = f"{poll.get_absolute_url()}dates/{option.pk}/choisir/"
    assert signed_in("lucie").post(choose).status_code == 404
    for _time in range(2):
        assert browser.post(choose).status_code == 303
    poll.refresh_from_db()
    assert (poll.state, poll.starts_at) == ("open", option.starts_at)
    left = deliver()
    assert {name: len(messages) for name, messages in left.items()} == dict.fromkeys(
        ["edition-parcours", "lucie", "mediateur"], 1
    )
    late = Client().get(path_for(DATES, session=poll, user=poll.facilitator)).content.decode()
    assert "La date est choisie" in late
    with pytest.raises(WrongState):
        dates.answer_dates(session=poll, user=poll.facilitator, answers={option.pk: "oui"})


def test_a_date_of_another_poll_is_not_chosen(signed_in, poll, cip, draft):
    dates.offer_dates(session=draft, starts=days(10, 12))
    other = draft.date_options.first()
    address = f"{poll.get_absolute_url()}dates/{other.pk}/choisir/"
    assert signed_in("edition-parcours").post(address).status_code == 404


@pytest.mark.parametrize(
    ("moments", "words"), [([10], "au moins deux dates"), ([10, 10], "au moins deux dates"), ([-1, 3], "passée")]
)
def test_wrong_dates_are_said(signed_in, draft, moments, words):
    answer = signed_in("animation").post(f"{draft.get_absolute_url()}dates/", fields(*days(*moments)))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_poll_without_a_date_to_come_is_not_opened(draft):
    with pytest.raises(NoDate):
        dates.offer_dates(session=draft, starts=days(-1))


def test_who_left_the_group_answers_no_more(account, poll):
    address = path_for(DATES, session=poll, user=account("lucie"))
    Membership.objects.filter(user=account("lucie"), group=poll.group).update(left_at=timezone.now())
    assert Client().get(address).status_code == 404


def test_a_poll_is_changed_without_losing_its_state(signed_in, poll):
    values = {"title": "Autre titre", "place": "Là-bas"}
    assert signed_in("edition-parcours").post(f"{poll.get_absolute_url()}modifier/", values).status_code == 303
    changed = Session.objects.get(pk=poll.pk)
    assert (changed.title, changed.state, changed.starts_at) == ("Autre titre", "polling", None)


def test_the_date_is_kept_and_those_who_said_yes_have_a_place(account, draft, deliver):
    dates.offer_dates(session=draft, starts=days(10, 12))
    deliver()
    kept, other = draft.date_options.all()
    dates.answer_dates(session=draft, user=account("membre"), answers={kept.pk: "oui", other.pk: "non"})
    dates.answer_dates(session=draft, user=account("karim"), answers={kept.pk: "si_besoin"})
    dates.choose_date(session=draft, option=kept)
    registered = set(draft.registrations.registered().values_list("user__first_name", flat=True))
    assert account("membre").first_name in registered
    assert account("karim").first_name not in registered
    left = deliver()
    assert {name: len(messages) for name, messages in left.items()} == dict.fromkeys(
        ["animation", "membre", "karim", "edition"], 1
    )


def test_who_called_has_their_answers_noted_by_who_runs_the_session(signed_in, account, draft, deliver):
    dates.offer_dates(session=draft, starts=days(10, 12))
    deliver()
    first = draft.date_options.first()
    address = f"{draft.get_absolute_url()}dates/pour/"
    browser = signed_in("animation")
    refused = browser.post(address, {f"date-{first.pk}": "oui"})
    assert refused.status_code == 422
    assert 'value="oui" checked' in refused.content.decode()
    assert browser.post(address, {"person": account("membre").pk, f"date-{first.pk}": "oui"}).status_code == 303
    assert answers_of(account("membre"), draft) == {first.pk: "oui"}
    outsider = account("partenaire")
    assert browser.post(address, {"person": outsider.pk, f"date-{first.pk}": "oui"}).status_code == 422
    assert signed_in("membre").get(address).status_code == 404


def test_those_who_have_not_answered_are_asked_again_once_a_day(signed_in, account, draft, deliver):
    dates.offer_dates(session=draft, starts=days(10, 12))
    deliver()
    dates.answer_dates(session=draft, user=account("membre"), answers={draft.date_options.first().pk: "non"})
    browser = signed_in("animation")
    for _time in range(2):
        assert browser.post(f"{draft.get_absolute_url()}relancer/").status_code == 303
    assert set(deliver()) == {"animation", "karim", "edition"}


# The last day to answer


def test_after_the_last_day_only_the_facilitator_notes_answers(signed_in, account, draft, deliver):
    last = timezone.localdate() + datetime.timedelta(days=3)
    address = f"{draft.get_absolute_url()}dates/"
    sent = fields(*days(10, 12)) | {"answers_until": last.isoformat()}
    assert signed_in("animation").post(address, sent).status_code == 303
    (message,) = deliver()["membre"]
    assert "Répondez au plus tard le" in message.body
    Session.objects.filter(pk=draft.pk).update(answers_until=timezone.localdate() - datetime.timedelta(days=1))
    first = draft.date_options.first()
    browser = signed_in("membre")
    assert "Les réponses sont closes" in browser.get(draft.get_absolute_url()).content.decode()
    link = path_for(DATES, session=Session.objects.get(pk=draft.pk), user=account("membre"))
    for door in (f"{draft.get_absolute_url()}dates/repondre/", link):
        browser.post(door, {f"date-{first.pk}": "oui"})
        assert answers_of(account("membre"), draft) == {}
    assert "Les réponses sont closes" in Client().get(link).content.decode()
    page = signed_in("animation").get(address).content.decode()
    assert "retenez une date" in page
    assert "Relancer" not in page
    noted = {"person": account("membre").pk, f"date-{first.pk}": "oui"}
    answer = signed_in("animation").post(f"{address}pour/", noted, follow=True)
    assert "sont notées" in answer.content.decode()
    assert answers_of(account("membre"), draft) == {first.pk: "oui"}


@pytest.mark.parametrize(("shift", "told"), [(-1, "Cette date est passée."), (11, "Avant la première des dates")])
def test_a_last_day_that_makes_no_sense_is_said_beside_its_field(signed_in, draft, shift, told):
    last = timezone.localdate() + datetime.timedelta(days=shift)
    sent = fields(*days(10, 12)) | {"answers_until": last.isoformat()}
    page = signed_in("animation").post(f"{draft.get_absolute_url()}dates/", sent)
    assert page.status_code == 422
    assert told in page.content.decode()


def test_what_is_sent_by_sms_says_when_and_where_to_answer_and_never_how_to_come_in(signed_in, draft):
    draft.video_link, draft.phone_number, draft.phone_code = "https://visio.exemple.fr/abc", "01 86 95 00 00", "4242"
    draft.save()
    dates.offer_dates(session=draft, starts=days(10, 12))
    page = signed_in("animation").get(f"{draft.get_absolute_url()}dates/").content.decode()
    text = re.search(r"<textarea[^>]*data-copy>(.*?)</textarea>", page, re.DOTALL)[1]
    assert "Quelle date vous va ?" in text
    assert draft.get_absolute_url() in text
    assert not re.search("visio.exemple|01 86|4242", text)
