"""Where words follow one another."""

from django.db import connection

from ..french import bare_stems, bare_words, terms, terms_of_word, words
from ..models import Posting

# Postings narrow before texts are read.
_STAND_TOGETHER = """
WITH holders AS MATERIALIZED ({holders})
SELECT w.entry_id FROM holders JOIN search_index_entrywords w USING (entry_id) WHERE w.stems LIKE %s
"""
_HOLDERS = "SELECT entry_id FROM search_index_posting WHERE term = ANY(%s::varchar[])"


def entries_with(wording: str) -> list[int]:
    """Return the entries that hold a word, or where these words follow one another (one query)."""
    each = [list(found) for match in words(wording) if (found := terms_of_word(match.group()))]
    if len(words(wording)) == 1:
        return list(Posting.objects.filter(term__in=terms(wording)).values_list("entry", flat=True))
    sql = _STAND_TOGETHER.format(holders=" INTERSECT ".join([_HOLDERS] * len(each)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*each, f"% {bare_stems(bare_words(wording))} %"])
        return [row[0] for row in cursor.fetchall()]
