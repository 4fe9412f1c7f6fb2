"""What the home page tells of the people whom a member accompanies: what is feasible with them."""

import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.french.dates import french_date
from kb_site.home_blocks import HomeBlock, Line, Part, register

from .models import Release


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


register(HomeBlock(name="faisable", part=Part.PEOPLE, rows=_result, line=_line))
