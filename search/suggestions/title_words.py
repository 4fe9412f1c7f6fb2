"""The words of titles, kept apart so that suggesting costs a walk of a few rows of an index."""

from collections.abc import Iterable

from django.db import transaction

from kb_site.french.letters import strip_accents

from ..french import words
from ..models import SearchEntry, TitleWord

WORD_LENGTH = 40  # TitleWord.word


def folded_words(text: str) -> list[str]:
    """Return the words of a text in order, lower case and without accents, each once."""
    folded = (strip_accents(match.group().lower()).replace(".", "")[:WORD_LENGTH] for match in words(text))
    return list(dict.fromkeys(folded))


def index_titles(entries: Iterable[SearchEntry]) -> None:
    """Replace the title words of these entries (called where the rows are written, in the same transaction)."""
    entries = list(entries)
    rows = [
        TitleWord(word=word, place=place, entry=entry)
        for entry in entries
        for place, word in enumerate(folded_words(entry.title))
    ]
    with transaction.atomic():
        TitleWord.objects.filter(entry__in=entries).delete()
        TitleWord.objects.bulk_create(rows, batch_size=5000)
