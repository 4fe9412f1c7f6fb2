"""The bar of editors says how many cards wait for their review."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.role_bar import BarLink, register

from ..permissions import keeps_pages
from .queue import queue_for


def _reviews(user: Any, shown: Any) -> Iterator[BarLink]:
    if keeps_pages(user):
        yield BarLink(_("À relire"), reverse("review_desk"), queue_for(user).count())


register("relectures", _reviews, order=30)
