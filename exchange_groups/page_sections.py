"""« On en parle dans vos groupes », on the page of a card, a tool, a resource, a dossier."""

from typing import Any

from django.db.models import Count, Window

from kb_site.http import is_copy
from practices.page_sections import PageSection, register

from .quotations import QUOTABLE, topics_about

SHOWN = 3


def _talk(page: Any, request: Any) -> dict[str, Any]:
    """The latest topics about this page, and how many there are: what the reader may read alone is counted.

    A copy that stays on a device holds those alone that may leave the site.
    """
    topics = topics_about(page, request.user).select_related("group")
    if is_copy(request):
        topics = topics.leaving_the_site()
    shown = list(topics.annotate(total=Window(Count("pk")))[:SHOWN])
    return {"talk": shown, "talk_count": shown[0].total if shown else 0}


register(
    PageSection(
        "paroles",
        _talk,
        order=15,
        template="groups/on_page.html",
        on=tuple(str(model._meta.model_name) for model in QUOTABLE),
    )
)
