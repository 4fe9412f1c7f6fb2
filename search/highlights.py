"""Titles and excerpts where the found words are marked; everything else is escaped."""

import functools
from bisect import bisect_left
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .french import terms, terms_of_word, words

EXCERPT_LENGTH = 180
LOOKED_AT = 6000  # characters of a text: two pages tell enough

# What stands between two spaces, in terms. Texts repeat their words: one look in a table instead of reading each again.
_terms_of_piece = functools.lru_cache(maxsize=50_000)(terms)


def marked(text: str, wanted: frozenset[str]) -> SafeString:
    """Return the escaped text with <mark> around the words that have a wanted term."""
    if not _holding(text.split(), wanted):
        return mark_safe(escape(text))  # noqa: S308 - escaped
    parts, end = [], 0
    for match in words(text):
        if wanted.intersection(terms_of_word(match.group())):
            parts += [escape(text[end : match.start()]), "<mark>", escape(text[match.start() : match.end()]), "</mark>"]
            end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped above


def excerpt(text: str, wanted: frozenset[str]) -> SafeString:
    """Return about 180 characters around the place of the text where most wanted terms stand together."""
    pieces = text[:LOOKED_AT].split()
    text = f" {' '.join(pieces)} "
    found = sorted(place for piece in _holding(pieces, wanted) for place in _places(text, f" {piece} "))
    if not found:
        return mark_safe("")
    dense = max(found, key=lambda start: bisect_left(found, start + EXCERPT_LENGTH - 40) - bisect_left(found, start))
    start = max(0, dense - 40)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", start + EXCERPT_LENGTH)
    stop = len(text) if stop < 0 else stop
    before, after = "… " if start > 1 else "", " …" if stop < len(text) - 1 else ""
    return mark_safe(before + marked(text[start:stop].strip(), wanted) + after)  # noqa: S308


def _holding(pieces: list[str], wanted: frozenset[str]) -> set[str]:
    return {piece for piece in set(pieces) if not wanted.isdisjoint(_terms_of_piece(piece))}


def _places(text: str, piece: str) -> list[int]:
    places, place = [], text.find(piece)
    while place >= 0:
        places.append(place)
        place = text.find(piece, place + 1)
    return places
