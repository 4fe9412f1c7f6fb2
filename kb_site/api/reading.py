"""What the API says of pages: those that the caller may read, asked of the same rule as the site."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from kb_site.addresses import absolute
from kb_site.control_characters import cleaned
from kb_site.facts.citations import with_values_in
from practices.choices import LICENCE_ADDRESSES
from practices.import_export.columns import Column, all_columns, resource_columns, tool_columns
from practices.models import PracticePage, ResourcePage, ToolPage

# The word of each kind in addresses and answers → its model and what is said of it.
KINDS: dict[str, type[Any]] = {"fiche": PracticePage, "outil": ToolPage, "ressource": ResourcePage}
_COLUMNS = {PracticePage: all_columns, ToolPage: tool_columns, ResourcePage: resource_columns}
_SAID_APART = {
    "title",
    "summary",
    "themes",
    "steps",
    "sources",
    "condition_links",
    "tool_links",
    "licence",
    "visibility",
}


def kind_of(page: Any) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(page, model))


def readable(user: Any, kinds: Iterable[str]) -> Any:
    """Return the published pages of these kinds that this person may read, last changed first."""
    wanted = Q(pk__in=[])
    for kind in kinds:
        wanted |= Q(pk__in=KINDS[kind].objects.visible_to(user).order_by().values("pk"))
    return Page.objects.filter(wanted).order_by("-last_published_at", "-pk")


def in_short(page: Any) -> dict[str, Any]:
    """Return a line of a list."""
    told = {
        "id": page.pk,
        "type": kind_of(page),
        "title": page.title,
        "summary": page.summary,
        "url": absolute(Page.get_url(page)),
        "published_at": _instant(page.first_published_at),
        "updated_at": _instant(page.last_published_at),
    }
    cited: dict[str, Any] = cleaned(with_values_in(told))
    return cited


def in_full(page: Any) -> dict[str, Any]:
    """Return all that the page says to this reader, codes of closed lists as they are; no name of a person but credits."""
    columns = [one for one in _COLUMNS[type(page)]() if not one.personal and one.field not in _SAID_APART]
    told: dict[str, Any] = {"themes": [item.tag.name for item in page.theme_items.select_related("tag")]}
    told["fields"] = {column.field: _plain(column, page) for column in columns}
    if isinstance(page, PracticePage):
        told |= _of_card(page)
    return in_short(page) | cleaned(with_values_in(told))


def _plain(column: Column, page: Any) -> Any:
    value = getattr(page, column.field)
    return value if value is None or isinstance(value, str | int | bool | list) else column.write(page)


def _of_card(card: PracticePage) -> dict[str, Any]:
    in_words = ("title", "who", "duration_minutes", "instruction", "tip")
    return {
        "steps": [{name: step.value[name] for name in in_words} for step in card.steps],
        "sources": [{**source.value, "date": str(source.value["date"] or "")} for source in card.sources],
        "conditions": [
            {"question": link.condition.question, "strength": link.strength, "note": link.note}
            for link in card.condition_links.select_related("condition")
        ],
        "tools": [{"id": link.tool_id, "name": link.tool.title, "usage": link.usage} for link in card.ordered_tools if link.tool.live],
        "licence": {"code": card.licence, "url": LICENCE_ADDRESSES.get(card.licence, "")},
    }  # fmt: skip


def _instant(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
