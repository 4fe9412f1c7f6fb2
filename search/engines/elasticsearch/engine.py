"""Search, changes and rebuilds on Elasticsearch."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from elasticsearch import NotFoundError, helpers

from ...models import SearchEntry
from ...queries import SearchQuery
from ...query_parsing import AskedQuery
from ..interface import EngineUnavailable, EntriesRefused, Hit, RequestRefused, SearchResults, shows_near
from .connection import client, translated_errors
from .documents import definition, index_template, read_alias, source_of, write_alias
from .requests import counts, counts_request, page_keys, page_request

BATCH = 500  # entries in one request
BATCH_BYTES = 5_000_000
MERGE_TIMEOUT = 3600.0  # seconds: about 20 for 100,000 entries
log = logging.getLogger(__name__)


class ElasticsearchEngine:
    """Every method raises EngineUnavailable when the server is down, too slow or failing."""

    def search(self, query: SearchQuery, asked: AskedQuery, *, hidden: Iterable[str] = ()) -> SearchResults:
        """Return one page of what matches, within ELASTICSEARCH_TIMEOUT seconds.

        `hidden` are the keys of entries that fewer people may read than the index knows.
        Raises RequestRefused when this one request is at fault.
        """
        try:
            page, counted = _answers(
                page_request(query, asked, hidden=hidden), counts_request(query, asked, hidden=hidden)
            )
            total, facets = counts(counted["aggregations"])
            keys, beside = page_keys(query, asked, page)
            if not shows_near(query, asked, total):
                beside = []
        except (KeyError, TypeError, ValueError) as error:  # something else than Elasticsearch answers there
            raise EngineUnavailable(f"unexpected answer: {error!r}"[:200]) from error
        entries = {entry.key: entry for entry in SearchEntry.objects.filter(key__in=[*keys, *beside])}
        hits, near = (
            [Hit.of(entry, asked.marked_terms) for key in some if (entry := entries.get(key))]
            for some in (keys, beside)
        )
        return SearchResults(hits=hits, total=total, facets=facets, near=near)

    def put(self, entries: Iterable[SearchEntry], *, version: int = 0, visible_at_once: bool = False) -> None:
        """Index these entries in every index in use. A later version is never replaced by an earlier one.

        Searches see them within a second, or when this returns with `visible_at_once`.
        Raises EntriesRefused after all the others were taken.
        """
        self._change([_put(entry, version) for entry in entries], visible_at_once)

    def remove(self, keys: Iterable[str], *, version: int = 0) -> None:
        """Forget these entries in every index in use; an unknown one is no error. Otherwise like put()."""
        self._change([_removal(key, version) for key in keys])

    def rebuild(self, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Index everything into a new index while the present one answers, then put it in its place.

        One rebuild at a time: the caller sees to it (search/engines/elasticsearch/outbox.py). Changes that are pushed meanwhile
        reach both indexes, with versions above that of the rebuild (0), so the copy never undoes them. An index that
        an interrupted rebuild left behind goes first.
        """
        with translated_errors():
            self.forget_unfinished()
            index_template().save(using=client())
            name = f"{settings.ELASTICSEARCH_INDEX}-{definition()}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
            while_building = {"index": {"refresh_interval": "-1"}}
            client().indices.create(index=name, aliases={write_alias(): {}}, settings=while_building)
            done, total = 0, SearchEntry.objects.count()
            progress(done, total)
            refused: dict[str, str] = {}
            for batch in _all_entries():
                refused |= _send([_put(entry, 0) | {"_index": name} for entry in batch])
                done += len(batch)
                progress(done, max(done, total))
            client().indices.put_settings(index=name, settings={"index": {"refresh_interval": None}})
            # Searches go through each segment: one instead of dozens, a third of the size, and half of their time.
            client(MERGE_TIMEOUT).indices.forcemerge(index=name, max_num_segments=1)
            client().indices.refresh(index=name)
            self._replace_with(name)
        if refused:
            raise EntriesRefused(refused)
        return done

    def _replace_with(self, name: str) -> None:
        """Make this index the one that is read and written, in one step, and delete the others."""
        others = [index for index in _indexes_of(write_alias()) | _indexes_of(read_alias()) if index != name]
        client().indices.update_aliases(
            actions=[
                {"add": {"index": name, "alias": read_alias()}},
                *({"remove_index": {"index": other}} for other in others),
            ]
        )

    def forget_unfinished(self) -> list[str]:
        """Delete what interrupted rebuilds left behind (never call it during a rebuild); return the names."""
        with translated_errors():
            left = sorted(_indexes_of(write_alias()) - _indexes_of(read_alias()))
            if left:
                log.warning("Deleting unfinished indexes: %s", ", ".join(left))
                client().indices.delete(index=left, ignore_unavailable=True)
        return left

    def drop(self) -> None:
        """Delete the indexes and their template: for a scratch index."""
        with translated_errors():
            if indexes := _indexes_of(write_alias()) | _indexes_of(read_alias()):
                client().indices.delete(index=sorted(indexes), ignore_unavailable=True)
            with suppress(NotFoundError):
                client().indices.delete_index_template(name=settings.ELASTICSEARCH_INDEX)

    def count(self) -> int | None:
        """Return how many entries are indexed; None when there is no index yet, or one that an update made obsolete."""
        with translated_errors():
            if not any(f"-{definition()}-" in name for name in _indexes_of(read_alias())):
                return None
            client().indices.refresh(index=read_alias())
            return int(client().count(index=read_alias())["count"])

    @staticmethod
    def _change(actions: list[dict[str, Any]], visible_at_once: bool = False) -> None:
        with translated_errors():
            indexes = _indexes_of(write_alias())
            if not indexes:
                raise EngineUnavailable("there is no index yet: run manage.py rebuild_search_index")
            refused = _send([action | {"_index": index} for index in sorted(indexes) for action in actions])
            if visible_at_once:
                client().indices.refresh(index=read_alias(), ignore_unavailable=True)
        if refused:
            raise EntriesRefused(refused)


