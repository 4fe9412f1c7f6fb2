"""What a file may hold, and what is said of one, or of a cell, that cannot be read."""

from typing import Self

MAXIMUM_BYTES = 5 * 1024 * 1024
# Documents, alone or in an archive; of the whole site with its files.
MAXIMUM_ARCHIVE = 50 * 1024 * 1024
MAXIMUM_DOCUMENT = 1024 * 1024
MAXIMUM_DOCUMENTS = 2000
MAXIMUM_HEADINGS = 120  # of documents: what many of them say
MAXIMUM_UNZIPPED = 60 * 1024 * 1024
MAXIMUM_PARTS = 200
# What reading a workbook costs is its number of tags: ten a cell, at three microseconds each.
MAXIMUM_TAGS = 1_000_000
# Styles, names and properties, which are read whole before the first row.
MAXIMUM_TAGS_AROUND = 60_000
MAXIMUM_ROWS = 2000
MAXIMUM_LINES = 20_000  # empty ones included
MAXIMUM_COLUMNS = 80
MAXIMUM_CELL = 20_000
MEBIBYTE = 1024 * 1024


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why, in French."""


class CellError(Exception):
    """A cell that cannot be read; the message says why, in French."""


class Unreadable(str):
    """The text of a cell that holds no value, with the reason in French: an error of the spreadsheet, a formula alone."""

    reason: str

    def __new__(cls, text: str, reason: str) -> Self:
        cell = super().__new__(cls, text)
        cell.reason = reason
        return cell
