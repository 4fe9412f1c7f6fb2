"""The parameters of the first ranking, and the weights that postings carry.

Each field is scored by BM25 on its own and the two are summed (Robertson and Zaragoza, 2009):
weight = tf (k1 + 1) / (tf + k1 (1 - b + b length / average length)); the idf is taken when searching.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable

TITLE_BOOST = 1.5
TITLE_K1, TITLE_B = 1.5, 0.75
TEXT_K1, TEXT_B = 1.2, 0.5
IDF_POWER = 0.8  # tempers very rare words, often names or slips

Lengths = tuple[float, float]  # average number of terms of a title, of a text


def idf(entries: int, frequency: int) -> float:
    """Return the weight of a term that `frequency` of the entries hold."""
    return math.log(1 + (max(entries, frequency) - frequency + 0.5) / (frequency + 0.5)) ** IDF_POWER


def posting_weights(
    title: Iterable[str], text: Iterable[str], about: Collection[str], average: Lengths
) -> dict[str, float]:
    """Return the weight of each term of an entry, from the terms of its title and of its text.

    The sign tells more, at no cost in reading: a negative weight is that of a term that stands among `about`, the title,
    the summary and the words that editors chose, where an entry says what it is about.
    """
    weights = {
        term: TITLE_BOOST * weight for term, weight in _field_weights(title, TITLE_K1, TITLE_B, average[0]).items()
    }
    for term, weight in _field_weights(text, TEXT_K1, TEXT_B, average[1]).items():
        weights[term] = weights.get(term, 0.0) + weight
    return {term: -weight if term in about else weight for term, weight in weights.items()}


def _field_weights(terms: Iterable[str], k1: float, b: float, average: float) -> dict[str, float]:
    counts = Counter(terms)
    norm = k1 * (1 - b + b * counts.total() / average)
    return {term: tf * (k1 + 1) / (tf + norm) for term, tf in counts.items()}
