"""Topics proposed and voted before the session, and the agenda built from them."""

import uuid

import pytest
from django.utils import timezone

from exchange_groups.models import Topic
from exchange_groups.sessions.models import AgendaItem, ItemVote, Session
from exchange_groups.sessions.services import agenda
from exchange_groups.sessions.services.errors import AgendaClosed, NoVoteLeft

pytestmark = pytest.mark.django_db


def item_of(session, title):
    return session.items.get(title=title)


def kept(session):
    return list(session.items.exclude(order=None).values_list("title", flat=True))


def build(browser, session, **values):
    return browser.post(f"{session.get_absolute_url()}ordre-du-jour/", values)


def form_of(session):
    rows = session.items.exclude(order=None)
    return {"point": [str(row.pk) for row in rows]} | {f"minutes-{row.pk}": str(row.minutes) for row in rows}


def test_a_member_proposes_a_topic_once(signed_in, account, coming):
    browser = signed_in("membre")
    values = {"title": "Les appels du soir", "detail": "Jusqu’à quelle heure ?", "type": "discussion"}
    for _time in range(2):
        assert browser.post(f"{coming.get_absolute_url()}sujets/", values).status_code == 303
    item = item_of(coming, "Les appels du soir")
    assert (item.proposed_by, item.order) == (account("membre"), None)
    assert "Les appels du soir" in signed_in("karim").get(coming.get_absolute_url()).content.decode()


def test_personal_data_is_pointed_at_before_it_is_proposed(signed_in, coming):
    values = {"title": "Appeler le 06 12 34 56 78", "type": "cas"}
    answer = signed_in("membre").post(f"{coming.get_absolute_url()}sujets/", values)
    assert answer.status_code == 422
    assert "06 12 34 56 78" in answer.content.decode()
    assert not coming.items.filter(title__startswith="Appeler").exists()


def test_three_votes_each_and_one_may_be_taken_back(signed_in, account, coming):
    karim = account("karim")  # he has given his three
    other = item_of(coming, "Qui appelle pendant les congés ?")
    with pytest.raises(NoVoteLeft):
        agenda.vote(item=other, user=karim)
    browser = signed_in("karim")
    assert "Vous avez donné vos 3 voix" in browser.get(coming.get_absolute_url()).content.decode()
    mine = item_of(coming, "Premier bilan de l’appel à trois du lundi")
    browser.post(f"{coming.get_absolute_url()}sujets/{mine.pk}/", {"voix": "reprendre"})
    for _time in range(2):
        browser.post(f"{coming.get_absolute_url()}sujets/{other.pk}/", {"voix": "donner"})
    assert ItemVote.objects.filter(user=karim, item__session=coming).count() == 3
    assert other.votes.filter(user=karim).exists()


def test_an_item_of_another_session_takes_no_vote(signed_in, coming, public):
    elsewhere = public.items.first()
    assert signed_in("karim").post(f"{coming.get_absolute_url()}sujets/{elsewhere.pk}/").status_code == 404


def test_one_takes_back_what_one_has_proposed_and_nothing_else(account, coming):
    item = item_of(coming, "Qui appelle pendant les congés ?")
    assert not agenda.withdraw_item(item=item, by=account("karim"))
    assert agenda.withdraw_item(item=item, by=account("membre"))


def test_buttons_move_keep_and_leave_items(signed_in, coming):
    browser = signed_in("animation")
    first, second, third = kept(coming)
    build(browser, coming, **form_of(coming), faire=f"descendre-{item_of(coming, first).pk}")
    assert kept(coming) == [second, first, third]
    build(browser, coming, **form_of(coming), faire=f"monter-{item_of(coming, third).pk}")
    assert kept(coming) == [second, third, first]
    build(browser, coming, **form_of(coming), faire=f"laisser-{item_of(coming, third).pk}")
    assert kept(coming) == [second, first]
    build(browser, coming, **form_of(coming), faire=f"garder-{item_of(coming, third).pk}")
    assert kept(coming) == [second, first, third]


