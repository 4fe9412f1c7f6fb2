"""Made-up entries for measures of speed: words as frequent as in a language (Zipf), facets and rights as on the site."""

import datetime
import itertools
import random
from bisect import bisect
from collections.abc import Iterator

from kb_site.accounts.principals import MEMBERS, PUBLIC, group_principal
from kb_site.search_documents import YES, Facet
from practices.choices import AUDIENCE, CHALLENGE, CHANNEL, EVIDENCE, KIND_OF_PRACTICE, MODALITY, NO_DATA
from practices.models.themes import THEME
from search.facets import KIND
from search.models import SearchEntry

VOCABULARY = 40_000
TEXT_WORDS = (60, 260)
FLATTENED = 60  # the most frequent word that carries meaning stands in a quarter of the entries
THEMES = 28
FREQUENT, PHRASE = "mot fréquent", "entre guillemets"
GROUPS = 60
BEGINNING = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def _words() -> list[str]:
    """Return pronounceable words, all different, the shortest first as in any language."""
    starts = [
        a + b
        for a in ("b", "br", "c", "ch", "d", "f", "g", "l", "m", "n", "p", "pl", "r", "t", "tr", "v")
        for b in "aiou"
    ]
    found = itertools.chain.from_iterable(map("".join, itertools.product(starts, repeat=size)) for size in (2, 3))
    return [word + "ment"[: rank % 5] for rank, word in enumerate(itertools.islice(found, VOCABULARY))]


class Synthesis:
    """Entries drawn from one seed: the same at every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret
        self.words = _words()
        self._cumulated = list(itertools.accumulate(1 / (rank + FLATTENED) for rank in range(VOCABULARY)))

    def _text(self, count: int) -> str:
        total = self._cumulated[-1]
        return " ".join(self.words[bisect(self._cumulated, self._random.random() * total)] for _ in range(count))

    def _some(self, facet: Facet, most: int, values: list[str] | None = None) -> list[str]:
        values = facet.choices.values if values is None else values
        return facet.tokens(self._random.sample(values, self._random.randint(1, most)))

    def entries(self, count: int) -> Iterator[SearchEntry]:
        """Yield entries: 85 % public, 10 % for members, 5 % for one group."""
        draw = self._random
        for number in range(count):
            right = draw.random()
            group = group_principal(1000 + draw.randrange(GROUPS))
            kind = draw.choices(("pratique", "outil", "ressource", "sujet"), (6, 1, 1, 2))[0]
            yield SearchEntry(
                key=f"synthetic:{number}",
                kind=kind,
                title=self._text(draw.randint(3, 9)),
                summary=self._text(draw.randint(10, 25)),
                body=self._text(draw.randint(*TEXT_WORDS)),
                facets=[
                    KIND.token(kind),
                    *self._some(CHALLENGE, 3),
                    *self._some(AUDIENCE, 2),
                    *self._some(CHANNEL, 2),
                    *self._some(KIND_OF_PRACTICE, 1),
                    *self._some(MODALITY, 1),
                    *self._some(EVIDENCE, 1),
                    *self._some(THEME, 3, [f"theme-{rank}" for rank in range(THEMES)]),
                    *([NO_DATA.token(YES)] if draw.random() < 0.3 else []),  # noqa: PLR2004 - a share
                ],
                principals=[PUBLIC if right < 0.85 else MEMBERS if right < 0.95 else group],  # noqa: PLR2004 - shares
                url=f"/synthetic/{number}/",
                evidence_rank=draw.randrange(5),
                published_at=BEGINNING,
                updated_at=BEGINNING + datetime.timedelta(minutes=number),
            )

    def queries(self) -> dict[str, list[str]]:
        """Return ten texts of each kind: a rare word, a frequent word, three words (frequent, usual, rare), a quoted phrase
        of two frequent words.
        """
        rare, usual, frequent = self.words[15000:15010], self.words[300:310], self.words[:10]
        three = [" ".join(trio) for trio in zip(frequent, usual, rare, strict=True)]
        phrases = [f'"{one} {other}"' for one, other in zip(frequent, [*frequent[1:], frequent[0]], strict=True)]
        return {"mot rare": rare, FREQUENT: frequent, "trois mots": three, PHRASE: phrases}
