"""What editors wrote of constraints and needs, in one value that editor_rules.py reads."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from psycopg import sql

from ..french import bare_word, terms, terms_of_word, words
from ..models import Constraint, Need, NeedCard

# One row whatever the number of constraints and needs.
_AS_WRITTEN = """json_build_object(
    'constraints', (SELECT COALESCE(json_agg(json_build_object(
        'slug', slug, 'label', label, 'lacking', lacking, 'wordings', wordings, 'suits', suits,
        'contradicts', contradicts) ORDER BY label, id), '[]') FROM {constraints}),
    'needs', (SELECT COALESCE(json_agg(json_build_object(
        'name', n.name, 'wordings', n.wordings, 'values', n.values, 'cards', (
            SELECT json_agg('page:' || c.page_id ORDER BY c.sort_order, c.id) FROM {cards} c WHERE c.need_id = n.id)
        ) ORDER BY n.id), '[]') FROM {needs} n))::text
"""
_TABLES: dict[str, type[Model]] = {"constraints": Constraint, "needs": Need, "cards": NeedCard}
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


@dataclass(frozen=True, eq=False)
class KnownConstraints:
    """The constraints, and the wordings that begin with a word."""

    all: tuple[KnownConstraint, ...] = ()

    @cached_property
    def openings(self) -> dict[str, list[tuple[int, Terms]]]:
        """The wordings by a term of their first word, each with the number of its constraint."""
        openings: dict[str, list[tuple[int, Terms]]] = defaultdict(list)
        for number, one in enumerate(self.all):
            for wording in one.wordings:
                for term in wording[0]:
                    openings[term].append((number, wording))
        return dict(openings)

    @cached_property
    def by_initial(self) -> dict[str, list[str]]:
        """The terms that open a wording, by their first letter."""
        terms: dict[str, list[str]] = defaultdict(list)
        for term in self.openings:
            terms[term[:1]].append(term)
        return dict(terms)


@dataclass(frozen=True)
class Wording:
    """A way of saying a need: the terms of its words, and its grammar where it means little without: « à sa place »."""

    terms: Terms
    grammar: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownNeed:
    """A need, its wordings read; `cards` are the keys of the entries that answer, best first, while they may be found."""

    name: str
    wordings: tuple[Wording, ...]
    cards: tuple[str, ...]
    values: tuple[str, ...]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        holding: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(self.wordings):
            for term in frozenset().union(*wording.terms):
                holding[term].append(number)
        return dict(holding)

    @property
    def terms(self) -> Iterable[str]:
        """The terms of its wordings."""
        return self._holding

    def holding(self, terms: Iterable[str]) -> list[Wording]:
        """Return the wordings that hold one of these terms: of thousands, those that a query may say."""
        numbers = {number for term in terms for number in self._holding.get(term, ())}
        return [self.wordings[number] for number in sorted(numbers)]


@dataclass(frozen=True)
class Knowledge:
    """What the editors taught: the constraints and the needs that words may tell of."""

    constraints: KnownConstraints
    needs: tuple[KnownNeed, ...]

    @cached_property
    def _needs_holding(self) -> dict[str, list[int]]:
        holding: dict[str, list[int]] = defaultdict(list)
        for number, need in enumerate(self.needs):
            for term in need.terms:
                holding[term].append(number)
        return dict(holding)

    def needs_holding(self, terms: Iterable[str]) -> list[KnownNeed]:
        """Return the needs that hold one of these terms in a wording: those that a query may say."""
        numbers = {number for term in terms for number in self._needs_holding.get(term, ())}
        return [self.needs[number] for number in sorted(numbers)]


def read_knowledge(written: str) -> Knowledge:
    """Return it ready to be compared."""
    rows: dict[str, list[dict[str, Any]]] = json.loads(written)
    return Knowledge(
        KnownConstraints(tuple(
            KnownConstraint(
                row["slug"], row["label"], read_wordings(row["lacking"]), read_wordings(row["wordings"], grammar=True),
                frozenset(row["suits"]), frozenset(row["contradicts"]),
            )
            for row in rows["constraints"]
        )),
        tuple(
            KnownNeed(
                row["name"], tuple(_wording(line) for line in row["wordings"].splitlines() if terms(line)),
                tuple(row["cards"] or ()), tuple(row["values"]),
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
