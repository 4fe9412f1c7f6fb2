"""The words that rules look for, kept as text in `words/`: one list a file, read once.

In a file, spaces and lines separate words; « _ » stands for the space within one, « * » for any ending, « ? » makes the letter
before it optional. Case and accents do not count; a line that begins with « # » is a remark.
"""

import functools
import re
from pathlib import Path

from kb_site.french.letters import strip_accents

WORDS = Path(__file__).with_name("words")
_READ_AS = {"_": " ", r"\*": r"\w*", r"\?": "?"}


@functools.cache
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a list, in lower case and without accents, as they are written there."""
    lines = (WORDS / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(strip_accents(word.lower()) for line in lines if not line.startswith("#") for word in line.split())


@functools.cache
def one_of(name: str) -> str:
    """Return the pattern of any word of a list, to be read in a bare text; the longest is tried first."""
    patterns = []
    for word in sorted(words_of(name), key=len, reverse=True):
        pattern = re.escape(word)
        for written, read in _READ_AS.items():
            pattern = pattern.replace(written, read)
        patterns.append(pattern)
    return f"(?:{'|'.join(patterns)})"
