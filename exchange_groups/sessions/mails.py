"""The mails of sessions. Each is composed when it leaves: what the person may know and what still holds is read again.

All carry the appointment whole (place, link, phone number and code, data), because many only read mail.
"""

from typing import Any

from kb_site.accounts.models import User
from kb_site.mailing.compose import Attachment, Mail
from kb_site.notifications.models import Cadence, CadenceChoice

from . import formatting
from .calendars import calendar_file
from .choices import COMING, DateAnswer, RegistrationState, SessionState
from .models import AgendaItem, Registration, Session
from .notification_types import EVENT
from .permissions import rights_on
from .tokens import DATES, PLACE, path_for

STOP = f"genre:{EVENT}"
FILE_NAME = "seance.ics"


def _session(pk: int, to: User) -> Session | None:
    sessions = Session.objects.select_related("group", "tool", "facilitator")
    return sessions.visible_to(to).filter(pk=pk).first()  # type: ignore[attr-defined]


def _wants(to: User) -> bool:
    return not CadenceChoice.objects.filter(user=to, kind=EVENT, cadence=Cadence.NEVER).exists()


def _place_of(session: Session, to: User) -> Registration | None:
    return Registration.objects.filter(session=session, user=to).exclude(state=RegistrationState.WITHDRAWN).first()


def _context(session: Session, to: User) -> dict[str, Any]:
    return {
        "session": session,
        "group": session.group,
        "rights": rights_on(session, to),
        "place": _place_of(session, to),
        "place_path": path_for(PLACE, session=session, user=to),
    }


def _agenda(session: Session, to: User) -> list[AgendaItem]:
    """The agenda, for those who share the talk of the group."""
    return list(session.items.exclude(order=None)) if session.may_be_read_by(to) else []


def _file(session: Session, to: User) -> tuple[Attachment, ...]:
    content = calendar_file(session, user=to, with_access=rights_on(session, to).sees_access)
    method = "CANCEL" if session.state == SessionState.CANCELLED else "PUBLISH"
    return (Attachment(FILE_NAME, content, f"text/calendar; method={method}"),)


def session_poll(*, to: User, session: int) -> Mail | None:
    """To the members of the group, when dates are offered: each answers in one click, without signing in."""
    found = _session(session, to)
    if found is None or not found.takes_answers or not _wants(to):
        return None
    path = path_for(DATES, session=found, user=to)
    dates = [
        {
            "words": formatting.when(option.starts_at, None),
            "answers": [(label, f"{path}?d={option.pk}&r={value}") for value, label in DateAnswer.choices],
        }
        for option in found.date_options.all()
    ]
    context = _context(found, to) | {"dates": dates, "dates_path": path}
    return Mail("session_poll", context, stop=STOP)


def session_invitation(*, to: User, session: int) -> Mail | None:
    """To the members of the group, when a session opens to registration."""
    found = _session(session, to)
    if found is None or found.state not in COMING or not _wants(to):
        return None
    context = _context(found, to) | {"agenda": _agenda(found, to)}
    return Mail("session_invitation", context, stop=STOP, attachments=_file(found, to))


def session_place(*, to: User, session: int) -> Mail | None:
    """To a person who has just registered: they have a place, or wait for one."""
    found = _session(session, to)
    if found is None or found.state not in COMING or (place := _place_of(found, to)) is None:
        return None
    waits = place.state == RegistrationState.WAITING
    attachments = () if waits else _file(found, to)
    context = _context(found, to) | {"waits": waits, "has_place": not waits}
    return Mail("session_place", context, attachments=attachments)


def session_promoted(*, to: User, session: int) -> Mail | None:
    """To the first who waited, when a place is free: it is theirs."""
    found = _session(session, to)
    if found is None or found.state not in COMING or (place := _place_of(found, to)) is None:
        return None
    if place.state != RegistrationState.REGISTERED:
        return None
    return Mail("session_promoted", _context(found, to), attachments=_file(found, to))


def session_reminder(*, to: User, session: int) -> Mail | None:
    """To those who have a place, a week before and the day before."""
    found = _session(session, to)
    if found is None or found.state not in COMING or found.starts_at is None or not _wants(to):
        return None
    place = _place_of(found, to)
    if place is None or place.state != RegistrationState.REGISTERED:
        return None
    context = _context(found, to) | {"agenda": _agenda(found, to)}
    return Mail("session_reminder", context, stop=STOP, attachments=_file(found, to))


def session_moved(*, to: User, session: int) -> Mail | None:
    """To everyone who was invited or comes, when where or when one must be has changed."""
    found = _session(session, to)
    if found is None or found.state not in COMING:
        return None
    return Mail("session_moved", _context(found, to), attachments=_file(found, to))


def session_cancelled(*, to: User, session: int) -> Mail | None:
    """To everyone who was invited, asked for a date or comes, when a session is cancelled."""
    found = _session(session, to)
    if found is None or found.state != SessionState.CANCELLED:
        return None
    attachments = _file(found, to) if found.starts_at else ()
    return Mail("session_cancelled", _context(found, to), attachments=attachments)
