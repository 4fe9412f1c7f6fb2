"""What the home page tells a member of what sessions left: actions to do, minutes to write, minutes published."""

import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange_groups.choices import MemberRole
from exchange_groups.permissions import groups_open_to
from exchange_groups.sessions.choices import ActionState, SessionState
from exchange_groups.sessions.models import Note, Session
from kb_site.french.dates import french_date
from kb_site.home_blocks import SHOWN, Button, HomeBlock, Line, Part, moment, register

from .choices import MinutesState
from .models import Minutes

NEW_FOR = datetime.timedelta(days=30)


def _actions(user: Any) -> QuerySet[Any, Any]:
    mine = Note.objects.open_actions().taken_on_by(user)
    return mine.values(row=JSONObject(id="pk", text="text", due="due_on", session=F("session__title")))[:SHOWN]


def _action_line(row: dict[str, Any]) -> Line:
    facts = row["session"]
    if row["due"]:
        due = datetime.date.fromisoformat(row["due"])
        words = _("en retard, c’était pour le %s") if due < timezone.localdate() else _("pour le %s")
        facts = f"{words % french_date(due, 'j F')} · {facts}"
    done = Button(_("C’est fait"), reverse("my_actions"), "action", f"{ActionState.DONE}:{row['id']}")
    return Line(row["text"], reverse("my_actions"), facts, button=done)


def _to_write(user: Any) -> QuerySet[Any, Any]:
    """Sessions that this person ran, whose minutes wait to be written."""
    held = Session.objects.run_by(user).filter(state=SessionState.TO_WRITE_UP).order_by("ends_at")
    return held.values(row=JSONObject(id="pk", title="title", ends_at="ends_at"))[:SHOWN]


def _to_write_line(row: dict[str, Any]) -> Line:
    session = Session(pk=row["id"], title=row["title"])
    facts = _("Séance du %s") % french_date(moment(row["ends_at"]), "j F")
    return Line(_("Compte rendu à écrire : %s") % row["title"], session.get_absolute_url(), facts)


def _published(user: Any) -> QuerySet[Any, Any] | None:
    """The minutes lately published in the groups of this person."""
    groups = list(groups_open_to(user))
    if not groups:
        return None
    since = timezone.now() - NEW_FOR
    read = Minutes.objects.visible_to(user).filter(session__group__in=groups, state=MinutesState.PUBLISHED)
    row = JSONObject(
        id="session", title=F("session__title"), group=F("session__group__name"), published_at="published_at"
    )
    return read.filter(published_at__gte=since).order_by("-published_at").values(row=row)[:SHOWN]


def _published_line(row: dict[str, Any]) -> Line:
    address = reverse("minutes_page", args=[row["id"], Session(title=row["title"]).slug])
    facts = _("%(group)s · publié le %(day)s") % {
        "group": row["group"],
        "day": french_date(moment(row["published_at"]), "j F"),
    }
    return Line(_("Compte rendu : %s") % row["title"], address, facts)


def _late(user: Any) -> QuerySet[Any, Any] | None:
    """Actions late in the groups that this person leads, but for their own, told elsewhere on the page."""
    led = [group for group, role in groups_open_to(user).items() if role == MemberRole.FACILITATOR]
    if not led:
        return None
    sessions = Session.objects.readable_by(user).filter(group__in=led).order_by().values("pk")
    late = Note.objects.open_actions().filter(session__in=sessions, due_on__lt=timezone.localdate())
    row = JSONObject(text="text", due="due_on", id="session", title=F("session__title"), who=F("doer__first_name"))
    return late.exclude(doer=user.pk).values(row=row)[:SHOWN]


def _late_line(row: dict[str, Any]) -> Line:
    day = french_date(datetime.date.fromisoformat(row["due"]), "j F")
    facts = _("en retard, c’était pour le %s") % day + f" · {row['who'] or _('personne n’est nommé')} · {row['title']}"
    return Line(row["text"], Session(pk=row["id"], title=row["title"]).get_absolute_url(), facts)


register(HomeBlock(name="actions-en-retard", part=Part.ROLE, rows=_late, line=_late_line, order=25))
register(HomeBlock(name="comptes-rendus-publies", part=Part.GROUPS, rows=_published, line=_published_line, order=10))
register(HomeBlock(name="comptes-rendus", part=Part.ROLE, rows=_to_write, line=_to_write_line, order=20))
register(HomeBlock(name="actions", part=Part.MINE, rows=_actions, line=_action_line, order=10))
