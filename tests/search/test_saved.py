"""Saved searches: kept in the account, told by mail with the rights of the moment, stopped in one click."""

import datetime
import zoneinfo

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.accounts.models import User
from kb_site.mailing.tasks import send_mail
from practices.models import PracticePage
from search.entries import SOURCES
from search.models import SearchEntry
from search.queries import SearchQuery
from search.saved.models import Alert, SavedSearch
from search.saved.services import (
    TooManySavedSearches,
    change_saved_search,
    due_searches,
    new_hits,
    save_search,
    stop_alerts,
    tell_what_is_new,
)
from search.saved.unsubscribe import stop_url_of

pytestmark = pytest.mark.django_db
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
MONDAY = datetime.datetime(2026, 11, 23, 7, 0, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def none_yet(db):
    SavedSearch.objects.all().delete()


def saved_by(user, text="", frequency="at_once", since=None, **facets):
    query = SearchQuery(text=text, facets={name: (value,) for name, value in facets.items()})
    saved = save_search(user=user, name=text or "Sans nom", query=query, frequency=frequency)
    SavedSearch.objects.filter(pk=saved.pk).update(told_until=since or timezone.now() - datetime.timedelta(days=1))
    return SavedSearch.objects.get(pk=saved.pk)


def publish_now(slug="cafe-visio-du-jeudi", minutes_ago=5):
    """Make an entry look as if it had been published a moment ago."""
    entry = SearchEntry.objects.get(key=f"page:{PracticePage.objects.get(slug=slug).pk}")
    entry.published_at = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    entry.save()
    return entry


def make_old():
    SearchEntry.objects.update(published_at=timezone.now() - datetime.timedelta(days=30))


def mails_sent():
    """Run the mail jobs that wait, as the worker would."""
    for job in ProcrastinateJob.objects.filter(task_name=send_mail.name, args__name="saved_search_alert"):
        send_mail(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
    return mail.outbox


def test_the_same_search_saved_twice_is_one_line(account):
    saved_by(account("membre"), "téléphone", public="jeunes")
    saved_by(account("membre"), "téléphone", public="jeunes", frequency="never")
    assert [saved.frequency for saved in SavedSearch.objects.all()] == ["never"]


def test_thirty_saved_searches_at_most(account):
    for number in range(30):
        saved_by(account("membre"), f"mot{number}")
    with pytest.raises(TooManySavedSearches):
        saved_by(account("membre"), "encore")
    saved_by(account("membre"), "mot3")  # already there


def test_what_is_new_has_all_the_words_and_the_filters(account):
    make_old()
    publish_now()
    day_ago, now = timezone.now() - datetime.timedelta(days=1), timezone.now()
    user = account("membre")

    def titles(text, **facets):
        return [hit.title for hit in new_hits(saved_by(user, text, **facets), day_ago, now)]

    found = ["Le café visio du jeudi"]
    assert titles("cafes visio") == found
    assert titles("skype") == found  # a synonym of a theme of the card
    assert titles('"café visio"') == found
    assert titles("café soudure") == []
    assert titles('"visio café"') == []
    assert titles("visio -café") == []
    assert titles("", probleme="isolement") == found
    assert titles("", probleme="illettrisme") == []


def test_a_card_that_needs_what_is_lacking_is_not_new(account):
    make_old()
    entry = publish_now()
    without = saved_by(account("membre"), "visio", manque="connexion")
    lacking = next(token for token in entry.facets if token.startswith("manque:")).removeprefix("manque:")
    with_it = saved_by(account("membre"), "visio", manque=lacking)
    window = timezone.now() - datetime.timedelta(hours=1), timezone.now()
    assert [found.key for found in new_hits(without, *window)] == ([] if lacking == "connexion" else [entry.key])
    assert new_hits(with_it, *window) == []


def test_what_contradicts_a_constraint_of_the_words_is_not_new(account):
    make_old()
    suits, contradicts = publish_now("appel-de-suivi-jour-et-heure-fixes"), publish_now("repeter-la-visio")
    since, now = timezone.now() - datetime.timedelta(days=1), timezone.now()
    found = new_hits(saved_by(account("membre"), "sans data"), since, now)
    assert suits in found
    assert contradicts not in found


def test_one_mail_tells_all_the_due_searches_of_a_person_and_only_once(account):
    make_old()
    publish_now()
    saved_by(account("membre"), "visio")
    saved_by(account("membre"), "", probleme="isolement")
    saved_by(account("membre"), "soudure")
    assert tell_what_is_new(timezone.now()) == 1
    assert tell_what_is_new(timezone.now()) == 0
    [message] = mails_sent()
    assert message.to == ["membre@example.org"]
    assert "1 nouveauté" in message.subject
    assert message.body.count("Le café visio du jeudi") == 2
    assert "soudure" not in message.body


def test_what_was_there_before_is_never_told(account):
    make_old()
    saved_by(account("membre"), "visio")
    assert tell_what_is_new(timezone.now()) == 0


def test_rights_are_checked_when_the_mail_is_composed(account):
    make_old()
    publish_now("codeveloppement-encadrants")
    saved_by(account("membre"), "codéveloppement")
    saved_by(account("attente"), "codéveloppement")
    assert tell_what_is_new(timezone.now()) == 1
    User.objects.filter(email="membre@example.org").update(status=User.Status.REFUSED)
    assert mails_sent() == []


def test_a_card_withdrawn_meanwhile_is_not_told(account):
    make_old()
    publish_now()
    saved_by(account("membre"), "visio")
    tell_what_is_new(timezone.now())
    PracticePage.objects.get(slug="cafe-visio-du-jeudi").unpublish()
    assert mails_sent() == []


def test_stopping_between_the_alert_and_the_mail_stops_the_mail(account):
    make_old()
    publish_now()
    saved = saved_by(account("membre"), "visio")
    tell_what_is_new(timezone.now())
    stop_alerts(person=saved.user_id, saved=saved.pk)
    assert mails_sent() == []


def test_never_means_never_and_starting_again_tells_nothing_old(account):
    make_old()
    publish_now()
    saved = saved_by(account("membre"), "visio", frequency="never")
    assert tell_what_is_new(timezone.now()) == 0
    change_saved_search(saved=saved, name="Visio", frequency="at_once")
    assert tell_what_is_new(timezone.now()) == 0


@pytest.mark.parametrize(
    ("frequency", "told_until", "now", "due"),
    [
        ("daily", MONDAY, MONDAY + datetime.timedelta(hours=23), False),
        ("daily", MONDAY - datetime.timedelta(minutes=2), MONDAY + datetime.timedelta(minutes=5), True),
        ("daily", MONDAY, MONDAY + datetime.timedelta(days=1, minutes=1), True),
        ("weekly", MONDAY, MONDAY + datetime.timedelta(days=6, hours=23), False),
        ("weekly", MONDAY, MONDAY + datetime.timedelta(days=7, minutes=1), True),
        ("weekly", MONDAY, MONDAY + datetime.timedelta(days=9), True),  # the worker was down on Monday
        ("at_once", MONDAY, MONDAY + datetime.timedelta(minutes=10), True),
        ("never", MONDAY, MONDAY + datetime.timedelta(days=30), False),
    ],
)
def test_each_frequency_has_its_hour(account, frequency, told_until, now, due):
    saved = saved_by(account("membre"), "visio", frequency=frequency, since=told_until)
    assert (saved in due_searches(now)) is due


def test_the_number_of_queries_does_not_grow_with_what_is_new(account):
    make_old()
    saved_by(account("membre"), "visio")

    def cost():
        SavedSearch.objects.update(told_until=timezone.now() - datetime.timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            tell_what_is_new(timezone.now())
        return len(queries)

    publish_now()
    few = cost()
    SearchEntry.objects.update(published_at=timezone.now() - datetime.timedelta(minutes=5))
    assert cost() <= few + len(SOURCES)  # each kind of thing is asked once for what the person may read


LIST = "/compte/recherches/"
ADD = "/recherche/enregistrer/?q=visio&public=jeunes"


def test_a_member_saves_a_search_from_its_page_then_renames_and_deletes_it(signed_in):
    browser = signed_in("membre")
    form = browser.get(ADD).content.decode()
    assert "visio · Jeunes" in form
    answer = browser.post(ADD, {"name": "Visio pour les jeunes", "frequency": "daily"})
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    page = browser.get(LIST).content.decode()
    assert "Visio pour les jeunes" in page
    assert "/recherche/?q=visio&amp;public=jeunes" in page
    saved = SavedSearch.objects.get()
    browser.post(f"{LIST}{saved.pk}/", {"name": "Autre nom", "frequency": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Autre nom", "never")
    assert browser.post(f"{LIST}{saved.pk}/supprimer/").status_code == 303
    assert browser.post(f"{LIST}{saved.pk}/supprimer/").status_code == 303
    assert not SavedSearch.objects.exists()


def test_an_empty_name_is_refused_beside_its_field(signed_in):
    answer = signed_in("membre").post(ADD, {"name": " ", "frequency": "daily"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_hostile_name_is_escaped(signed_in):
    browser = signed_in("membre")
    browser.post(ADD, {"name": "<script>alert(1)</script>", "frequency": "never"})
    assert "<script>alert" not in browser.get(LIST).content.decode()


def test_nothing_to_save_leads_back_to_search(signed_in):
    assert signed_in("membre").get("/recherche/enregistrer/")["Location"] == "/recherche/"


def test_another_person_s_saved_search_does_not_exist(account, signed_in):
    saved = saved_by(account("membre"), "visio")
    other = signed_in("coordination")
    assert other.get(f"{LIST}{saved.pk}/").status_code == 404
    assert other.post(f"{LIST}{saved.pk}/", {"name": "x", "frequency": "never"}).status_code == 404
    other.post(f"{LIST}{saved.pk}/supprimer/")
    assert SavedSearch.objects.filter(pk=saved.pk).exists()


def test_the_link_of_the_mail_asks_then_stops_without_signing_in(account, client, settings):
    saved, other = saved_by(account("membre"), "visio"), saved_by(account("membre"), "téléphone")
    path = stop_url_of(saved).removeprefix(settings.SITE_URL)
    assert "« visio »" in client.get(path).content.decode()
    saved.refresh_from_db()
    assert saved.frequency == "at_once"  # a mail filter that opens links stops nothing
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    frequencies = dict(SavedSearch.objects.values_list("pk", "frequency"))
    assert frequencies == {saved.pk: "never", other.pk: "at_once"}
    saved.delete()
    assert client.get(path).status_code == 404


def test_one_click_in_the_mail_reader_stops_all_of_them(account, client, settings):
    make_old()
    publish_now()
    saved = saved_by(account("membre"), "visio")
    tell_what_is_new(timezone.now())
    [message] = mails_sent()
    assert stop_url_of(saved) in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    saved.refresh_from_db()
    assert saved.frequency == "never"


def test_an_alert_holds_ids_and_moments_only(account):
    make_old()
    publish_now()
    saved = saved_by(account("membre"), "visio")
    tell_what_is_new(timezone.now())
    assert list(Alert.objects.get().windows) == [str(saved.pk)]
    job = ProcrastinateJob.objects.get(task_name=send_mail.name, args__name="saved_search_alert")
    assert all(isinstance(value, int) for value in job.args["ids"].values())
