"""What the person who imports a file chose for it: stored with the file, applied at each reading."""

from dataclasses import asdict, dataclass, field
from typing import Any

NEW, ASIDE = "", "aside"


@dataclass
class Options:
    """Choices for a file.

    `columns`: heading → field, "" for one that is left out; a heading that is not there is guessed.
    `decisions`: number of a line that looks like a page of the site → NEW, ASIDE, or the key of the page to update.
    `corrections`: number of a line → heading → text put instead.
    `line_by_line`: lines with an error are left out, instead of the whole file.
    `lenient`: what cannot be read in a line is left empty, and told.
    `base`: the address of the site that documents come from.
    """

    columns: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)
    line_by_line: bool = False
    lenient: bool = False
    base: str = ""

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Options":
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
