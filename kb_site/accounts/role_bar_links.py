"""The bar of coordinators leads to the accounts."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.role_bar import BarLink, register

from .user_annotations import coordinates


def _coordination(user: Any, shown: Any) -> Iterator[BarLink]:
    if coordinates(user):
        yield BarLink(_("Coordination"), reverse("account_list"))


register("coordination", _coordination, order=40)
