"""The network in figures, for a visitor: by fives, downwards, nothing under five (kb_site/disclosure.py)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange_groups.choices import GroupState
from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.choices import HELD
from exchange_groups.sessions.models import Session
from kb_site.accounts.models import User
from kb_site.disclosure import rounded_down

A_YEAR = datetime.timedelta(days=365)
LABELS = {
    "structures": _("structures"),
    "groups": _("groupes d’échanges"),
    "sessions": _("séances tenues en un an"),
}


@dataclass(frozen=True)
class Figure:
    """At least so many, of what."""

    number: int
    label: str


def network_figures() -> list[Figure]:
    """Return what may be told of the network, in one query: the groups that a visitor may know of and those who share them."""
    groups = ExchangeGroup.objects.visible_to(AnonymousUser()).filter(state=GroupState.ACTIVE)
    held = Session.objects.filter(state__in=HELD, starts_at__gt=timezone.now() - A_YEAR)
    structures = User.objects.filter(is_active=True, status=User.Status.APPROVED)
    counted = _counted("structures", structures, "structure").union(
        _counted("groups", groups, "pk"), _counted("sessions", held, "pk"), all=True
    )
    told = {what: rounded_down(number) for what, number in counted}
    return [Figure(told[what], str(label)) for what, label in LABELS.items() if told.get(what)]


def _counted(what: str, rows: "QuerySet[Any]", of: str) -> "QuerySet[Any, Any]":
    found = rows.order_by().annotate(what=Value(what)).values("what").annotate(number=Count(of, distinct=True))
    return found.values_list("what", "number")
