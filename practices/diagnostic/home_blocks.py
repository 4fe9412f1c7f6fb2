"""What the home page tells of the people whom a member accompanies: what is feasible with them."""

import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.french.dates import french_date
from kb_site.home_blocks import HomeBlock, Line, Part, register
from kb_site.pocket.services import is_put_aside

from ..models import PracticePage
from .models import Release
from .result import latest_counted
from .suggested_cards import best_first, suggestions_of


def _result(user: Any) -> QuerySet[Any, Any] | None:
    """The last counted diagnostic of this member's structure (result.py, latest_counted)."""
    if not user.is_approved or user.structure_id is None:
        return None
    counted = Release.objects.filter(campaign__structure=user.structure_id)
    row = JSONObject(campaign="campaign", opened=F("campaign__opened_on"), place=F("campaign__place"))
    return counted.order_by("-campaign__opened_on", "-pk").values(row=row)[:1]


def _line(row: dict[str, Any]) -> Line:
    opened = french_date(datetime.date.fromisoformat(row["opened"]), "j F Y")
    facts = _("d’après le diagnostic du %s") % opened
    facts = f"{facts} · {row['place']}" if row["place"] else facts
    choose = (_("Chercher une fiche pour eux"), reverse("diagnostic_my_public"))
    return Line(
        _("Ce qui est faisable avec votre public"),
        reverse("diagnostic_result", args=[row["campaign"]]),
        facts,
        [choose],
    )


def _suggested(user: Any) -> QuerySet[Any, Any] | None:
    """One card that suits the people of the last diagnostic: neither put aside nor tried yet."""
    release = latest_counted(user)
    if release is None:
        return None
    cards = [one for one in suggestions_of(release) if not is_put_aside(user=user, thing=PracticePage(pk=one.card))]
    return (
        best_first(cards, user).values(row=JSONObject(id="pk", title="title", path="url_path", why="why"))[:1]
        if cards
        else None
    )


def _suggested_line(row: dict[str, Any]) -> Line:
    address = PracticePage(pk=row["id"], url_path=row["path"]).get_url() or ""
    return Line(row["title"], address, row["why"])


register(HomeBlock(name="fiche-proposee", part=Part.PEOPLE, rows=_suggested, line=_suggested_line))
register(HomeBlock(name="faisable", part=Part.PEOPLE, rows=_result, line=_line, order=10))
