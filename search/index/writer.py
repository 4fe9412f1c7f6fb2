"""Writes the index: entries replaced in batches, everything anew, averages measured."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from kb_site.french.letters import bare_word
from kb_site.french.phonetics import sound

from ..french import bare_stems, terms_of_bare_word, terms_of_word, words
from ..models import Audience, ChangedEntry, EntryWords, IndexedEntry, Posting, SearchEntry, Statistics, VocabularyWord
from . import snapshots
from .ranking import Lengths, posting_weights

BATCH = 500
SAMPLE = 500  # entries read to measure the average lengths
# Grammar has no posting, and leads to nobody.
_FORGET = """
DELETE FROM search_index_vocabularyword v WHERE v.word = ANY(%(words)s::varchar[]) AND v.term <> ''
AND NOT EXISTS (SELECT FROM search_index_posting p WHERE p.term = v.term)
"""
# Words that no text holds any more, whatever their family does. Their places are asked of the texts themselves.
_FORGET_UNSAID = """
WITH said AS MATERIALIZED (
    SELECT DISTINCT bare FROM search_index_entrywords, unnest(string_to_array(title || ' ' || text, ' ')) AS bare
)
DELETE FROM search_index_vocabularyword v WHERE NOT EXISTS (SELECT FROM said WHERE said.bare = v.bare)
"""
_LAST_CHANGE = "SELECT COALESCE(max(id), 0) FROM search_index_changedentry"
DEFAULT_LENGTHS = (6.0, 200.0)  # before anything was measured
MAX_WORD = 40


def put(entries: Iterable[SearchEntry]) -> int:
    """Index these entries, replacing what was known of them; return how many there were."""
    average, count = average_lengths(), 0
    for batch in _batches(entries):
        _put_batch(batch, average)
        count += len(batch)
    return count


def rebuild() -> int:
    """Index every entry anew, batch by batch: searches and changes go on meanwhile. Return how many there are."""
    count = index_again()
    snapshots.take()
    return count


def index_again() -> int:
    """Write every row of the index anew; the snapshot is the caller's to take. Return how many entries there are."""
    measure()
    VocabularyWord.objects.all().delete()
    count, average, shelved = 0, average_lengths(), snapshots.entries_held()
    for batch in _batches(SearchEntry.objects.order_by("pk").iterator(chunk_size=BATCH)):
        _put_again(batch, average, shelved)
        count += len(batch)
    return count


@transaction.atomic
def _put_again(entries: list[SearchEntry], average: Lengths, shelved: frozenset[int]) -> None:
    """Index entries anew that did not change: the snapshot still tells of them, and searches go on reading it."""
    batch = [entry.pk for entry in SearchEntry.objects.select_for_update().filter(pk__in=[e.pk for e in entries])]
    changed = set(ChangedEntry.objects.filter(entry_id__in=batch).values_list("entry_id", flat=True))
    _put_batch(entries, average)
    unchanged = shelved.intersection(batch) - changed
    ChangedEntry.objects.filter(entry_id__in=unchanged)._raw_delete(connection.alias)


def measure() -> None:
    """Measure the average lengths on a sample of the entries."""
    sample = SearchEntry.objects.order_by("?")[:SAMPLE] if SearchEntry.objects.exists() else []
    lengths = [(len(title.terms), len(_terms(fields))) for title, fields in map(_read, sample)]
    if lengths:
        title, text = (max(1.0, sum(column) / len(lengths)) for column in zip(*lengths, strict=True))
    else:
        title, text = DEFAULT_LENGTHS
    Statistics.objects.update_or_create(pk=1, defaults={"title_words": title, "text_words": text})


def average_lengths() -> Lengths:
    """Return the measured average lengths of titles and texts."""
    return Statistics.objects.values_list("title_words", "text_words").first() or DEFAULT_LENGTHS


class _Read:
    """One field read word by word, once: what the tables need of it."""

    def __init__(self, text: str) -> None:
        matches = words(text)
        found = [match.group() for match in matches]
        self.bare = " ".join(map(bare_word, found))
        self.terms = [term for word in found for term in terms_of_word(word)]
        self.words = set(found)


def _read(entry: SearchEntry) -> tuple[_Read, list[_Read]]:
    """Return the title and what is searched besides it, field by field."""
    return _Read(entry.title), [_Read(part) for part in (entry.summary, entry.keywords, entry.body) if part]


def _terms(fields: list[_Read]) -> list[str]:
    return [term for read in fields for term in read.terms]


