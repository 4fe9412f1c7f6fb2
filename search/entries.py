"""The only module that knows what is findable: it keeps one SearchEntry per findable thing.

Rows are written in the transaction of the change that they reflect, on publication, never on a draft.
"""

from typing import Any

from django.db import connection, transaction
from wagtail.models import Page

from exchange_groups import search_documents as groups_documents
from exchange_groups.minutes import search_documents as minutes_documents
from exchange_groups.minutes.models import Minutes
from exchange_groups.models import Topic
from exchange_groups.sessions import search_documents as sessions_documents
from exchange_groups.sessions.models import Session
from kb_site.search_documents import SearchDocument
from practices import search_documents as practices_documents
from search.suggestions.title_words import index_titles

from .engines.postgresql import PostgresqlEngine
from .facets import KIND
from .models import EntryWords, IndexedEntry, Posting, SearchEntry, TitleWord
from .signals import entries_changed

SOURCES = (practices_documents, groups_documents, sessions_documents, minutes_documents)


def _row(described: SearchDocument) -> dict[str, Any]:
    facets = KIND.tokens([described.kind])
    for facet, values in described.facets.items():
        facets += facet.tokens(values)
    return vars(described) | {"facets": facets, "principals": sorted(described.principals)}


@transaction.atomic
def _keep(key: str, described: SearchDocument | None) -> None:
    """Bring one row in line with what may be found of its thing now; nothing may: the row goes."""
    if described is None:
        _forget(key)
        return
    row = _row(described)
    row.pop("key")
    before = SearchEntry.objects.select_for_update().filter(key=key).values_list("principals", flat=True).first()
    entry, _created = SearchEntry.objects.update_or_create(key=key, defaults=row)
    put_in_index(entry)
    _tell([key], hides=bool(set(before or ()) - set(entry.principals)))


def put_in_index(entry: SearchEntry) -> None:
    """Bring the index by words in line with a row."""
    index_titles([entry])
    PostgresqlEngine().put([entry])


def _tell(keys: list[str], *, hides: bool) -> None:
    entries_changed.send(sender=SearchEntry, keys=keys, hides=hides)


@transaction.atomic
def _forget(key: str) -> None:
    # Locked before what hangs on it goes: in the order of a rebuild, or the two would wait for one another.
    if entry := SearchEntry.objects.select_for_update().filter(key=key).first():
        entry.delete()
        _tell([key], hides=True)


def refresh_page(page: Page) -> None:
    """Bring the row of a page in line with what may be found of it now."""
    _keep(f"page:{page.pk}", practices_documents.search_document(page.specific))


def refresh_topic(topic: Topic) -> None:
    """Bring the row of a topic in line."""
    _keep(f"topic:{topic.pk}", groups_documents.search_document(topic))


def forget_topic(topic_id: int) -> None:
    """Remove the row of a topic."""
    _forget(f"topic:{topic_id}")


def refresh_session(session: Session) -> None:
    """Bring the row of a session in line."""
    _keep(f"session:{session.pk}", sessions_documents.search_document(session))


def forget_session(session_id: int) -> None:
    """Remove the row of a session."""
    _forget(f"session:{session_id}")


def refresh_minutes(minutes: Minutes) -> None:
    """Bring the two rows of minutes in line: the whole, and the public version."""
    _keep(f"{minutes_documents.INTERNAL}:{minutes.pk}", minutes_documents.search_document(minutes))
    _keep(f"{minutes_documents.OPEN}:{minutes.pk}", minutes_documents.public_search_document(minutes))


def forget_minutes(minutes_id: int) -> None:
    """Remove the rows of minutes."""
    _forget(f"{minutes_documents.INTERNAL}:{minutes_id}")
    _forget(f"{minutes_documents.OPEN}:{minutes_id}")


def refresh_tree(page: Page) -> None:
    """Bring the rows of a page and of all below it in line (after a move or a change of restriction)."""
    for descendant in page.get_descendants(inclusive=True).specific().iterator():
        refresh_page(descendant)


def forget_page(page_id: int) -> None:
    """Remove the row of a page."""
    _forget(f"page:{page_id}")


def forget_all() -> None:
    """Remove every row and all that hangs on it.

    In SQL alone: Wagtail listens to every deletion, for which Django would read some hundred postings a row.
    """
    for model in (Posting, IndexedEntry, EntryWords, TitleWord, SearchEntry):
        model._default_manager.all()._raw_delete(connection.alias)


@transaction.atomic
def rebuild_entries() -> int:
    """Write every row anew; return how many there are. Elasticsearch, if in use, wants its own rebuild after it."""
    before = dict(SearchEntry.objects.order_by("pk").select_for_update().values_list("key", "principals"))
    forget_all()
    batch = [SearchEntry(**_row(described)) for source in SOURCES for described in source.all_search_documents()]
    index_titles(SearchEntry.objects.bulk_create(batch, batch_size=500))
    now = {entry.key: entry.principals for entry in batch}
    _tell([key for key, those in before.items() if set(those) - set(now.get(key, ()))], hides=True)
    return PostgresqlEngine().rebuild()


def visible_keys(keys: list[str], user: Any) -> set[str]:
    """Return those of these keys that this person may read now: the second check, made on the things themselves."""
    return {key for source in SOURCES for key in source.visible_keys(keys, user)}
