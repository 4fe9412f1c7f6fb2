"""« On en parle dans vos groupes », on the page of a tool, a dossier."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import template
from django.db.models import Count, Window

from kb_site.http import is_copy

from ..models import Topic
from ..quotations import topics_about

register = template.Library()

SHOWN = 3


class Talk(NamedTuple):
    """The latest topics about a page, and how many there are."""

    topics: Sequence[Topic]
    total: int


@register.simple_tag(takes_context=True)
def talk_on(context: template.Context, page: Any) -> Talk:
    """Return the latest topics about this page: what the reader may read alone is counted (one query).

    A copy that stays on a device holds those alone that may leave the site.
    """
    topics = topics_about(page, context["user"]).select_related("group")
    if is_copy(context["request"]):
        topics = topics.leaving_the_site()
    shown = list(topics.annotate(total=Window(Count("pk")))[:SHOWN])
    return Talk(shown, shown[0].total if shown else 0)
