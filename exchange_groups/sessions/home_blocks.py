"""What the home page tells a member of sessions: the next one, with a place to take or the way in."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.home_blocks import Button, HomeBlock, Line, Part, moment, register

from ..models.confided import shared_with
from .choices import COMING, RegistrationState, SessionState
from .formatting import dialled, when
from .models import Registration, Session


def _next(user: Any) -> QuerySet[Any, Any]:
    """The next session of the groups of this person, or that they have a place in."""
    places = Registration.objects.filter(session=OuterRef("pk"), user=user.pk).exclude(
        state=RegistrationState.WITHDRAWN
    )
    sessions: Any = Session.objects.visible_to(user).filter(Exists(places) | shared_with(user))
    joinable = Session.objects.joinable_by(user).filter(pk=OuterRef("pk"))
    reads = Session.objects.readable_by(user).filter(pk=OuterRef("pk"))
    row = JSONObject(
        id="pk", title="title", starts_at="starts_at", ends_at="ends_at", video="video_link", phone="phone_number",
        code="phone_code", group=F("group__name"), place="place_taken", joins="joins", reads="reads",
    )  # fmt: skip
    coming = sessions.coming().exclude(state__in=[SessionState.DRAFT, SessionState.POLLING])
    coming = coming.filter(Q(state__in=COMING) | Q(state=SessionState.RUNNING))
    return coming.annotate(  # type: ignore[no-any-return]
        place_taken=Subquery(places.values("state")[:1]), joins=Exists(joinable), reads=Exists(reads)
    ).values(row=row)[:1]


def _line(row: dict[str, Any]) -> Line:
    session = Session(pk=row["id"], title=row["title"])
    facts = f"{when(moment(row['starts_at']), moment(row['ends_at']))} · {row['group']}"
    facts = facts[:1].upper() + facts[1:]
    registered, waiting = (row["place"] == state for state in (RegistrationState.REGISTERED, RegistrationState.WAITING))
    links: list[tuple[str, str]] = []
    if registered or row["reads"]:
        links += [(_("Lien de visio"), row["video"])] if row["video"] else []
        links += [(_("Appeler le %s") % row["phone"], dialled(row["phone"], row["code"]))] if row["phone"] else []
    button = None
    if registered:
        facts += _(" · vous avez une place")
    elif waiting:
        facts += _(" · en liste d’attente")
    elif row["joins"]:
        button = Button(_("Je m’inscris"), reverse("session_join", args=[session.pk, session.slug]), "place", "venir")
    return Line(session.title, session.get_absolute_url(), facts, links, button)


register(HomeBlock(name="seance", part=Part.SESSION, rows=_next, line=_line))
