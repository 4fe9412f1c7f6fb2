"""What a link to a public session shows of it: what it is for, when and where; never how to join, nor who comes."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.accounts.principals import PUBLIC
from kb_site.addresses import absolute
from kb_site.sharing.kinds import Shared, ShareKind, register

from . import formatting
from .choices import SessionState
from .models import Session
from .search_documents import principals_of_session

HIDDEN = {SessionState.DRAFT, SessionState.CANCELLED}


def _public() -> Any:
    """Sessions that a visitor may know of, cancelled ones left out."""
    sessions = Session.objects.visible_to(AnonymousUser()).exclude(state=SessionState.CANCELLED)
    return sessions.select_related("group").order_by("pk")


def _is_public(session: Session, reader: Any) -> bool:
    return session.state not in HIDDEN and PUBLIC in principals_of_session(session)


def _events(session: Session) -> list[dict[str, Any]]:
    """An Event, once it has a date. Its place is its room, or this page, where one registers."""
    if session.starts_at is None or session.ends_at is None:
        return []
    remote = bool(session.video_link or session.phone_number)
    online = {"@type": "VirtualLocation", "url": absolute(session.get_absolute_url())}
    places = [{"@type": "Place", "name": session.place}] if session.place else []
    mode = "Mixed" if session.place and remote else "Offline" if session.place else "Online"
    event = {
        "@type": "Event",
        "name": session.title,
        "description": session.objective,
        "startDate": session.starts_at.isoformat(),
        "endDate": session.ends_at.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": [*places, *([online] if remote or not places else [])],
        "organizer": {"@type": "Organization", "name": session.group.name},
        "url": absolute(session.get_absolute_url()),
        "inLanguage": "fr",
    }
    return [event]


def _session(session: Session) -> Shared:
    when = formatting.when(session.starts_at, session.ends_at)
    when = when[:1].upper() + when[1:]
    return Shared(
        title=session.title,
        summary=f"{when}. {session.objective}".strip(),
        path=session.get_absolute_url(),
        label=_("Séance ouverte à tous"),
        crumbs=((_("Séances"), reverse("session_list")),),
        structured=_events(session),
    )


register(ShareKind("seance", Session, _public, _session, _is_public))
