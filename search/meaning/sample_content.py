"""The starter constraints and needs of fixtures/: what exists already is left as it is."""

from typing import Any

from wagtail.models import Page

from kb_site.given_addresses.models import is_free

from ..models import Constraint, Need, NeedCard, tidy_lines


def load_constraints(rows: list[dict[str, Any]]) -> int:
    """Add those of these constraints that were never there; return how many."""
    added = 0
    for row in rows:
        lines = {name: tidy_lines(row.pop(name, "")) for name in ("lacking", "wordings")}
        if is_free(Constraint.address_kind, row["slug"], to=None):
            Constraint.objects.create(**row | lines)
            added += 1
    return added


def load_needs(rows: list[dict[str, Any]]) -> int:
    """Add those of these needs that are not there yet, with the pages that answer them (by slug); return how many."""
    added = 0
    for row in rows:
        slugs = row.pop("pages", [])
        row["wordings"] = tidy_lines(row["wordings"])
        need, new = Need.objects.get_or_create(name=row.pop("name"), defaults=row)
        if new:
            pages = {page.slug: page for page in Page.objects.filter(slug__in=slugs)}
            # A site that begins has none of them: editors will name theirs.
            there = [pages[slug] for slug in slugs if slug in pages]
            NeedCard.objects.bulk_create(
                NeedCard(need=need, page=page, sort_order=place) for place, page in enumerate(there)
            )
        added += new
    return added
