"""Where words follow one another."""

from django.db import connection

from ..french import bare_stems, bare_words, terms, words
from ..models import Posting

# The pairs of neighbours are indexed (see the migration): two words are found without reading a text. Of a longer
# phrase all pairs must stand there, then the texts that hold them all are read.
_STAND_TOGETHER = """
SELECT entry_id FROM search_index_entrywords WHERE search_index_pairs(stems) @> search_index_pairs(%s)
"""
_IN_ORDER = " AND stems LIKE %s"
PAIR = 2  # words


def entries_with(wording: str) -> list[int]:
    """Return the entries that hold a word, or where these words follow one another (one query)."""
    read = words(wording)
    if len(read) == 1:
        return list(Posting.objects.filter(term__in=terms(wording)).values_list("entry", flat=True))
    stems = bare_stems(bare_words(wording))
    longer = len(read) > PAIR
    with connection.cursor() as cursor:
        cursor.execute(_STAND_TOGETHER + _IN_ORDER * longer, [stems, f"% {stems} %"][: 1 + longer])
        return [row[0] for row in cursor.fetchall()]