def _answers(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers to these searches, sent together, within ELASTICSEARCH_TIMEOUT seconds."""
    header = {"index": read_alias(), "allow_partial_search_results": False}
    with translated_errors():
        together = client(settings.ELASTICSEARCH_TIMEOUT).msearch(
            searches=[line for request in requests for line in (header, request)]
        )
    for answer in together["responses"]:
        if "error" in answer:
            failure = RequestRefused if answer["status"] == HTTPStatus.BAD_REQUEST else EngineUnavailable
            raise failure(str(answer["error"])[:500])
    return list(together["responses"])


def _indexes_of(alias: str) -> set[str]:
    try:
        return set(client().indices.get_alias(name=alias))
    except NotFoundError:
        return set()


def _put(entry: SearchEntry, version: int) -> dict[str, Any]:
    versioned = {"version": version, "version_type": "external_gte"}
    return {"_op_type": "index", "_id": entry.key, "_source": source_of(entry), **versioned}


def _removal(key: str, version: int) -> dict[str, Any]:
    return {"_op_type": "delete", "_id": key, "version": version, "version_type": "external_gte"}


def _send(actions: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Send in batches; return why some were refused, by key. What is outdated or gone already is no refusal."""
    refused = {}
    answers = helpers.streaming_bulk(
        client(), actions, chunk_size=BATCH, max_chunk_bytes=BATCH_BYTES, raise_on_error=False
    )
    for taken, answer in answers:
        ((operation, result),) = answer.items()
        outdated = result["status"] == 409  # noqa: PLR2004 - HTTP: conflict
        gone = operation == "delete" and result["status"] == 404 and "error" not in result  # noqa: PLR2004
        if not (taken or outdated or gone):
            refused[result["_id"]] = str(result.get("error"))[:500]
    return refused


def _all_entries() -> Iterator[list[SearchEntry]]:
    """Yield every entry in batches, by key order of the table: memory holds one batch, no cursor stays open."""
    last = 0
    while batch := list(SearchEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
