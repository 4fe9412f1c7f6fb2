"""What is asked: the same object for the search page, the lists and their facets."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from kb_site.http import is_id

from .facets import ALL_FACETS

PAGE_SIZE = 10
NEAR_SHOWN = 5
MAX_QUERY_LENGTH = 200
MAX_VALUE_LENGTH = 60  # of one facet value
MAX_PAGE = 100
IGNORED = "ignorer"  # ?ignorer=sans-smartphone
MAX_IGNORED = 10
_SLUG = re.compile(r"[\w-]{1,50}")
SORTS = ("pertinence", "recent", "preuve", "titre")


def _one_line(text: str) -> str:
    """Return the text with single spaces and without control characters, which no page, feed or database wants."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """A search: words, chosen facet values (several of one facet widen, several facets narrow), order, page from 1."""

    text: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    exact: bool = False  # search what was typed, without correcting unknown words
    ignored: tuple[str, ...] = ()  # constraints that were understood and refused: their words are words like others
    principals: frozenset[str] = frozenset()
    most_near: int = NEAR_SHOWN  # of what may help beside sure answers; a measure of the order asks for a page of it

    @classmethod
    def from_params(cls, params: QueryDict, *, principals: frozenset[str]) -> "SearchQuery":
        """Read an address; what is unknown or malformed is left out rather than refused: links get cut in messages."""
        chosen = {
            name: tuple(value for value in dict.fromkeys(map(_one_line, values)) if value)
            for name in ALL_FACETS
            if any(values := [value[:MAX_VALUE_LENGTH] for value in params.getlist(name)])
        }
        page = params.get("page", "1")
        return cls(
            text=cls.tidy(params.get("q", "")),
            facets={name: values for name, values in chosen.items() if values},
            sort=params.get("tri", "") if params.get("tri") in SORTS else "",
            page=min(int(page), MAX_PAGE) if is_id(page) and int(page) > 0 else 1,
            exact=params.get("exact") == "1",
            ignored=tuple(
                dict.fromkeys(slug for slug in params.getlist(IGNORED)[:MAX_IGNORED] if _SLUG.fullmatch(slug))
            ),
            principals=principals,
        )

    @staticmethod
    def tidy(text: str) -> str:
        """Return what was typed with single spaces, cut at 200 characters."""
        return _one_line(text)[:MAX_QUERY_LENGTH]

    @property
    def order(self) -> str:
        """The order of the results: relevance when words are given, else the most recent first."""
        return self.sort or ("pertinence" if self.text else "recent")

    def address(
        self,
        *,
        page: int | None = None,
        without: tuple[str, str] | None = None,
        exact: bool | None = None,
        sort: str | None = None,
        ignoring: str = "",
        **facets: str,
    ) -> str:
        """Return the parameters of this search, at another page, without one facet value, or with facets replaced.

        The order and `exact` stay as they are unless given; `ignoring` names one more constraint to leave aside.
        """
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        for name, values in self.facets.items():
            if name not in facets:
                pairs += [(name, value) for value in values if (name, value) != without]
        pairs += [(name, value) for name, value in facets.items() if value]
        order = self.sort if sort is None else sort
        pairs += [("tri", order)] if order else []
        pairs += [("exact", "1")] if (self.exact if exact is None else exact) else []
        pairs += [(IGNORED, slug) for slug in (*self.ignored, ignoring) if slug]
        pairs += [("page", str(page))] if page and page > 1 else []
        return "?" + urlencode(pairs) if pairs else "?"
