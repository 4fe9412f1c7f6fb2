"""What can be imported, told by the page that it is put under: cards, tools or resources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..models import PracticePage, PracticeSectionPage, ResourceIndexPage, ResourcePage, ToolIndexPage, ToolPage
from ..permissions import pages_to_publish
from .columns import Column, all_columns, resource_columns, tool_columns


@dataclass(frozen=True)
class Target:
    """A kind of page: its model, the model of the page above it, its name, its columns."""

    model: type[Any]
    parent: type[Page]
    name: str | Promise
    columns: Callable[[], Sequence[Column]]


TARGETS = (
    Target(PracticePage, PracticeSectionPage, _("Fiches pratiques"), all_columns),
    Target(ToolPage, ToolIndexPage, _("Fiches outils"), tool_columns),
    Target(ResourcePage, ResourceIndexPage, _("Ressources"), resource_columns),
)


def target_of(parent: Page) -> Target:
    """Return what goes under this page (specific). Raises LookupError for a page that nothing is imported under."""
    found = next((target for target in TARGETS if isinstance(parent, target.parent)), None)
    if found is None:
        raise LookupError(parent)
    return found


def places_to_import(user: Any) -> QuerySet[Page]:
    """The pages under which this person may bring things in: those whose pages they publish."""
    mine = pages_to_publish(user).order_by().values("pk")
    return Page.objects.type(*(target.parent for target in TARGETS)).filter(pk__in=mine).order_by("path")
