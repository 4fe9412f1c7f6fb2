"""Whether one new entry answers a saved search, whatever the engine.

An alert must be worth a mail: here every word asked must be in the entry (itself or a synonym), where the results page
also shows what answers one word of three.
"""

from dataclasses import dataclass

from ..facets import EXCLUDING, asked_tokens
from ..french import terms_of_word, words
from ..models import SearchEntry
from ..queries import SearchQuery
from ..query_parsing import AskedQuery


@dataclass(frozen=True)
class EntryWords:
    """The words of an entry as terms: in order (each with its one or two terms), and all together."""

    sequence: tuple[tuple[str, ...], ...]
    terms: frozenset[str]


def words_of_entry(entry: SearchEntry) -> EntryWords:
    """Return the words of an entry, read as the index reads them."""
    text = f"{entry.title}\n{entry.summary}\n{entry.keywords}\n{entry.body}"
    sequence = _sequence(text)
    return EntryWords(sequence, frozenset(term for found in sequence for term in found))


def answers(query: SearchQuery, asked: AskedQuery, entry: SearchEntry, entry_words: EntryWords) -> bool:
    """Whether the entry may be read with the principals of the query, passes its filters, has all the words of its
    subject and its phrases and nothing that it excludes, and contradicts none of its constraints; of a search that is a
    constraint alone, whether it suits it. `asked` is the text of the query, read (services.understand)."""
    return (
        not query.principals.isdisjoint(entry.principals)
        and all(
            any(token in entry.facets for token in asked_tokens(name, values)) != (name in EXCLUDING)
            for name, values in query.facets.items()
        )
        and all(
            not entry_words.terms.isdisjoint(word.terms)
            or any(entry_words.terms.issuperset(synonym.terms) for synonym in word.synonyms)
            for word in asked.subject
        )
        and (bool(asked.subject) or all(one.suits.intersection(entry.facets) for one in asked.constraints))
        and not any(
            one.contradicts.intersection(entry.facets) and not one.suits.intersection(entry.facets)
            for one in asked.constraints
        )
        and all(_stands(phrase, entry_words) for phrase in asked.phrases)
        and not any(_stands(phrase, entry_words) for phrase in asked.excluded)
    )


def _sequence(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(found for match in words(text) if (found := terms_of_word(match.group())))


def _stands(phrase: str, entry_words: EntryWords) -> bool:
    """Whether the words of a phrase stand together in the entry, words of grammar left out."""
    wanted = _sequence(phrase)
    return any(
        all(set(own) & set(other) for own, other in zip(wanted, entry_words.sequence[start:], strict=False))
        for start in range(len(entry_words.sequence) - len(wanted) + 1)
    )
