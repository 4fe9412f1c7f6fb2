"""Talk stands on the thing: which pages the words of a topic quote, and the topics that quote a page."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

from practices.comments.models import Comment
from practices.models import DossierPage, PracticePage, ResourcePage, ToolPage

from .models import Quotation, Topic
from .models.topics import TopicQuerySet

QUOTABLE = (PracticePage, ToolPage, ResourcePage, DossierPage)
MOST_QUOTED = 30  # pages that one text can quote: a list of addresses would put its topic everywhere


def quotable_pages(user: Any) -> QuerySet[Page]:
    """Return the cards, tools, resources and dossiers that this person may read."""
    first, *others = (model.objects.visible_to(user).order_by().values("pk") for model in QUOTABLE)
    return Page.objects.filter(pk__in=first.union(*others)).order_by("title")


def _paths_in(text: str) -> set[str]:
    """Return the paths of the site whose address the words give, each with those above it (« …/pas-a-pas/ » is of its card)."""
    found = re.findall(rf"(?:{re.escape(settings.SITE_URL)}|(?<![\w/:.]))(/[\w-]+/[\w/-]*)", text)
    paths: set[str] = set()
    for path in found:
        parts = path.strip("/").split("/")
        paths.update("/" + "/".join(parts[:length]) + "/" for length in range(2, len(parts) + 1))
    return paths


def pages_quoted_in(texts: Iterable[str]) -> QuerySet[Page]:
    """Return the cards, tools, resources and dossiers whose address one of these texts gives, absolute or not."""
    paths = set().union(*(_paths_in(text) for text in texts if "/" in text))
    roots = [root.root_path.rstrip("/") for root in Site.get_site_root_paths()]
    types = ContentType.objects.get_for_models(*QUOTABLE).values()
    return Page.objects.filter(url_path__in={root + path for root in roots for path in paths}, content_type__in=types)


def quote(topic: Topic, comment: Comment | None = None) -> None:
    """Make the quotations of a text those of its words as they stand now: those of a reply, or of the topic itself."""
    text = comment.comment if comment else topic.body
    pages = set(pages_quoted_in([text]).values_list("pk", flat=True)[:MOST_QUOTED]) if "/" in text else set()
    if comment is None and topic.quoted_page_id:
        pages.add(topic.quoted_page_id)
    topic.quotations.filter(comment=comment).exclude(page__in=pages).delete()
    quoted = [Quotation(topic=topic, comment=comment, page_id=page) for page in pages]
    if quoted:
        Quotation.objects.bulk_create(quoted, ignore_conflicts=True)


def topics_about(page: Any, user: Any) -> TopicQuerySet:
    """Return the topics on this page that this person may read, the latest word first: quoted, born of it or become it."""
    stands = Q(comment=None) | Q(comment__is_public=True, comment__is_removed=False)
    about = Quotation.objects.filter(stands, page=page.pk).values("topic")
    if isinstance(page, PracticePage):
        born, become = (Topic.objects.filter(**{name: page.pk}) for name in ("origin_card", "resulting_card"))
        about = about.union(*(topics.order_by().values("pk") for topics in (born, become)))
    return Topic.objects.visible_to(user).filter(pk__in=about).order_by("-last_activity_at", "-pk")
