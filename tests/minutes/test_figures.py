"""Sessions in the figures for funders; what becomes of a person's part in them."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.minutes.models import Amendment
from exchange_groups.sessions.models import Note, Registration, Session
from kb_site.accounts.services.erasure import erase
from kb_site.observatory import needs
from kb_site.observatory.periods import Period
from kb_site.observatory.report import report
from kb_site.personal_data import export_of
from practices.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def period():
    today = timezone.localdate()
    return Period("essai", "essai", today - datetime.timedelta(days=5), today)


@pytest.fixture
def activity(held, period):
    Session.objects.exclude(pk=held.session.pk).update(state="cancelled")
    return lambda: dict(report(period)[0].rows)


def test_sessions_hours_and_participants_enter_the_report(activity, held):
    told = activity()
    assert told["Séances d’échanges tenues"] == 1
    assert told["Heures de séance"] == "1"
    assert told["Participants aux séances"] == "moins de 5"
    Registration.objects.create(session=held.session, guest_name="Un collègue", presence="telephone")
    assert activity()["Participants aux séances"] == "au moins 5"


def test_the_report_is_downloaded_with_sessions(signed_in):
    browser = signed_in("coordination")
    assert "Séances d’échanges tenues" in browser.get("/besoins/rapport/").content.decode()


def test_needs_said_are_counted_by_theme_never_below_five(held, period):
    theme = Theme.objects.create(name="Essai de séance", slug="essai-de-seance")
    held.session.themes.add(theme)

    def shown():
        return {need.label: need.now for need in needs.topics_by_theme(period, period, None)}.get(theme.name)

    for number in range(3):
        held.note("besoin", f"Besoin {number}")
    assert shown() is None
    held.note("besoin", "Un cinquième")
    assert shown() == 5
    held.note("besoin", "Un sixième")
    assert (shown(), needs.needs_said(period, None)) == (5, 5)
    Note.objects.filter(text="Un sixième").update(removed_at=timezone.now())
    held.session.state = "cancelled"
    held.session.save()
    assert shown() is None


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
