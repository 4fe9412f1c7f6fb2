"""« On en parle dans vos groupes », on the page of a card, a tool, a dossier."""

from typing import Any

from practices.models import DossierPage, PracticePage, ToolPage
from practices.page_sections import PageSection, register

# Not resources: a member reads one again without its being sent again, as it is the same for all.
ON = (PracticePage, ToolPage, DossierPage)


def _talk(page: Any, request: Any) -> dict[str, Any]:
    """On a card, whose page asks the database as much as it may already, the list is one tap away."""
    return {"talk_apart": isinstance(page, PracticePage)}


register(
    PageSection(
        "paroles",
        _talk,
        order=15,
        template="groups/on_page.html",
        on=tuple(str(model._meta.model_name) for model in ON),
    )
)
