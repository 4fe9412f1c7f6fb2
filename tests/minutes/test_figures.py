"""Sessions in the figures for funders; what becomes of a person's part in them."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.minutes.models import Amendment
from exchange_groups.models import Topic
from exchange_groups.sessions.models import Note, Registration, Session
from kb_site.accounts.services.erasure import erase
from kb_site.observatory import needs
from kb_site.observatory.periods import Period
from kb_site.observatory.report import report
from kb_site.personal_data import export_of
from practices.models import Theme
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def period():
    today = timezone.localdate()
    return Period("essai", "essai", today - datetime.timedelta(days=5), today)


@pytest.fixture
def activity(held, period):
    Session.objects.exclude(pk=held.session.pk).update(state="cancelled")
    return lambda: dict(report(period)[0].rows)


@pytest.fixture
def colleagues(db):
    """Eleven approved people, each of a structure of their own."""
    return UserFactory.create_batch(11)


def one_more(session, hours=0):
    return Session.objects.create(
        group=session.group, title="Une autre séance", format=session.format, facilitator=session.facilitator,
        starts_at=session.starts_at + datetime.timedelta(hours=hours), minutes=60, state=session.state,
    )  # fmt: skip


def came(session, *people):
    for person in people:
        Registration.objects.create(session=session, user=person, presence="telephone")


def test_sessions_hours_and_participants_enter_the_report(activity, held, colleagues):
    told = activity()
    assert told["Séances d’échanges tenues"] == 1
    assert told["Heures de séance"] == "1"
    Registration.objects.filter(session=held.session).delete()
    for number in range(10):
        Registration.objects.create(session=held.session, guest_name=f"Collègue {number}", presence="telephone")
    came(held.session, *colleagues[:5])
    assert activity()["Participants aux séances"] == "trop peu pour le dire"
    again = one_more(held.session, hours=1)
    came(again, *colleagues[:5])
    assert activity()["Participants aux séances"] == "trop peu pour le dire", "who comes twice counts once"
    came(again, colleagues[5])
    told = activity()
    assert told["Participants aux séances"] == "au moins 5"
    assert (told["Séances d’échanges tenues"], told["Heures de séance"]) == (2, "2")


def test_a_single_session_tells_how_many_came_by_fives_and_leaves_one_out(activity, held, colleagues):
    Registration.objects.filter(session=held.session).delete()
    shown = []
    for person in colleagues:
        came(held.session, person)
        shown.append(activity()["Participants aux séances"])
    few, five, ten = "trop peu pour le dire", "au moins 5", "au moins 10"
    assert shown == [few] * 5 + [five] * 5 + [ten]


def test_the_page_says_how_participants_are_counted(signed_in):
    page = signed_in("coordination").get("/besoins/rapport/").content.decode()
    assert "tirée au sort" in page
    assert "moins de 5 structures" in page


def test_the_report_is_downloaded_with_sessions(signed_in):
    browser = signed_in("coordination")
    assert "Séances d’échanges tenues" in browser.get("/besoins/rapport/").content.decode()


def test_needs_said_are_counted_by_theme_never_below_five(held, period, colleagues):
    theme, other = (Theme.objects.create(name=f"Essai {one}", slug=f"essai-{one}") for one in ("séance", "autre"))
    Note.objects.all().delete()
    Topic.objects.all().delete()
    elsewhere = one_more(held.session)
    held.session.themes.set([theme])
    elsewhere.themes.set([other])

    def shown():
        return {need.label: need.now for need in needs.topics_by_theme(period, period, None)}

    def said(session, person):
        return Note.objects.create(session=session, kind="besoin", text="Un besoin", author=person)

    for person in colleagues[6:]:
        said(elsewhere, person)
    for person in colleagues[:4] * 3:
        said(held.session, person)
    assert shown() == {}, "nine people, however many notes"
    said(held.session, colleagues[4])
    assert shown() == {}, "one always stays out"
    last = said(held.session, colleagues[5])
    assert shown() == {theme.name: 5, other.name: 5}
    assert needs.people_whose_needs_were_noted(period, None) == 10
    Note.objects.filter(pk=last.pk).update(removed_at=timezone.now())
    assert shown() == {}
    Note.objects.filter(pk=last.pk).update(removed_at=None)
    held.session.state = "cancelled"
    held.session.save()
    assert shown() == {}


def test_an_erased_account_leaves_words_unsigned_and_actions_to_give_again(held, minutes, account):
    person = account("membre")
    Amendment.objects.create(minutes=minutes, author=person, text="Autre chose", reason="Parce que.")
    exported = export_of(person)
    assert any(key.startswith("minutes.Amendment") for key in exported)
    erase(user=person)
    held.action.refresh_from_db()
    assert held.action.doer is None
    assert Amendment.objects.get(text="Autre chose").reason == ""
    there = Registration.objects.get(session=held.session, user=person)
    assert there.name == "Ancien membre"
