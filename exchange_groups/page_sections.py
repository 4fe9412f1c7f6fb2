"""« On en parle dans vos groupes », on the page of a card, a tool, a dossier."""

from typing import Any

from django.db.models import Count, Window

from kb_site.http import is_copy
from practices.models import DossierPage, PracticePage, ToolPage
from practices.page_sections import PageSection, register

from .quotations import topics_about

SHOWN = 3
# Not resources: a member reads one again without its being sent again, as it is the same for all.
ON = (PracticePage, ToolPage, DossierPage)


def _talk(page: Any, request: Any) -> dict[str, Any]:
    """The latest topics about this page, and how many there are: what the reader may read alone is counted.

    A copy that stays on a device holds those alone that may leave the site. On a card, whose page asks the database as much as
    it may already, the list is one tap away.
    """
    if isinstance(page, PracticePage):
        return {"talk": [], "talk_count": 0, "talk_apart": True}
    topics = topics_about(page, request.user).select_related("group")
    if is_copy(request):
        topics = topics.leaving_the_site()
    shown = list(topics.annotate(total=Window(Count("pk")))[:SHOWN])
    return {"talk": shown, "talk_count": shown[0].total if shown else 0, "talk_apart": False}


register(
    PageSection(
        "paroles",
        _talk,
        order=15,
        template="groups/on_page.html",
        on=tuple(str(model._meta.model_name) for model in ON),
    )
)
