"""The stem of a French word (Snowball)."""

import functools
import threading

from snowballstemmer import stemmer

_stemmer = stemmer("french")
_one_at_a_time = threading.Lock()  # the stemmer works on its own attributes: threads would mix their words up


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case, with the accents that it has."""
    with _one_at_a_time:
        return str(_stemmer.stemWord(word))
