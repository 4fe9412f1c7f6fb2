"""What a card gives to say as it is: the words between « » that make a whole sentence."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .marks import without_marks

SAID = re.compile(r"(?:\*\*)?«\s*((?:\*\*)?[A-ZÀ-ÖØ-Ý][^«»]*[.?!…](?:\*\*)?)\s*»(?:\*\*)?")
FEWEST_WORDS = 4  # « Bonjour. » is no sentence to prepare
LEFT_OVER = " \t.,;"


class Part(NamedTuple):
    """A piece of an instruction: words to say as they are, or not."""

    text: str
    said: bool


def parts_of(instruction: str) -> Iterator[Part]:
    """Yield an instruction in its order, the sentences to say apart from the rest.

    What quotes leave of punctuation between them, or of the mark of a list, is dropped.
    """
    at = 0
    for found in SAID.finditer(instruction):
        if len(found[1].split()) < FEWEST_WORDS:
            continue
        yield from _around(instruction[at : found.start()])
        yield Part(without_marks(found[1]).strip(), said=True)
        at = found.end()
    yield from _around(instruction[at:])


def _around(text: str) -> Iterator[Part]:
    kept = re.sub(r"(?m)^\s*[-–•]\s*$", "", text).strip().lstrip(LEFT_OVER).strip()
    if kept:
        yield Part(kept, said=False)
