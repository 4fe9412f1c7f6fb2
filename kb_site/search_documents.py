"""What an app says of each thing that may be found; search turns it into one flat row."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from itertools import combinations
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

YES = "oui"
MOST_TOGETHER = 3  # values of a facet that excludes, joined
LONGEST_VALUE = 50
MOST_CHOSEN = 12  # values of such a facet that are heeded: their joined sets stay below three hundred


@dataclass(frozen=True, eq=False)
class Facet:
    """One way to narrow what is found, declared beside its choices: those who emit it and those who offer it share it.

    `name` stands in addresses and tokens. `choices` is a closed list, or a model whose slug and name (`named_by`) are
    the values. A facet that `excludes` leaves out the things that bear one of its chosen values; what bears
    several of them joined (see `together`) is left out only where all of these are chosen.
    """

    name: str
    label: str | Promise
    choices: Any
    named_by: str = "name"
    excludes: bool = False

    def labels(self) -> dict[str, str]:
        """Return value → label (one query when the values are rows)."""
        if hasattr(self.choices, "choices"):
            return {str(code): str(label) for code, label in self.choices.choices}
        if isinstance(self.choices, dict):
            return {code: str(label) for code, label in self.choices.items()}
        rows = self.choices.objects.values_list("slug", self.named_by)
        return {slug: _("sans « %s »") % name if self.excludes else name for slug, name in rows}

    def token(self, value: str) -> str:
        """Return one value as the index writes it: "canal:visio"."""
        return f"{self.name}:{value}"

    def tokens(self, values: Iterable[str]) -> list[str]:
        return [self.token(value) for value in values]

    def asked_tokens(self, chosen: Iterable[str]) -> list[str]:
        """Return what the things bear that these chosen values ask for, or leave out."""
        if not self.excludes:
            return self.tokens(chosen)
        values = sorted(set(chosen))[:MOST_CHOSEN]
        sets = (some for number in range(1, MOST_TOGETHER + 1) for some in combinations(values, number))
        return self.tokens(map(together, sets))

    def only_if(self, borne: object) -> tuple[str, ...]:
        """Return the values of a facet that one bears or not."""
        return (YES,) if borne else ()


def together(values: Iterable[str]) -> str:
    """Return several values of a facet that excludes as one: it leaves out only where all of them are chosen.

    Too long for a token, they are told by their digest.
    """
    joined = "+".join(sorted(values))
    return joined if len(joined) <= LONGEST_VALUE else f"+{blake2s(joined.encode(), digest_size=12).hexdigest()}"


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One findable thing, flat. `facets` are the values that it bears; `card` is what a line of a list prints.

    Its kind is a facet too, which search adds itself.
    """

    key: str
    kind: str
    title: str
    summary: str
    body: str
    url: str
    principals: frozenset[str]
    published_at: datetime.datetime
    updated_at: datetime.datetime
    keywords: str = ""
    facets: Mapping[Facet, Iterable[str]] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    evidence_rank: int = 0
