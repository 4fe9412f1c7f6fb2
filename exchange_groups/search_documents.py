"""May this topic be found, and under which words? Read by search, which this app does not know."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import Truncator

from kb_site.accounts.principals import PUBLIC
from kb_site.search_documents import SearchDocument
from practices.comments.models import Comment
from practices.models.themes import THEME

from .models import Topic
from .models.confided import Confided
from .permissions import group_principal

REPLIES_INDEXED = 50
SUMMARY_LENGTH = 180


def principals_of_talk(said: Confided, group_id: int) -> frozenset[str]:
    """Return the principals of those who share what was said in a group as its members."""
    return frozenset([group_principal(group_id, with_institutions=said.admits_institutions)])


def search_document(topic: Topic) -> SearchDocument | None:
    """Return what search may know of this topic; None when nobody may find it (removed or merged).

    No author: neither a masked one nor any other is in what search keeps.
    """
    if topic.is_removed or topic.merged_into_id is not None:
        return None
    themes = list(topic.themes.all())
    content_type = ContentType.objects.get_for_model(Topic)
    replies = Comment.objects.filter(
        content_type=content_type, object_pk=str(topic.pk), is_public=True, is_removed=False
    ).order_by("thread_id", "order")
    texts = list(replies.values_list("comment", flat=True)[:REPLIES_INDEXED])
    return SearchDocument(
        key=f"topic:{topic.pk}",
        kind="sujet",
        title=topic.title,
        summary=Truncator(" ".join(topic.body.split())).chars(SUMMARY_LENGTH),
        body="\n\n".join([topic.body, *texts]),
        url=topic.get_absolute_url(),
        principals=frozenset([PUBLIC]) if topic.is_public else principals_of_talk(topic, topic.group_id),
        published_at=topic.created_at,
        updated_at=topic.last_activity_at,
        keywords=" ".join([str(topic.get_type_display()), *(theme.name for theme in themes)]),
        facets={THEME: [theme.slug for theme in themes]},
        card={"type": f"{topic.get_type_display().capitalize()} · {topic.group.name}"},
    )


def all_search_documents() -> Iterator[SearchDocument]:
    """Yield every topic that may be found, for a rebuild."""
    topics = Topic.objects.standing().select_related("group").prefetch_related("themes")
    for topic in topics.iterator(chunk_size=500):
        if described := search_document(topic):
            yield described


def visible_keys(keys: Iterable[str], user: Any) -> set[str]:
    """Return those of these keys that this person may read now, asked from the topics themselves."""
    ids = [int(key.removeprefix("topic:")) for key in keys if key.startswith("topic:")]
    if not ids:
        return set()
    return {f"topic:{pk}" for pk in Topic.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)}
