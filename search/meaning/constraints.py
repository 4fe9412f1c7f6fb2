"""Constraints read in a query: « sans smartphone », « il parle pas francais », « plus de credit », « à deux ».

Two ways. What editors say is lacking is looked for around a word that denies: right after it (« sans smartphone »,
« plus de crédit »), or on both sides when a verb is denied (« parle pas français », « lit mal »). Other wordings are
looked for as they stand, whatever the grammar between their words. One slip in a word of five letters is forgiven.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..french import bare_word, terms_of_word, words
from .knowledge import KnownConstraint, KnownConstraints, Terms

# Deny what follows.
BEFORE = frozenset({"sans", "aucun", "aucune", "ni", "zero"})
# Deny a verb: what stands on both sides.
AROUND = frozenset({"pas", "plus", "jamais", "mal", "peu", "rien", "guere"})
# Say nothing by themselves between the words of a wording.
LIGHT = frozenset(
    """
bien vraiment assez trop tres beaucoup bon bonne meme non toujours ni vrai aussi quasi presque encore juste certains
personne personnes gens quelqu un une salarie salaries beneficiaire
""".split()
)
# « ne bouffe pas le forfait » denies the verb; « n’a pas la 4G », « pas son téléphone » still deny the thing.
DEFINITE = frozenset({"le", "la", "les"})
HAVING = frozenset("a ai as ont avons avez avait avoir ayant possede possedent".split())
REACH = 4  # words of meaning after a word that denies
SLIPS_FROM = 5  # letters


@dataclass(frozen=True)
class Understood:
    """A constraint that the query says, for the engines and for the chip."""

    slug: str
    label: str
    suits: frozenset[str]
    contradicts: frozenset[str]


@dataclass(frozen=True)
class _Token:
    bare: str
    terms: frozenset[str]

    @property
    def denies(self) -> bool:
        return self.bare in BEFORE or self.bare in AROUND

    @property
    def carries(self) -> bool:
        return bool(self.terms) and not self.denies and self.bare not in LIGHT


@dataclass(frozen=True)
class Reading:
    """The constraints of a text, and the terms of the words that say them and nothing else, or nothing by themselves."""

    constraints: tuple[Understood, ...] = ()
    aside: frozenset[str] = frozenset()


def read_constraints(text: str, known: KnownConstraints, ignored: Sequence[str] = ()) -> Reading:
    """Return the constraints that a text says; those of `ignored` (by slug) were refused, their words stay words."""
    tokens = [_Token(bare_word(match.group()), frozenset(terms_of_word(match.group()))) for match in words(text)]
    found: list[tuple[KnownConstraint, frozenset[int]]] = []
    may_be_said = _begun(tokens, known)
    denies = any(token.denies for token in tokens)
    for number, one in enumerate(known.all):
        if one.slug in ignored:
            continue
        places = [place for wording in one.lacking if denies for place in _denied(tokens, wording)]
        places += [place for wording in may_be_said.get(number, ()) for place in _said(tokens, wording)]
        if places:
            found.append((one, frozenset().union(*places)))
    # « pas de compte » is no « compte »: what stands within a longer reading is not read again.
    kept = [(one, places) for one, places in found if not any(places < other for _one, other in found)]
    used = frozenset[int]().union(*(places for _one, places in kept))
    elsewhere = {term for place, token in enumerate(tokens) if place not in used for term in token.terms}
    aside = {term for place in used for term in tokens[place].terms} - elsewhere
    if kept:  # « il a juste un vieux Nokia » : « juste » is no subject
        aside |= {term for token in tokens if token.bare in LIGHT for term in token.terms}
    return Reading(
        tuple(Understood(one.slug, one.label, one.suits, one.contradicts) for one, _places in kept), frozenset(aside)
    )


def _begun(tokens: Sequence[_Token], known: KnownConstraints) -> dict[int, set[Terms]]:
    """Return the wordings whose first word is said, by the number of their constraint: of hundreds, a few."""
    begun: dict[int, set[Terms]] = {}
    for token in tokens:
        terms = {*token.terms, token.bare}
        if len(token.bare) >= SLIPS_FROM:
            near = (term for own in token.terms for term in known.by_initial.get(own[:1], ()) if _may_slip(own, term))
            terms.update(near)
        for term in terms:
            for number, wording in known.openings.get(term, ()):
                begun.setdefault(number, set()).add(wording)
    return begun


def _denied(tokens: Sequence[_Token], wording: Terms) -> Iterator[frozenset[int]]:
    """Yield the places of a wording that is denied, those of the word that denies included."""
    for place, token in enumerate(tokens):
        if not token.denies:
            continue
        after = [number for number in range(place + 1, len(tokens)) if tokens[number].carries][:REACH]
        before = [number for number in range(place) if tokens[number].carries][-1:] if token.bare in AROUND else []
        if token.bare in AROUND and _denies_a_verb(tokens, place):
            # The thing alone is not denied: its verb must be part of the wording.
            ways = [before + after[:count] for count in range(REACH + 1)] if before else []
        else:
            ways = [after[:count] for count in range(1, REACH + 1)] + [
                before + after[:count] for count in range(REACH + 1) if before
            ]
        for way in ways:
            if len(way) == len(wording) and all(any(_same(tokens[here], one) for here in way) for one in wording):
                yield frozenset([place, *range(min([place, *way]), max([place, *way]) + 1)])
                break


def _denies_a_verb(tokens: Sequence[_Token], place: int) -> bool:
    following = tokens[place + 1].bare if place + 1 < len(tokens) else ""
    previous = tokens[place - 1].bare if place else ""
    return following in DEFINITE and previous not in HAVING


def _said(tokens: Sequence[_Token], wording: Terms) -> Iterator[frozenset[int]]:
    """Yield the places where a wording stands, in order; grammar and light words between its words are let through."""
    for start in range(len(tokens)):
        place = start
        way: list[int] = []
        for wanted in wording:
            while way and place < len(tokens) and not _same(tokens[place], wanted) and not tokens[place].carries:
                place += 1
            if place == len(tokens) or not _same(tokens[place], wanted):
                break
            way.append(place)
            place += 1
        else:
            yield frozenset(range(way[0], way[-1] + 1))


def _same(token: _Token, wanted: frozenset[str]) -> bool:
    if token.terms & wanted or token.bare in wanted:
        return True
    return len(token.bare) >= SLIPS_FROM and any(_may_slip(own, term) for own in token.terms for term in wanted)


def _may_slip(own: str, term: str) -> bool:
    return len(term) >= SLIPS_FROM - 1 and _one_slip(own, term)


def _one_slip(one: str, other: str) -> bool:
    """Whether two stems are one letter less, more, changed or swapped apart, the first letter being the same."""
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    swapped = left[1:2] + left[:1] + left[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped == right
