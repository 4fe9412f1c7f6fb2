"""What search engines and messengers read of a public page (schema.org, as JSON-LD).

A block of data is no script: the policy of contents lets it be. Whatever people typed is escaped so that nothing in it
ends the block.
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from kb_site.addresses import absolute
from kb_site.identity.face import face

from .kinds import Shared

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def publisher() -> dict[str, str]:
    return {"@type": "Organization", "name": face().name, "url": absolute("/")}


def article(
    *, headline: str, description: str, path: str, published: Any = None, modified: Any = None
) -> dict[str, Any]:
    """An Article: a text with a title. Dates as the model has them; what is not known is left out."""
    dates = {"datePublished": published, "dateModified": modified}
    return {
        "@type": "Article",
        "headline": headline,
        "description": description,
        "url": absolute(path),
        "inLanguage": "fr",
        "publisher": publisher(),
    } | {name: moment.isoformat() for name, moment in dates.items() if moment}


def how_to(*, name: str, steps: list[str]) -> dict[str, Any]:
    """A HowTo: what to do, step after step."""
    listed = [{"@type": "HowToStep", "position": at, "name": step} for at, step in enumerate(steps, 1)]
    return {"@type": "HowTo", "name": name, "inLanguage": "fr", "step": listed}


def _breadcrumbs(shared: Shared) -> dict[str, Any]:
    places = [*shared.crumbs, (shared.title, shared.path)]
    items = [
        {"@type": "ListItem", "position": at, "name": str(name), "item": absolute(path)}
        for at, (name, path) in enumerate(places, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def structured_data(shared: Shared) -> SafeString:
    """Return the content of the block of a page, safe inside it; empty when there is nothing to say."""
    graph = [*shared.structured, *([_breadcrumbs(shared)] if shared.crumbs else [])]
    if not graph:
        return mark_safe("")  # noqa: S308
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - every character that could end the block is escaped
