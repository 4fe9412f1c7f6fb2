"""Titles and excerpts where the found words are marked; everything else is escaped."""

from bisect import bisect_left

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .french import terms_of_word, words

EXCERPT_LENGTH = 180
LOOKED_AT = 6000  # characters of a text: two pages tell enough


def marked(text: str, wanted: frozenset[str]) -> SafeString:
    """Return the escaped text with <mark> around the words that have a wanted term."""
    parts, end = [], 0
    for match in words(text):
        if wanted.intersection(terms_of_word(match.group())):
            parts += [escape(text[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
            end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped above


def excerpt(text: str, wanted: frozenset[str]) -> SafeString:
    """Return about 180 characters around the place of the text where most wanted terms stand together."""
    text = text[:LOOKED_AT]
    found = [match.start() for match in words(text) if not wanted.isdisjoint(terms_of_word(match.group()))]
    if not found:
        return mark_safe("")
    dense = max(found, key=lambda start: bisect_left(found, start + EXCERPT_LENGTH - 40) - bisect_left(found, start))
    start = max(0, dense - 40)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", start + EXCERPT_LENGTH)
    stop = len(text) if stop < 0 else stop
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    return mark_safe(before + marked(" ".join(text[start:stop].split()), wanted) + after)  # noqa: S308
