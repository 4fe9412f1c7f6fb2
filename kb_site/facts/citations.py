"""A fact cited in a text: « [[zoom-audio]] » becomes its value, « [[zoom-video-groupe/zoom-audio]] » how many times more.

A ratio is worked out from both facts, never typed: it changes with them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.french.quantities import between

from .models import Fact
from .register import shown_facts

MARK = "[["
CITATION = re.compile(r"\[\[\s*([a-z0-9-]+)\s*(?:/\s*([a-z0-9-]+)\s*)?\]\]")


@dataclass(frozen=True)
class Cited:
    """What a citation shows, and the facts that it rests on."""

    shown: str
    facts: tuple[Fact, ...]


def codes_in(text: str) -> set[str]:
    """Return the short names of the facts that a text cites."""
    return {code for found in CITATION.findall(text) for code in found if code} if MARK in text else set()


def facts_of(codes: Iterable[str]) -> dict[str, Fact]:
    """Return these facts by short name: one query, none when nothing is cited."""
    wanted = set(codes)
    return {fact.code: fact for fact in Fact.objects.filter(code__in=wanted)} if wanted else {}


def read_citation(found: re.Match[str], facts: Mapping[str, Fact]) -> Cited | None:
    """Return what a citation says; None when a fact is not in the register, or when two of them have no ratio."""
    cited = tuple(fact for code in found.groups() if code for fact in [facts.get(code)] if fact is not None)
    if len(cited) < len([code for code in found.groups() if code]):
        return None
    if len(cited) == 1:
        return Cited(cited[0].shown, cited)
    times = ratio(*cited)
    return Cited(times, cited) if times else None


def ratio(above: Fact, below: Fact) -> str:
    """Return « 22 à 89 fois », the least over the most to the most over the least; nothing where they do not compare."""
    if above.range is None or below.range is None or above.unit != below.unit or not all(below.range):
        return ""
    low, high = (
        Fraction(above.range[0]) / Fraction(below.range[1]),
        Fraction(above.range[1]) / Fraction(below.range[0]),
    )
    return between(str(round(low)), str(round(high)), _("fois"))


def with_values(text: str, facts: Mapping[str, Fact] | None = None) -> str:
    """Return a text that is not HTML with the values in place of citations. One query, none when nothing is cited."""
    known = shown_facts(codes_in(text)) if facts is None else facts

    def shown(found: re.Match[str]) -> str:
        cited = read_citation(found, known)
        return cited.shown if cited else str(_("(chiffre retiré)"))

    return CITATION.sub(shown, text) if MARK in text else text


def with_values_in(value: Any) -> Any:
    """Return what JSON may hold with the values in place of citations, in each of its texts. One query, or none."""
    return _replaced(value, shown_facts(code for text in texts_in(value) for code in codes_in(text)))


def texts_in(value: Any) -> Iterator[str]:
    """Yield each text of what JSON may hold, and of what a StreamField stores."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(inner)


def _replaced(value: Any, facts: Mapping[str, Fact]) -> Any:
    if isinstance(value, str):
        return with_values(value, facts)
    if isinstance(value, Mapping):
        return {key: _replaced(inner, facts) for key, inner in value.items()}
    return [_replaced(inner, facts) for inner in value] if isinstance(value, list) else value


def with_sources(html: str) -> tuple[str, list[Fact]]:
    """Return HTML with the values, and the facts cited, in their order: the page lists them once, with their links."""
    known = shown_facts(codes_in(html))
    in_order: dict[str, Fact] = {}

    def shown(found: re.Match[str]) -> str:
        cited = read_citation(found, known)
        if cited is None:
            return str(_("(chiffre retiré)"))
        in_order.update((fact.code, fact) for fact in cited.facts)
        return escape(cited.shown)

    return (CITATION.sub(shown, html) if MARK in html else html), list(in_order.values())


def address_of(fact: Fact) -> str:
    return reverse("fact", args=[fact.code])


def unreadable_in(text: str) -> Iterator[str]:
    """Yield, in words, what is wrong with the citations of a text: an unknown fact, a ratio of what cannot be compared."""
    known = facts_of(codes_in(text))
    for found in CITATION.finditer(text):
        if read_citation(found, known) is None:
            missing = [code for code in found.groups() if code and code not in known]
            yield (
                _("« %s » n’est pas dans le registre des faits.") % missing[0]
                if missing
                else _("« %s » : ces deux faits ne se comparent pas.") % found[0]
            )
