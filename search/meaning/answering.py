"""How much of what is asked an entry answers, and what that is worth in the order: the same for every engine.

The weight asked is that of the words of the subject, by rarity. A word counts whole where the entry is about it (title,
summary, words chosen by editors), in part where the text only mentions it. Where a need is recognised, what answers it
answers as much of the query as the need was said. A constraint alone is answered by what suits it; beside a subject, what
suits it may help. An entry that reaches the floor is *sure*; the others are what may help too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..query_parsing import AskedQuery, AskedWord
from ..synonyms import EQUIVALENT_WEIGHT

MENTIONED = 0.45  # of a word that only the text holds
FLOOR = 0.3  # of the weight asked
FLOOR_OF_CONSTRAINT = 0.5  # alone: what only mentions « smartphone » is no answer to « sans smartphone »
FLOOR_OF_UNANSWERED = 0.98  # where a need that nothing answers yet is said more than any other
MARGIN = 1.35  # more: two needs that are equally said leave the question open
VALUE = 0.5  # of what bears a theme or a problem of a need, beside what editors chose for it
RANKS = 0.12  # that each place takes in the answers to a need
# In the order, against a word found (its idf): a need fully said, a constraint suited, a word that says a constraint.
LEAD_BOOST = 3.0
SUIT_BOOST = 1.0
HALF_SUITED = 0.5  # of what suits a constraint in one way and contradicts it in another: by video or by telephone
ASIDE = 0.4
LEAST_BOOST = 4.0  # a query of one common word still follows what editors chose


@dataclass(frozen=True)
class Lead:
    """Entries that a need leads to, by id and key, or by a value that they bear; `share` of the query is answered."""

    share: float
    entry: int = 0
    key: str = ""
    token: str = ""


def weight_of(asked: AskedQuery, word: AskedWord) -> float:
    """Return the weight of a word: its rarity."""
    return max(map(asked.lexicon.idf, word.terms))


def credit(weight: float) -> float:
    """Return how far an entry that holds another wording, of this weight, is about the word: wholly where they are equivalent."""
    return 1.0 if weight >= EQUIVALENT_WEIGHT else weight


def asked_weight(asked: AskedQuery) -> float:
    """Return the weight of what is looked for; of a constraint alone, 1."""
    return sum(weight_of(asked, word) for word in asked.subject) or 1.0


def floor(asked: AskedQuery) -> float:
    """Return the share of what is asked that a sure answer holds."""
    if not asked.subject:
        return FLOOR_OF_CONSTRAINT
    answered = max((need.strength for need in asked.needs if need.answered), default=0.0)
    unanswered = max((need.strength for need in asked.needs if not need.answered), default=0.0)
    if unanswered > MARGIN * answered:
        return FLOOR_OF_UNANSWERED
    return FLOOR


def boost(asked: AskedQuery) -> float:
    """Return what a share of 1 is worth in the order."""
    return max(LEAST_BOOST, asked_weight(asked) if asked.subject else 0.0)


def leads(asked: AskedQuery) -> Iterator[Lead]:
    """Yield where the needs of a query lead; several to one entry: the best counts."""
    for need in asked.needs:
        for rank, (entry, key) in enumerate(need.cards):
            yield Lead(need.strength * (1 - RANKS * min(rank, 4)), entry=entry, key=key)
        for token in need.values:
            yield Lead(need.strength * VALUE, token=token)
