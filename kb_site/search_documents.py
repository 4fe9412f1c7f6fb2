"""What an app says of each thing that may be found; search turns it into one flat row."""

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """One findable thing, flat. `facets` are "name:value" tokens; `card` is what a line of a list prints."""

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
    facets: tuple[str, ...] = ()
    card: dict[str, Any] = field(default_factory=dict)
    evidence_rank: int = 0
