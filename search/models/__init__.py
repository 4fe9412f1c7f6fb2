"""What can be found, flat; what the PostgreSQL engine and the suggestions read of it; the equivalent words of editors."""

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
from .suggestions import TitleWord

__all__ = [
    "Audience",
    "ChangedEntry",
    "EntryWords",
    "FacetColumn",
    "IndexedEntry",
    "Posting",
    "SearchEntry",
    "Snapshot",
    "Statistics",
    "SynonymGroup",
    "TermColumn",
    "TitleWord",
    "VocabularyWord",
]
