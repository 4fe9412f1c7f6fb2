"""What can be found, flat; what the PostgreSQL engine and the suggestions read of it; what editors know of words and needs."""

from .entries import SearchEntry, SynonymGroup
from .index import (
    Audience,
    ChangedEntry,
    EntryWords,
    FacetColumn,
    IndexedEntry,
    Posting,
    Snapshot,
    Statistics,
    TermColumn,
    VocabularyWord,
)
from .meaning import Constraint, Need, NeedCard, RulesVersion, tidy_lines
from .suggestions import TitleWord

__all__ = [
    "Audience",
    "ChangedEntry",
    "Constraint",
    "EntryWords",
    "FacetColumn",
    "IndexedEntry",
    "Need",
    "NeedCard",
    "Posting",
    "RulesVersion",
    "SearchEntry",
    "Snapshot",
    "Statistics",
    "SynonymGroup",
    "TermColumn",
    "TitleWord",
    "VocabularyWord",
    "tidy_lines",
]
