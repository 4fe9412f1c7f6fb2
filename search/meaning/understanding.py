"""The query with what editors know of it: its constraints, its needs."""

from collections.abc import Sequence
from dataclasses import replace

from ..query_parsing import AskedQuery
from .constraints import read_constraints
from .knowledge import Knowledge
from .needs import recognise


def with_meaning(asked: AskedQuery, known: Knowledge, *, ignored: Sequence[str] = ()) -> AskedQuery:
    """Return the query with its constraints (those of `ignored` left out) and its needs."""
    rest = asked.text
    for phrase in asked.phrases:  # what is quoted is looked for as it stands
        rest = rest.replace(phrase, ". ")
    reading = read_constraints(rest, known.constraints, ignored)
    words = tuple(replace(word, aside=bool(reading.aside.intersection(word.terms))) for word in asked.words)
    return replace(asked, words=words, constraints=reading.constraints, needs=recognise(asked, known))
