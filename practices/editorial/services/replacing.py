"""A condition, a theme or a tool leaves the site: the cards that hold it, published, drafts or in review, take another one first."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from ...models import Condition, PracticePage, Theme, ToolPage

Thing = Condition | Theme | ToolPage


class Place(NamedTuple):
    """Where cards hold things of a kind: rows of this relation, in this field."""

    relation: str
    field: str


PLACES: dict[type[Any], Place] = {
    Condition: Place("condition_links", "condition"),
    Theme: Place("theme_items", "tag"),
    ToolPage: Place("tool_links", "tool"),
}


class NotAReplacement(Exception):
    """The replacement is of another kind, or the thing itself."""


def _in_revision(thing: Thing) -> Q:
    """The condition that a version, as it was saved, holds this thing."""
    place = PLACES[type(thing)]
    return Q(content__contains={place.relation: [{place.field: thing.pk}]})


def holders_of(thing: Thing) -> QuerySet[PracticePage]:
    """Return the cards that hold this thing, online or in their latest version."""
    place = PLACES[type(thing)]
    saved = Revision.objects.filter(_in_revision(thing)).values("pk")
    rows = Q(**{f"{place.relation}__{place.field}": thing.pk})
    return PracticePage.objects.filter(rows | Q(latest_revision__in=saved)).distinct().order_by("title")


def replacements_for(thing: Thing) -> QuerySet[Any]:
    """Return what may take the place of this thing: the others of its kind, online where it is a page."""
    others: Any = type(thing)._default_manager.exclude(pk=thing.pk)
    return others.live() if isinstance(thing, ToolPage) else others  # type: ignore[no-any-return]


@transaction.atomic
def replace_everywhere(*, thing: Thing, by: Any, replacement: Thing | None) -> int:
    """Put the replacement in the place of a thing on every card, or take it off (None); return the number of cards.

    A card that holds both keeps the replacement once. Each card's history says so. Raises NotAReplacement.
    """
    if replacement is not None and not replacements_for(thing).filter(pk=replacement.pk).exists():
        raise NotAReplacement
    cards = list(holders_of(thing))
    for card in cards:
        _rewrite_rows(card, thing, replacement)
        data = {"thing": str(thing), "replacement": str(replacement) if replacement else "–"}
        log(instance=card, action="vocabulary.replace", user=by, data=data)
    revisions = Revision.objects.filter(_in_revision(thing), object_id__in=[str(card.pk) for card in cards])
    for revision in revisions.filter(pk__in=_in_force(cards)):
        _rewrite_revision(revision, thing, replacement)
    return len(cards)


def _in_force(cards: Iterable[PracticePage]) -> list[int]:
    """Return the versions that may still be read or published: the latest, the one online, the scheduled one."""
    keys = [card.pk for card in cards]
    pages = Page.objects.filter(pk__in=keys).values_list("latest_revision", "live_revision")
    scheduled = Revision.objects.filter(object_id__in=map(str, keys), approved_go_live_at__isnull=False)
    return [*(key for row in pages for key in row if key), *scheduled.values_list("pk", flat=True)]


def _rewrite_rows(card: PracticePage, thing: Thing, replacement: Thing | None) -> None:
    place = PLACES[type(thing)]
    manager = PracticePage._meta.get_field(place.relation).related_model._base_manager  # type: ignore[union-attr]
    parent = PracticePage._meta.get_field(place.relation).field.name  # type: ignore[union-attr]
    rows = manager.filter(**{parent: card.pk, place.field: thing.pk})
    if replacement is None or manager.filter(**{parent: card.pk, place.field: replacement.pk}).exists():
        rows.delete()
    else:
        rows.update(**{place.field: replacement.pk})


def _rewrite_revision(revision: Revision, thing: Thing, replacement: Thing | None) -> None:
    place = PLACES[type(thing)]
    rows = revision.content.get(place.relation) or []
    held = {row.get(place.field) for row in rows}
    kept = []
    for row in rows:
        if row.get(place.field) != thing.pk:
            kept.append(row)
        elif replacement is not None and replacement.pk not in held:
            kept.append(row | {place.field: replacement.pk})
    revision.content[place.relation] = kept
    revision.save(update_fields=["content"])
