"""Lists of sessions: the calendar with its filters, the sessions of a group; a constant number of queries.

The territory of a session is that of the network that carries its group: the network says where it works, and a session
by phone takes place nowhere else.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kb_site.accounts.choices import TERRITORIES
from practices.models import Theme

from ..models import ExchangeGroup
from .choices import RegistrationState, SessionState
from .models import Registration, Session

SHOWN_ON_GROUP = 4
PER_PAGE = 10
UNDATED = 5
PAST = "passees"
WHENS = {"": gettext_lazy("À venir"), PAST: gettext_lazy("Passées")}


@dataclass(frozen=True)
class Choice:
    """A filter: its name in the address, its label, its values (value, label) and the one chosen."""

    name: str
    label: Any
    values: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Calendar:
    """One page of sessions under some filters."""

    page: Page
    undated: list[Session]
    when: str
    choices: list[Choice]
    chosen: dict[str, str]

    @property
    def whens(self) -> list[tuple[str, Any, bool]]:
        """Address, label and whether it is shown, of what comes and what is past; filters are kept."""
        return [(self.address(value), label, value == self.when) for value, label in WHENS.items()]

    def address(self, when: str, page: int = 1) -> str:
        query = dict(self.chosen)
        query |= {"quand": when} if when else {}
        query |= {"page": str(page)} if page > 1 else {}
        return f"?{urlencode(query)}"

    @property
    def previous_url(self) -> str:
        return self.address(self.when, self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.address(self.when, self.page.next_page_number()) if self.page.has_next() else ""


def calendar_of(user: Any, params: Any) -> Calendar:
    """Read an address (?quand=, ?groupe=, ?theme=, ?territoire=, ?page=) and return the sessions that this person may
    know of; values that are unknown to them are left out, so that a filter tells nothing of what is hidden."""
    when = PAST if params.get("quand") == PAST else ""
    choices = _choices(user, params)
    chosen = {choice.name: choice.chosen for choice in choices if choice.chosen}
    sessions = _filtered(Session.objects.visible_to(user), chosen).select_related("group")
    if user.is_authenticated:
        mine = Registration.objects.filter(session=OuterRef("pk"), user=user).exclude(state=RegistrationState.WITHDRAWN)
        sessions = sessions.annotate(my_place=Subquery(mine.values("state")[:1]))
    dated: Any = sessions
    rows = dated.past() if when else dated.coming().exclude(state=SessionState.DRAFT)
    page = Paginator(rows, PER_PAGE).get_page(params.get("page"))
    undated: list[Session] = []
    if not when and page.number == 1:
        waiting = sessions.filter(state__in=[SessionState.DRAFT, SessionState.POLLING])
        undated = list(waiting.order_by("-created_at")[:UNDATED])
    return Calendar(page, undated, when, choices, chosen)


def _filtered(sessions: QuerySet[Session], chosen: dict[str, str]) -> QuerySet[Session]:
    if group := chosen.get("groupe"):
        sessions = sessions.filter(group__slug=group)
    if theme := chosen.get("theme"):
        sessions = sessions.filter(themes__slug=theme)
    if territory := chosen.get("territoire"):
        sessions = sessions.filter(group__network__territories__contains=[territory])
    return sessions


def _choices(user: Any, params: Any) -> list[Choice]:
    """The values that sessions known to this person have."""
    known = Session.objects.visible_to(user)
    groups = ExchangeGroup.objects.filter(sessions__in=known).distinct().order_by("name")
    rows = list(groups.values_list("slug", "name", "network__territories"))
    themes = Theme.objects.filter(sessions__in=known).distinct().order_by("name").values_list("slug", "name")
    names = dict(TERRITORIES)
    codes = sorted({code for _slug, _name, there in rows for code in there}, key=lambda code: str(names.get(code)))
    found = [
        ("groupe", gettext_lazy("Groupe"), [(slug, name) for slug, name, _there in rows]),
        ("theme", gettext_lazy("Thème"), list(themes)),
        ("territoire", gettext_lazy("Territoire"), [(code, str(names.get(code, code))) for code in codes]),
    ]
    return [
        Choice(name, label, values, params.get(name, "") if params.get(name) in dict(values) else "")
        for name, label, values in found
    ]


def sessions_of_group(group: ExchangeGroup, user: Any) -> dict[str, Any]:
    """Return the next sessions and polls of a group and its last ones, as this person may know of them."""
    own = Session.objects.visible_to(user).filter(group=group)
    waiting = Q(ends_at__gte=timezone.now()) | Q(state=SessionState.POLLING)
    next_ones = own.filter(waiting).exclude(state__in=[SessionState.CANCELLED, SessionState.DRAFT])
    coming = list(next_ones.order_by(F("starts_at").asc(nulls_last=True), "-created_at")[: SHOWN_ON_GROUP + 2])
    past = list(own.past()[:SHOWN_ON_GROUP])
    for session in [*coming, *past]:
        session.group = group
    return {"coming": coming, "past": past}
