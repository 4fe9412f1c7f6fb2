"""What the home page tells who keeps a page: the words of readers that wait. Editors have their board."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.home_blocks import SHOWN, HomeBlock, Line, Part, register

from .models import Kind, Opinion


def _opinions(user: Any) -> QuerySet[Any, Any] | None:
    if not user.is_approved:
        return None
    waiting = Opinion.objects.in_charge_of(user)
    return waiting.values(row=JSONObject(id="pk", words="words", kind="kind", page="page__title"))[:SHOWN]


def _line(row: dict[str, Any]) -> Line:
    said = _("Un lecteur dit : « %s »") % row["words"]
    facts = f"{Kind(row['kind']).label} · {row['page']}"
    links = [(_("Tous les avis"), reverse("opinion_list"))]
    return Line(said, reverse("opinion_decide", args=[row["id"]]), facts, links)


register(HomeBlock(name="avis", part=Part.ROLE, rows=_opinions, line=_line, order=40))
