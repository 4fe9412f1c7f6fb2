"""What a file holds once it is read: headings, and a line for each thing to import."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """The headings of a file and its rows: number of the line in the file, cells by heading.

    `documents`: each row is a document written elsewhere, its texts already those of the site; `notes`: what is to be told
    of some of them, by number; `sections`: the headings that stand inside their texts, not in their heads.
    """

    headings: list[str]
    rows: list[tuple[int, dict[str, str]]]
    notes: dict[int, list[str]] = field(default_factory=dict)
    documents: bool = False
    sections: frozenset[str] = frozenset()
