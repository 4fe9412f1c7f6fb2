"""Values as cells of a spreadsheet."""

from typing import Any

# A text that opens with one of these is run as a formula by spreadsheets when it comes from a CSV file
# (OWASP, « CSV injection »).
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"


def without_formula(value: Any) -> Any:
    """Return the value for a cell of CSV: a text that a spreadsheet would run gets an apostrophe in front."""
    return GUARD + value if isinstance(value, str) and value.startswith(FORMULA_MARKS) else value


def without_guard(text: str) -> str:
    """Return the text that `without_formula` was given."""
    unguarded = text.removeprefix(GUARD)
    return unguarded if unguarded.startswith(FORMULA_MARKS) else text
