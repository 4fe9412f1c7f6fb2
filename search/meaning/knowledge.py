"""What editors wrote of constraints and needs, in one value that editor_rules.py reads."""

import functools
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from psycopg import sql

from ..french import bare_word, terms, terms_of_word, words
from ..models import Constraint, Need, NeedCard, SearchEntry

# One row whatever the number of constraints and needs. A card counts as an answer while it may be found.
_AS_WRITTEN = """json_build_object(
    'constraints', (SELECT COALESCE(json_agg(json_build_object(
        'slug', slug, 'label', label, 'lacking', lacking, 'wordings', wordings, 'suits', suits,
        'contradicts', contradicts) ORDER BY label, id), '[]') FROM {constraints}),
    'needs', (SELECT COALESCE(json_agg(json_build_object(
        'name', n.name, 'wordings', n.wordings, 'values', n.values, 'cards', (
            SELECT json_agg(json_build_array(e.id, e.key) ORDER BY c.sort_order, c.id)
            FROM {cards} c JOIN {entries} e ON e.key = 'page:' || c.page_id WHERE c.need_id = n.id)
        ) ORDER BY n.id), '[]') FROM {needs} n))::text
"""
_TABLES: dict[str, type[Model]] = {"constraints": Constraint, "needs": Need, "cards": NeedCard, "entries": SearchEntry}
AS_WRITTEN = sql.SQL(_AS_WRITTEN).format(
    **{name: sql.Identifier(model._meta.db_table) for name, model in _TABLES.items()}
)

Terms = tuple[frozenset[str], ...]  # of the words of a wording that carry meaning
# Say next to nothing, or are left out by whoever is in a hurry: « (je) n’ai pas (de) ».
_ARTICLES = frozenset("a au aux d de des du en il elle je l la le les n ne on s se un une".split())
DENIAL = "pas"  # whatever denies: « ne décroche plus », « décroche pas »
_DENIALS = frozenset({DENIAL, "plus", "jamais", "rien"})


@dataclass(frozen=True)
class KnownConstraint:
    """A constraint, its wordings read."""

    slug: str
    label: str
    lacking: tuple[Terms, ...]
    wordings: tuple[Terms, ...]  # grammar included, each of its words as its bare form: « à deux » is not « deux »
    suits: frozenset[str]
    contradicts: frozenset[str]


@dataclass(frozen=True)
class Wording:
    """A way of saying a need: the terms of its words, and its grammar where it means little without: « à sa place »."""

    terms: Terms
    grammar: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownNeed:
    """A need, its wordings read; `cards` are the id and the key of each entry that answers, best first."""

    name: str
    wordings: tuple[Wording, ...]
    cards: tuple[tuple[int, str], ...]
    values: tuple[str, ...]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        holding: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(self.wordings):
            for term in frozenset().union(*wording.terms):
                holding[term].append(number)
        return dict(holding)

    def holding(self, terms: Iterable[str]) -> list[Wording]:
        """Return the wordings that hold one of these terms: of thousands, those that a query may say."""
        numbers = {number for term in terms for number in self._holding.get(term, ())}
        return [self.wordings[number] for number in sorted(numbers)]


@dataclass(frozen=True)
class Knowledge:
    """What the editors taught: the constraints and the needs that words may tell of."""

    constraints: tuple[KnownConstraint, ...]
    needs: tuple[KnownNeed, ...]


@functools.lru_cache(maxsize=4)
def read_knowledge(written: str) -> Knowledge:
    """Return it ready to be compared: nothing is worked out again until an editor changes something."""
    rows: dict[str, list[dict[str, Any]]] = json.loads(written)
    return Knowledge(
        tuple(
            KnownConstraint(
                row["slug"], row["label"], read_wordings(row["lacking"]), read_wordings(row["wordings"], grammar=True),
                frozenset(row["suits"]), frozenset(row["contradicts"]),
            )
            for row in rows["constraints"]
        ),
        tuple(
            KnownNeed(
                row["name"], tuple(_wording(line) for line in row["wordings"].splitlines() if terms(line)),
                tuple(map(tuple, row["cards"] or ())), tuple(row["values"]),
            )
            for row in rows["needs"]
        ),
    )  # fmt: skip


def read_wordings(text: str, *, grammar: bool = False) -> tuple[Terms, ...]:
    """Return the terms of each line of a text."""
    return tuple(read for line in text.splitlines() if (read := _terms_of_wording(line, grammar=grammar)))


def _wording(line: str) -> Wording:
    read = _terms_of_wording(line, grammar=False)
    return Wording(read, grammar_of(line) if len(read) == 1 else frozenset())


def grammar_of(text: str) -> frozenset[str]:
    """Return the words of grammar of a text that weigh on what it says, one for all those that deny."""
    bare = {bare_word(match.group()) for match in words(text) if not terms_of_word(match.group())}
    return frozenset(DENIAL if word in _DENIALS else word for word in bare - _ARTICLES)


def _terms_of_wording(text: str, *, grammar: bool) -> Terms:
    found = [(match.group(), terms_of_word(match.group())) for match in words(text)]
    return tuple(frozenset(terms or (bare_word(word),)) for word, terms in found if terms or grammar)
