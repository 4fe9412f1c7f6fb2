"""The bar of coordinators leads to the report, from where it is sent."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.user_annotations import coordinates
from kb_site.role_bar import BarLink, register


def _report(user: Any, shown: Any) -> Iterator[BarLink]:
    if coordinates(user):
        yield BarLink(_("Rapport"), reverse("funder_report"))


register("rapport", _report, order=45)
