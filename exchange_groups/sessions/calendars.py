"""Calendar files (RFC 5545): one session to add to one's calendar, and the private feed that a calendar subscribes to.

Hours are those of Paris with their time zone written in the file, so that a session stays at 13 h when clocks change.
"""

import datetime
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

from kb_site.addresses import absolute
from kb_site.control_characters import without_control_characters
from kb_site.french.typography import typeset
from kb_site.identity.face import face

from . import formatting
from .choices import RegistrationState, SessionState
from .models import CalendarKey, Registration, Session

PARIS = ZoneInfo("Europe/Paris")
FEED_PAST = datetime.timedelta(days=90)
FEED_REFRESH = datetime.timedelta(hours=6)
SHOWN_IN_FEED = (
    SessionState.OPEN,
    SessionState.RUNNING,
    SessionState.TO_WRITE_UP,
    SessionState.IN_REVIEW,
    SessionState.CLOSED,
    SessionState.CANCELLED,
)


def details_of(session: Session, *, with_access: bool) -> str:
    """Return what the calendar shows below the title: link, phone number and code, data, the page of the session."""
    lines = [session.objective] if session.objective else []
    if with_access:
        if session.video_link:
            lines.append(_("Lien de visio : %s") % session.video_link)
        if session.phone_number:
            code = _(", code %s") % session.phone_code if session.phone_code else ""
            lines.append(_("Par téléphone : %(number)s%(code)s") % {"number": session.phone_number, "code": code})
    if estimate := formatting.data_estimate(session):
        lines.append(_("Data : %s") % estimate)
    lines.append(_("La séance : %s") % (absolute(session.get_absolute_url())))
    return typeset(without_control_characters("\n".join(lines)))


def location_of(session: Session, *, with_access: bool) -> str:
    """Return where one must be: the place, or else the link."""
    if session.place or not with_access:
        return without_control_characters(session.place)
    return without_control_characters(session.video_link or session.phone_number)


def event_of(session: Session, *, with_access: bool) -> Event:
    """Return the event of a session that has a date. `with_access`: with the link, the phone number and the code."""
    assert session.starts_at is not None
    assert session.ends_at is not None
    cancelled = session.state == SessionState.CANCELLED
    event = Event()
    event.add("uid", f"{session.uid}@{_domain()}")
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("sequence", session.calendar_sequence)
    title = without_control_characters(session.title)
    event.add("summary", typeset(_("Annulée : %s") % title if cancelled else title))
    event.add("dtstart", session.starts_at.astimezone(PARIS))
    event.add("dtend", session.ends_at.astimezone(PARIS))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("description", details_of(session, with_access=with_access))
    if location := location_of(session, with_access=with_access):
        event.add("location", location)
    event.add("url", absolute(session.get_absolute_url()))
    organizer = vCalAddress(f"MAILTO:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(without_control_characters(session.group.name))
    event.add("organizer", organizer)
    return event


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"


def _calendar(events: Iterable[Event], *, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{face().name}//seances//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_paris())
    for event in events:
        calendar.add_component(event)
    return calendar


def _paris() -> Timezone:
    """The rule of the European Union since 1996, which every calendar reads, instead of a date for each year."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    hour = datetime.timedelta(hours=1)
    rules = (
        (TimezoneDaylight(), "CEST", datetime.datetime(1996, 3, 31, 2), hour, 2 * hour),
        (TimezoneStandard(), "CET", datetime.datetime(1996, 10, 27, 3), 2 * hour, hour),
    )
    for rule, name, start, before, after in rules:
        rule.add("dtstart", start)
        rule.add("rrule", {"freq": "yearly", "bymonth": start.month, "byday": "-1su"})
        rule.add("tzname", name)
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", after)
        zone.add_component(rule)
    return zone


def calendar_file(session: Session, *, user: Any = None, with_access: bool) -> bytes:
    """Return the file of one session, as RFC 5546 wants it: published, or cancelled for the person who had it."""
    event = event_of(session, with_access=with_access)
    if session.state != SessionState.CANCELLED:
        return _calendar([event], method="PUBLISH").to_ical()
    if user is not None and user.is_authenticated:
        event.add("attendee", vCalAddress(f"MAILTO:{user.email}"))
    return _calendar([event], method="CANCEL").to_ical()


def feed_of(user: Any) -> bytes:
    """Return the sessions that this person may join or has a place in, as of now, cancelled ones marked so.

    A session of a group that they have left is no longer in it. Nothing for an account that is no longer approved.
    """
    calendar = _calendar((event_of(session, with_access=True) for session in _sessions_of_feed(user)), method="PUBLISH")
    calendar.add("x-wr-calname", _("Séances – %s") % face().name)
    calendar.add("name", _("Séances – %s") % face().name)
    refresh = vDuration(FEED_REFRESH)
    refresh.params["value"] = "DURATION"
    calendar.add("refresh-interval", refresh)
    calendar.add("x-published-ttl", vDuration(FEED_REFRESH))
    return calendar.to_ical()


def _sessions_of_feed(user: Any) -> Iterable[Session]:
    if not user.is_active or not user.is_approved:
        return Session.objects.none()
    placed = Registration.objects.filter(user=user, state=RegistrationState.REGISTERED).values("session")
    given_up = Registration.objects.filter(user=user, state=RegistrationState.WITHDRAWN).values("session")
    sessions = Session.objects.visible_to(user).filter(  # type: ignore[attr-defined]
        Q(pk__in=Session.objects.readable_by(user)) | Q(pk__in=placed),  # type: ignore[attr-defined]
        state__in=SHOWN_IN_FEED,
        starts_at__gte=timezone.now() - FEED_PAST,
    )
    return sessions.exclude(pk__in=given_up).select_related("group", "tool").order_by("starts_at")  # type: ignore[no-any-return]


def key_of(user: Any, *, renew: bool = False) -> CalendarKey:
    """Return the key of this person's private address; `renew`: another one, and the former opens nothing more."""
    if renew:
        CalendarKey.objects.filter(user=user).delete()
    key, _created = CalendarKey.objects.get_or_create(user=user)
    return key


def online_calendars(session: Session, *, with_access: bool) -> list[tuple[str, str]]:
    """Return links that open the form of an online calendar, filled in: label, address. Nothing is loaded from there."""
    assert session.starts_at is not None
    assert session.ends_at is not None
    start, end = (moment.astimezone(datetime.UTC) for moment in (session.starts_at, session.ends_at))
    details = details_of(session, with_access=with_access)
    location = location_of(session, with_access=with_access)
    google = {
        "action": "TEMPLATE",
        "text": without_control_characters(session.title),
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "details": details,
        "location": location,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": without_control_characters(session.title),
        "startdt": start.isoformat(),
        "enddt": end.isoformat(),
        "body": details,
        "location": location,
    }
    return [
        ("Google", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        ("Outlook", f"https://outlook.live.com/calendar/0/action/compose?{urlencode(outlook)}"),
    ]
