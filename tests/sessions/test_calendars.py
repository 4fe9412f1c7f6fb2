"""Calendar files: read by a parser, at the right hour whatever the clocks do, and never more than one may know."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from exchange_groups.models import Membership
from exchange_groups.sessions.calendars import calendar_file, feed_of, key_of
from exchange_groups.sessions.models import Registration, Session
from exchange_groups.sessions.services import preparing
from exchange_groups.sessions.services.places import register, withdraw
from kb_site.accounts.models import User
from kb_site.french.typography import typeset

from .conftest import make_draft

pytestmark = pytest.mark.django_db


def parsed(content):
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    return calendar


def event_in(content):
    (event,) = parsed(content).walk("VEVENT")
    return event


def titles_in(content):
    return {str(event["SUMMARY"]) for event in parsed(content).walk("VEVENT")}


def test_the_file_says_when_where_and_how_to_join(signed_in, coming):
    answer = signed_in("membre").get(f"{coming.get_absolute_url()}agenda.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = parsed(answer.content)
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert str(event["UID"]).startswith(str(coming.uid))
    assert event["DTSTART"].dt == coming.starts_at
    assert event["DTEND"].dt == coming.ends_at
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == coming.place
    assert str(event["URL"]).endswith(coming.get_absolute_url())
    assert event["DTSTAMP"].dt.tzinfo is not None
    for words in ("01 99 00 12 34", "4521 88#", "https://visio.example.org/cip-idf", typeset("30 Mo en audio")):
        assert words in event["DESCRIPTION"]
    ((zone),) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Paris"
    assert {str(rule["TZOFFSETTO"].to_ical()) for rule in zone.subcomponents} == {"+0100", "+0200"}


def test_every_line_is_as_the_standard_wants_it(coming):
    Session.objects.filter(pk=coming.pk).update(title="É" * 100 + ", ; \\ \n", objective="ligne\nautre")
    coming.refresh_from_db()
    content = calendar_file(coming, with_access=True)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert "ligne\nautre" in event_in(content)["DESCRIPTION"]


CLOCKS = [
    # The last Sunday of March at 2 h clocks go to 3 h; the last Sunday of October at 3 h they go back to 2 h.
    ("2027-03-26T13:00", "120000Z"),
    ("2027-03-29T13:00", "110000Z"),
    ("2027-10-29T13:00", "110000Z"),
    ("2027-11-01T13:00", "120000Z"),
    ("2027-03-28T10:00", "080000Z"),
    ("2027-10-31T10:00", "090000Z"),
]


@pytest.mark.parametrize(("local", "universal"), CLOCKS)
def test_a_session_stays_at_its_hour_when_clocks_change(coming, local, universal):
    coming.starts_at = timezone.make_aware(datetime.datetime.fromisoformat(local))
    coming.save()
    content = calendar_file(coming, with_access=True)
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in content
    start = event_in(content)["DTSTART"].dt
    assert start.strftime("%Y-%m-%dT%H:%M") == local
    assert start.astimezone(datetime.UTC).strftime("%H%M%SZ") == universal


def test_a_session_over_the_change_of_clocks_lasts_what_it_lasts(coming):
    coming.starts_at = timezone.make_aware(datetime.datetime(2027, 3, 28, 1, 30))
    coming.minutes = 60
    coming.save()
    event = event_in(calendar_file(coming, with_access=True))
    start, end = (event[name].dt.astimezone(datetime.UTC) for name in ("DTSTART", "DTEND"))
    assert end - start == datetime.timedelta(hours=1)
    assert event["DTEND"].dt.strftime("%H:%M") == "03:30"


def test_a_change_and_a_cancellation_follow_the_first_event(account, coming):
    first = event_in(calendar_file(coming, with_access=True))
    later = coming.starts_at + datetime.timedelta(days=1)
    coming = preparing.change_session(session=coming, values={"starts_at": later})
    moved = event_in(calendar_file(coming, with_access=True))
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    coming = preparing.cancel_session(session=coming, reason="La salle est prise.")
    content = calendar_file(coming, user=account("karim"), with_access=True)
    gone = event_in(content)
    assert parsed(content)["METHOD"] == "CANCEL"
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (first["UID"], 2, "CANCELLED")
    assert gone["ATTENDEE"] == "MAILTO:karim@example.org"


def test_the_file_of_a_public_session_hides_how_to_join_from_a_visitor(public):
    answer = Client().get(f"{public.get_absolute_url()}agenda.ics")
    event = event_in(answer.content)
    assert event["SUMMARY"] == typeset(public.title)
    for secret in ("visio.example.org", "01 99 00 88 10", "9002#"):
        assert secret not in answer.content.decode()


def test_a_poll_has_no_file(signed_in, poll):
    assert signed_in("lucie").get(f"{poll.get_absolute_url()}agenda.ics").status_code == 404


def test_the_page_offers_online_calendars_without_loading_anything_from_them(signed_in, coming):
    html = signed_in("membre").get(coming.get_absolute_url()).content.decode()
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE" in html
    assert "https://outlook.live.com/" in html
    assert ".ics" not in html.replace("agenda.ics", "")
    assert 'src="https' not in html


# The private feed


def feed_address(user):
    return f"/seances/agenda/{key_of(user).key}.ics"


def test_the_feed_is_read_without_signing_in_and_shows_what_one_may_join(account, coming, public):
    answer = Client().get(feed_address(account("lucie")))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    # In the peer group and the supervisors' one; not in that of the CIP; the public session only once registered.
    assert titles_in(answer.content) == {"Poser ses limites sans lâcher la personne"}
    register(session=public, user=account("lucie"))
    assert typeset(public.title) in titles_in(Client().get(feed_address(account("lucie"))).content)
    withdraw(session=public, user=account("lucie"))
    assert typeset(public.title) not in titles_in(Client().get(feed_address(account("lucie"))).content)


def test_rights_are_read_again_each_time_the_feed_is(account, coming):
    address = feed_address(account("membre"))
    assert coming.title in titles_in(Client().get(address).content)
    Membership.objects.filter(user=account("membre"), group=coming.group).update(left_at=timezone.now())
    assert coming.title not in titles_in(Client().get(address).content)


def test_a_place_does_not_keep_the_door_open_after_leaving_the_group(account, coming):
    Registration.objects.create(session=coming, user=account("membre"))
    Membership.objects.filter(user=account("membre"), group=coming.group).update(left_at=timezone.now())
    assert coming.title not in titles_in(feed_of(account("membre")))


@pytest.mark.parametrize("change", [{"status": User.Status.REFUSED}, {"is_active": False}])
def test_the_feed_closes_with_the_account(account, change):
    address = feed_address(account("membre"))
    User.objects.filter(email="membre@example.org").update(**change)
    assert Client().get(address).status_code == 404


def test_a_new_address_closes_the_former(signed_in, account):
    browser = signed_in("membre")
    page = browser.get("/seances/agenda/").content.decode()
    former = feed_address(account("membre"))
    assert former in page
    assert browser.post("/seances/agenda/").status_code == 303
    assert Client().get(former).status_code == 404
    assert Client().get(feed_address(account("membre"))).status_code == 200
    assert Client().get(f"/seances/agenda/{uuid.uuid4()}.ics").status_code == 404


def test_the_feed_marks_what_is_cancelled_and_leaves_drafts_out(account, coming, cip):
    make_draft(cip, account("animation"), title="Un brouillon")
    preparing.cancel_session(session=coming, reason="Reportée.")
    events = {str(event["SUMMARY"]): event for event in parsed(feed_of(account("animation"))).walk("VEVENT")}
    assert events[typeset(f"Annulée : {coming.title}")]["STATUS"] == "CANCELLED"
    assert "Un brouillon" not in events


def test_the_feed_costs_the_same_whatever_its_length(account, cip, django_assert_max_num_queries):
    for number in range(20):
        session = make_draft(cip, account("animation"), title=f"Séance {number}")
        Session.objects.filter(pk=session.pk).update(state="open")
    with django_assert_max_num_queries(4):
        assert len(titles_in(feed_of(account("membre")))) >= 20
