"""A second look at the first results: how the asked words stand together, in titles and in texts.

The engines rank by how often words occur (BM25). This looks at the best of them again, with what an index of words
cannot tell: how much of what is asked stands there at all; words close together, early in the text, in the very form that
was typed; a title that says nothing else; letters in common with the title, which helps with words of one family
(« licencier », « licenciement »). Weights were chosen on judged searches, by topic, with half of the topics kept unseen:
docs/search.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb_site.french.letters import bare_word

from .french import STOP_WORDS, base_form
from .query_parsing import AskedQuery

COVERAGE = 3.0  # when every word is found; compared on every judged topic, none kept unseen
TITLE_COVER = 3.0
NEARNESS = 3.0
SIDE_BY_SIDE = 1.0
EARLY = 0.4
TITLE_FORMS = 0.5
TEXT_FORMS = 0.15
TITLE_LETTERS = 5.0

WINDOW = 15  # words
NEIGHBOURS = 2  # words: a word of grammar may stand between
EARLY_WORDS = 120
SATURATION = 1.2  # a word said again and again counts less and less, as in BM25


@dataclass(frozen=True)
class Candidate:
    """One result of the first ranking. The words are bare (lower case, no accents), separated by spaces.

    `stems` holds the term of each word of the title, then " | ", then those of the text (index.models.EntryWords).
    """

    entry_id: int
    score: float
    title: str
    text: str
    stems: str


@dataclass(frozen=True)
class Wanted:
    """One asked word: its bare form, the terms that stand for it, and its weight (a power of its idf)."""

    form: str
    terms: frozenset[str]
    weight: float


def wanted_words(asked: AskedQuery) -> list[Wanted]:
    """Return the asked words with their weights; a synonym of one word stands for it here, a longer one does not."""
    wanted = []
    for word in asked.words:
        own = [term for term in word.terms if asked.lexicon.frequency(term)] or list(word.terms)
        others = {synonym.terms[0] for synonym in word.synonyms if len(synonym.terms) == 1}
        weight = max(map(asked.lexicon.idf, own))
        wanted.append(Wanted(base_form(bare_word(word.text)), frozenset(word.terms) | others, weight))
    return wanted


def rerank(wanted: Sequence[Wanted], candidates: Sequence[Candidate]) -> list[int]:
    """Return the ids of the candidates, best first; equals keep the order of the first ranking."""
    judge = _Judge(wanted)
    scores = {candidate.entry_id: candidate.score + judge.bonus(candidate) for candidate in candidates}
    return sorted(scores, key=lambda entry_id: -scores[entry_id])


def letter_groups(words: str) -> set[str]:
    """Return the groups of three letters of bare words, spaces included."""
    padded = f" {words} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


class _Judge:
    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted
        self.weights = [word.weight for word in wanted]
        self.total = sum(self.weights) or 1.0
        self.number_of = {term: number for number, word in enumerate(wanted) for term in word.terms}
        self.form_of = {word.form: number for number, word in enumerate(wanted)}
        self.letters = letter_groups(" ".join(word.form for word in wanted))

    def places(self, stems: list[str]) -> list[tuple[int, int]]:
        """Return (place, number of the asked word) for each asked word of a text, in order."""
        numbers = self.number_of
        return [(place, numbers[stem]) for place, stem in enumerate(stems) if stem in numbers]

    def bonus(self, candidate: Candidate) -> float:
        title, text = candidate.title.split(), candidate.text.split()
        stems = candidate.stems.split()
        in_title, in_text = self.places(stems[: len(title)]), self.places(stems[len(title) + 1 :])
        content = sum(1 for word in title if word not in STOP_WORDS) or 1
        letters = letter_groups(" ".join(map(base_form, title)))
        common = 2 * len(letters & self.letters) / (len(letters) + len(self.letters))
        return (
            COVERAGE * self._coverage({number for _place, number in (*in_title, *in_text)})
            + TITLE_COVER * len(in_title) / content
            + TITLE_LETTERS * common
            + NEARNESS * self._nearness(in_text)
            + SIDE_BY_SIDE * self._side_by_side(in_text)
            + EARLY * self._early(in_text)
            + TITLE_FORMS * self._forms(title, in_title)
            + TEXT_FORMS * self._forms(text, in_text)
        )

    def _coverage(self, found: set[int]) -> float:
        """Return the share of the query's weight that stands in the entry: said once is much, said again is little."""
        return sum(self.weights[number] for number in found) / self.total

    def _nearness(self, found: list[tuple[int, int]]) -> float:
        """Return the greatest share of the query's weight that stands within a window of the text."""
        best, start = 0.0, 0
        inside = [0] * len(self.wanted)
        weight = 0.0
        for place, number in found:
            if not inside[number]:
                weight += self.weights[number]
            inside[number] += 1
            while found[start][0] < place - WINDOW:
                left = found[start][1]
                inside[left] -= 1
                if not inside[left]:
                    weight -= self.weights[left]
                start += 1
            best = max(best, weight)
        return best / self.total

    def _side_by_side(self, found: list[tuple[int, int]]) -> float:
        """Return the share of the query's neighbours that are neighbours in the text, in the same order."""
        pairs = {
            number
            for (place, number), (next_place, next_number) in pairwise(found)
            if next_number == number + 1 and next_place - place <= NEIGHBOURS
        }
        return len(pairs) / max(1, len(self.wanted) - 1)

    def _early(self, found: list[tuple[int, int]]) -> float:
        """Return how much the beginning of the text speaks of the words."""
        return self._said(number for place, number in found if place < EARLY_WORDS)

    def _forms(self, words: list[str], found: list[tuple[int, int]]) -> float:
        """Return how much the words are said in the very form that was typed."""
        return self._said(number for place, number in found if self.form_of.get(base_form(words[place])) == number)

    def _said(self, numbers: Iterable[int]) -> float:
        counts: dict[int, int] = defaultdict(int)
        for number in numbers:
            counts[number] += 1
        said = 0.0
        for number, count in counts.items():
            said += self.weights[number] * (SATURATION + 1) * count / (count + SATURATION)
        return said
