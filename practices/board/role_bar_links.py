"""The bar of editors leads to their board, and so does signing in."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.user_annotations import coordinates
from kb_site.role_bar import BarLink, register, register_landing

from ..permissions import keeps_pages, publishes_pages


def _board(user: Any, shown: Any) -> Iterator[BarLink]:
    if keeps_pages(user):
        yield BarLink(_("Tableau de bord"), reverse("editors_board"))


def _landing(user: Any) -> str:
    """Editors find their board; coordinators, who publish too, find first whom they have to approve."""
    return reverse("editors_board") if publishes_pages(user) and not coordinates(user) else ""


register("tableau-de-bord", _board, order=35)
register_landing("tableau-de-bord", _landing, order=10)