def test_an_order_that_was_dragged_is_kept(signed_in, coming):
    values = form_of(coming)
    values["point"] = values["point"][::-1]
    before = kept(coming)
    build(signed_in("animation"), coming, **values, faire="")
    assert kept(coming) == before[::-1]
    page = signed_in("membre").get(coming.get_absolute_url())
    assert [item.title for item in page.context["agenda"]] == before[::-1]


def test_minutes_typed_are_kept_by_every_button(signed_in, coming):
    values = form_of(coming)
    item = coming.items.exclude(order=None).first()
    values[f"minutes-{item.pk}"] = "6"
    build(signed_in("animation"), coming, **values, faire=f"descendre-{item.pk}")
    item.refresh_from_db()
    assert item.minutes == 6


def test_the_agenda_says_how_many_minutes_over(signed_in, coming):
    browser = signed_in("animation")
    values = form_of(coming)
    for pk in values["point"]:
        values[f"minutes-{pk}"] = "20"
    page = browser.post(f"{coming.get_absolute_url()}ordre-du-jour/", values | {"faire": ""}, follow=True)
    html = page.content.decode()
    assert "il y a 20 minutes de trop" in html  # three times 20 for the 40 minutes of « Discuter »
    assert "20 minutes de trop : 60 prévues pour 40 disponibles." in html


HOSTILE = [
    {"point": ["x", "²", "99999999999999999999", "999999"], "faire": ""},
    {"minutes-x": "1", "minutes-1": "x", "faire": "monter-x"},
    {"faire": "monter-999999"},
    {"faire": "sujet-999999"},
    {"faire": "\x00-1"},
]


@pytest.mark.parametrize("values", HOSTILE)
def test_a_made_up_form_changes_nothing(signed_in, coming, values):
    before = kept(coming)
    answer = build(signed_in("animation"), coming, **form_of(coming) | values)
    assert answer.status_code in {303, 404}
    if "point" not in values:
        assert kept(coming) == before


def test_a_topic_of_the_group_is_offered_and_taken_up_once(signed_in, account, coming):
    topic = Topic.objects.get(title__startswith="Que faire quand une personne")
    Topic.objects.filter(pk=topic.pk).update(proposed_for_session_at=timezone.now())
    browser = signed_in("animation")
    page = browser.get(f"{coming.get_absolute_url()}ordre-du-jour/").content.decode()
    assert topic.title in page
    for _time in range(2):
        build(browser, coming, **form_of(coming), faire=f"sujet-{topic.pk}")
    assert coming.items.filter(topic=topic).count() == 1
    assert topic not in agenda.topics_offered(coming)


def test_a_topic_of_another_group_is_not_taken_up(signed_in, coming):
    topic = Topic.objects.get(title="Tenir quand on porte tout")  # of a peer group of the same facilitator
    assert build(signed_in("animation"), coming, **form_of(coming), faire=f"sujet-{topic.pk}").status_code == 404


def test_what_the_last_session_postponed_is_offered(account, draft):
    titles = [item.title for item in agenda.postponed_offered(draft)]
    assert titles == ["Recevoir une photo de document sans l’exposer"]
    former = agenda.postponed_offered(draft)[0]
    for _time in range(2):
        item = agenda.take_up_postponed(session=draft, former=former, by=account("animation"))
    assert (item.bearer, item.minutes) == (former.bearer, former.minutes)
    assert agenda.postponed_offered(draft) == []


def test_an_item_proposed_meanwhile_is_not_lost_by_the_builder(account, signed_in, coming):
    values = form_of(coming)
    agenda.propose_item(session=coming, by=account("edition"), title=f"Venu entre-temps {uuid.uuid4()}"[:60])
    build(signed_in("animation"), coming, **values, faire="")
    assert coming.items.filter(title__startswith="Venu entre-temps").exists()


def test_the_agenda_of_a_held_session_does_not_change(account):
    held = Session.objects.get(title__startswith="Lean coffee : garder")
    with pytest.raises(AgendaClosed):
        agenda.vote(item=held.items.first(), user=account("edition"))
    with pytest.raises(AgendaClosed):
        agenda.propose_item(session=held, by=account("edition"), title="Trop tard")
    assert not AgendaItem.objects.filter(title="Trop tard").exists()