def _batches(entries: Iterable[SearchEntry]) -> Iterator[list[SearchEntry]]:
    iterator = iter(entries)
    while batch := list(islice(iterator, BATCH)):
        yield batch


@transaction.atomic
def _put_batch(entries: list[SearchEntry], average: Lengths) -> None:
    # Locked and read again: a rebuild meets writers, and what it read before may have changed or gone since.
    batch = list(SearchEntry.objects.select_for_update().filter(pk__in=[e.pk for e in entries]).order_by("pk"))
    audiences = _audiences({tuple(sorted(entry.principals)) for entry in batch})
    rows, texts = [], []
    postings: list[tuple[str, int, float]] = []
    vocabulary: set[str] = set()
    for entry in batch:
        title, fields = _read(entry)
        text = " | ".join(read.bare for read in fields)
        rows.append(
            IndexedEntry(
                entry=entry,
                audience_id=audiences[tuple(sorted(entry.principals))],
                facets=sorted(set(entry.facets)),
                title=title.bare[:60],
                evidence_rank=entry.evidence_rank,
                updated_at=entry.updated_at,
            )
        )
        stems = f" {bare_stems(f'{title.bare} | {text}')} "
        texts.append(EntryWords(entry=entry, title=title.bare, text=text, stems=stems))
        about = {*title.terms, *_Read(f"{entry.summary}\n{entry.keywords}").terms}
        weights = posting_weights(title.terms, _terms(fields), about, average)
        postings += [(term, entry.pk, weight) for term, weight in weights.items()]
        vocabulary.update(*(read.words for read in (title, *fields)))
    tables: tuple[tuple[Any, list[Any]], ...] = ((IndexedEntry, rows), (EntryWords, texts))
    for model, values in tables:
        model._default_manager.bulk_create(
            values,
            update_conflicts=True,
            unique_fields=["entry"],
            update_fields=[field.name for field in model._meta.fields if not field.primary_key],
        )
    _replace_postings(batch, postings)
    _learn(vocabulary)


def _audiences(wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """Return the number of each set of principals, given when it is new."""

    def known() -> dict[tuple[str, ...], int]:
        found = Audience.objects.filter(principals__in=list(map(list, wanted))).values_list("principals", "pk")
        return {tuple(principals): number for principals, number in found}

    numbers = known()
    if missing := sorted(wanted - numbers.keys()):
        new = [Audience(principals=list(principals)) for principals in missing]
        Audience.objects.bulk_create(new, ignore_conflicts=True)  # another process may have just added one
        numbers = known()
    return numbers


def _replace_postings(batch: list[SearchEntry], postings: list[tuple[str, int, float]]) -> None:
    # In SQL alone: Wagtail listens to every deletion, and Django would read each posting to tell of it.
    Posting.objects.filter(entry__in=batch)._raw_delete(connection.alias)
    table = connection.ops.quote_name(Posting._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} (term, entry_id, weight) FROM STDIN") as copy:
        for posting in sorted(postings):  # neighbours in the primary key are written together
            copy.write_row(posting)


def _learn(vocabulary: set[str]) -> None:
    """Add the words that are new; in one order, so that two writers never wait for one another in a circle."""
    lower = {word.lower().replace(".", "") for word in vocabulary}
    learnt = sorted(word for word in lower if not word.isdecimal() and len(word) <= MAX_WORD)
    known = set(VocabularyWord.objects.filter(pk__in=learnt).values_list("pk", flat=True))
    VocabularyWord.objects.bulk_create(
        [_vocabulary_word(word) for word in learnt if word not in known], ignore_conflicts=True
    )


def forget_words(text: str) -> None:
    """Forget the words of a text that was taken away, those that no entry holds any more."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"words": sorted({match.group().lower() for match in words(text)})})


def forget_unsaid_words() -> int:
    """Forget the words that no text holds any more; return how many. Some seconds for a hundred thousand entries.

    A word that somebody writes meanwhile is learnt again: what changed since the beginning is read once more.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CHANGE)
        before = cursor.fetchone()[0]
        cursor.execute(_FORGET_UNSAID)
        forgotten = cursor.rowcount
    changed = ChangedEntry.objects.filter(pk__gt=before).values("entry_id")
    for entry in SearchEntry.objects.filter(pk__in=changed):
        title, fields = _read(entry)
        _learn(set().union(*(read.words for read in (title, *fields))))
    return forgotten


def _vocabulary_word(word: str) -> VocabularyWord:
    bare = bare_word(word)
    return VocabularyWord(word=word, bare=bare, term="".join(terms_of_bare_word(bare)), sound=sound(word))
