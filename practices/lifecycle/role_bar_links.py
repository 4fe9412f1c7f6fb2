"""The bar of editors confirms a card or a tool in place."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.role_bar import BarLink, register

from ..models import OrientationPage, PracticePage, ToolPage
from ..permissions import keeps


def _still_true(user: Any, shown: Any) -> Iterator[BarLink]:
    page = shown.get("page")
    if isinstance(page, PracticePage | ToolPage | OrientationPage) and page.live and keeps(user, page):
        yield BarLink(_("Toujours vrai"), reverse("page_still_true", args=[page.pk]))


register("toujours-vrai", _still_true, order=20)
