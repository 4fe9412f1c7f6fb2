"""Needs recognised in a query, in whatever words: how much of a wording is said, how much of the query it explains."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..query_parsing import AskedQuery, AskedWord
from ..synonyms import EQUIVALENT_WEIGHT
from .knowledge import Knowledge, KnownNeed, Wording, grammar_of

ENOUGH = 0.3  # strength from which a need is recognised
MOST = 3  # needs of one query
WORDING_POWER = 2.0  # a wording said in part counts little
SHARE_POWER = 0.4  # what the query says besides counts a little
GRAMMAR = 0.5  # of the one word that grammar is about: « téléphone » alone is not « pas de téléphone »
DISORDER = 0.9  # « la personne parle » is not « ne parle à personne »
VOCABULARY = 0.75  # several words of a need, though no wording of it is said as such


@dataclass(frozen=True)
class Recognised:
    """A need of the query with its strength, from 0 to 1, and what answers it: see models.Need."""

    name: str
    strength: float
    cards: tuple[tuple[int, str], ...]
    values: tuple[str, ...]

    @property
    def answered(self) -> bool:
        return bool(self.cards or self.values)


def may_be_said(asked: AskedQuery, known: Knowledge) -> list[KnownNeed]:
    """Return the needs of which a wording holds a word of the query."""
    return known.needs_holding(frozenset[str]().union(*map(_terms_of, asked.words)))


def recognise(asked: AskedQuery, known: Knowledge) -> tuple[Recognised, ...]:
    """Return the needs that a query says, strongest first."""
    needs = may_be_said(asked, known)
    if not needs:
        return ()
    said = [(_terms_of(word), max(map(asked.lexicon.idf, word.terms))) for word in asked.words]
    found, grammar = [], grammar_of(asked.text)
    typed = frozenset[str]().union(*(own for own, _weight in said))
    for need in needs:
        strength = _strength(said, grammar, need.holding(typed), asked)
        if strength >= ENOUGH:
            found.append(Recognised(need.name, strength, asked.lexicon.found(need.cards), need.values))
    return tuple(sorted(found, key=lambda need: (-need.strength, need.name))[:MOST])


def _terms_of(word: AskedWord) -> frozenset[str]:
    """Return what stands for a word: itself, its equivalents; what is only of the same theme does not."""
    return frozenset(word.terms) | {
        one.terms[0] for one in word.synonyms if len(one.terms) == 1 and one.weight >= EQUIVALENT_WEIGHT
    }


def _strength(
    said: Sequence[tuple[frozenset[str], float]],
    grammar: frozenset[str],
    wordings: Sequence[Wording],
    asked: AskedQuery,
) -> float:
    best, total = 0.0, sum(weight for _terms, weight in said)
    vocabulary: set[int] = set()
    for wording in wordings:
        whole = common = 0.0
        places: set[int] = set()
        first: list[int] = []  # place of each word of the wording that is said
        for terms in wording.terms:
            weight = max(map(asked.lexicon.idf, terms))
            whole += weight
            here = [place for place, (own, _weight) in enumerate(said) if own & terms]
            common += weight if here else 0.0
            first += here[:1]
            places.update(here)
        vocabulary |= places
        if wording.grammar and common:
            whole += GRAMMAR * common * len(wording.grammar)
            common += GRAMMAR * common * len(wording.grammar & grammar)
        share = sum(said[place][1] for place in places) / total
        order = 1.0 if first == sorted(first) else DISORDER
        best = max(best, order * (common / whole) ** WORDING_POWER * share**SHARE_POWER)
    if len(vocabulary) > 1:
        best = max(best, VOCABULARY * sum(said[place][1] for place in vocabulary) / total)
    return best
