"""The ways in which a card can be held, and what each asks of a person.

The main way follows from channels, main tool, data, level and conditions. The others are named by the card: a sentence of
« Sans connexion », the note of a condition (« sinon… »), a tool listed as fallback. Each is recognised by its medium.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from ..choices import Channel, Kind, ToolCategory, Usage
from ..text_normalization import folded
from .card_facts import CardFacts, ToolFacts, asks_for_a_screen, sentences
from .lacks import LENT_ON_SITE, Need, needs_named


class Medium(StrEnum):
    """How another way reaches the person."""

    BY_HAND = "by_hand"
    PHONE = "phone"
    WRITTEN = "written"
    ON_SITE = "on_site"


_SCREEN = frozenset({Need.SMARTPHONE, Need.COMPUTER, Need.DATA, Need.VIDEO, Need.PHOTO, Need.EMAIL})
# What each medium does without.
SPARES = {
    Medium.BY_HAND: _SCREEN | {Need.PHONE, Need.READING, Need.QUIET},
    Medium.PHONE: _SCREEN | {Need.READING},
    Medium.WRITTEN: _SCREEN | {Need.QUIET},
    Medium.ON_SITE: LENT_ON_SITE,
}
# What a text says of its medium, the first that is found: an envelope left at the office is by hand.
_MEDIA = (
    (Medium.BY_HAND, re.compile(r"\benveloppe|\bmain propre|\bdepos\w+ (?:le|la|un|une) (?:papier|copie|document|piece)|\bguichet")),
    (Medium.PHONE, re.compile(r"\btelephon|\bappel(?!l?ation)|\brappel|\bnumero (?:d'appel|et\b)|\bcompos\w+ le|\ba l'oral\b")),
    (Medium.WRITTEN, re.compile(r"\bsms\b|\bmessage|\blettre|\bcourrier|\baffiche")),
    (
        Medium.ON_SITE,
        re.compile(r"\bstructure|\bsur place|\bbureau|\bsalle\b|\bposte\b|\baccueil|\bwi-?fi\b|\bpermanence|\bse (?:voir|deplace)|\bvien(?:t|nent)\b"),
    ),
)  # fmt: skip
_WRITTEN = re.compile(r"\bsms\b|\bmessage(?! vocal)|\blettre|\bcourrier|\baffiche|\bcourriel|\be-?mail")
_POSTED = re.compile(r"\blettre|\bcourrier|\baffiche")
_WHO_AND_HOW = re.compile(r"\s*:\s")
_OTHERWISE = re.compile(r"(?:^|[;,.:] *)(?:sinon|a defaut)\b[ ,]*", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """One way to hold a card (no medium: the main one). `named` are the lacks it is written for, `needs` what it still asks."""

    medium: Medium | None
    words: str
    named: frozenset[Need]
    needs: frozenset[Need]


def main_needs(card: CardFacts) -> frozenset[Need]:
    """Return what the main way of a card asks of a person, as written."""
    if card.is_between_staff:
        return frozenset()
    needs = {condition.need for condition in card.conditions if condition.essential and condition.need}
    needs |= _asked_by_tool(card) | _asked_in_words(card)
    if card.on_site:
        needs -= {Need.QUIET}  # the place is the structure's
    return frozenset(needs)


def _asked_by_tool(card: CardFacts) -> set[Need]:
    """What the main tool and its data ask, where the structure does not lend them."""
    tool, needs = card.main_tool, set[Need]()
    if card.on_site:
        return needs
    if card.is_online:
        if not (card.own_data and card.own_data.high == 0):
            needs.add(Need.DATA)
        if tool is None or asks_for_a_screen(tool):
            needs |= set() if card.essential_for(Need.COMPUTER) else {Need.SMARTPHONE}
        if (
            tool is None or tool.category in (ToolCategory.VISIO, ToolCategory.FORMATION)
        ) and Channel.VISIO in card.channels:
            needs.add(Need.VIDEO)
    elif tool is not None:
        needs.add(Need.PHONE)
    if card.own_data and card.own_data.low > 0:
        needs.add(Need.DATA)
    return needs


def _asked_in_words(card: CardFacts) -> set[Need]:
    """Reading, wherever a screen or a message has to be read; and what the limits say the card can't do without."""
    needs: set[Need] = {
        need for line in card.limits.splitlines() for need in needs_named(line) if need in (Need.READING, Need.COMPUTER)
    }
    shows_a_screen = card.is_online or card.kind == Kind.ATELIER_NUMERIQUE
    is_told = any(condition.need == Need.READING for condition in card.conditions)
    if shows_a_screen or is_told or not card.is_spoken:
        needs.add(Need.READING)
    return needs


def limits_exclude(card: CardFacts, need: Need) -> bool:
    """Whether the limits say not to use the card with people who lack this."""
    return any(need in needs_named(line) for line in card.limits.splitlines())


def medium_of(text: str) -> Medium | None:
    """Return how a text reaches the person; None when it does not say."""
    plain = folded(text)
    return next((medium for medium, pattern in _MEDIA if pattern.search(plain)), None)


def other_ways(card: CardFacts) -> list[Way]:
    """Return the ways that the card names beside its main one, in the order in which it names them."""
    main = main_needs(card)
    ways = [way for sentence in sentences(card.fallback) if (way := _way_told(sentence, main))]
    for condition in card.conditions:
        if condition.need is None:
            continue
        told = _OTHERWISE.split(folded(condition.note), maxsplit=1)
        alternative = condition.note[-len(told[1]) :] if len(told) > 1 else ""
        if not alternative and condition.need in needs_named(condition.note) and not condition.essential:
            alternative = condition.note.partition(",")[2]
        if (medium := medium_of(alternative)) is not None:
            # What the note says is of its own condition: an invitation that has to be read still is.
            way = _way(medium, _capital(alternative.strip()), frozenset({condition.need}), main)
            ways.append(replace(way, needs=way.needs | main & {Need.READING} - way.named))
    return [*ways, *_ways_by_tool(card, main)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _way_told(sentence: str, main: frozenset[Need]) -> Way | None:
    """Read one sentence: who it is for stands before the colon, how it is done after."""
    who, *told = _WHO_AND_HOW.split(sentence, maxsplit=1)
    how = told[0] if told else sentence
    medium = medium_of(how)
    return _way(medium, sentence, needs_named(who), main, how) if medium else None


def _way(medium: Medium, words: str, named: frozenset[Need], main: frozenset[Need], how: str = "") -> Way:
    plain = folded(how or words)
    needs = main - SPARES[medium]
    if medium in (Medium.PHONE, Medium.WRITTEN):
        if _WRITTEN.search(plain):
            needs |= {Need.READING}
        needs = needs - {Need.PHONE} if _POSTED.search(plain) else needs | {Need.PHONE}
    return Way(medium, words, named, frozenset(needs))


def _ways_by_tool(card: CardFacts, main: frozenset[Need]) -> Iterator[Way]:
    """A call or an SMS listed beside the main tool, or the telephone number of the main one.

    It stands for what the card only recommends: what it calls essential can't be replaced by another tool unless it says so.
    """
    replaced = frozenset(need for need in _SCREEN if not card.essential_for(need))
    left = main - replaced | {Need.PHONE}
    for tool in card.tools:
        if tool.plain and tool.usage in (Usage.REPLI, Usage.ALTERNATIVE) and _suits(card, tool):
            words = _("Repli de la fiche : %s.") % tool.title
            if tool.is_spoken:
                yield Way(Medium.PHONE, words, replaced, left)
            else:
                yield Way(Medium.WRITTEN, words, replaced, left | {Need.READING})
    number = card.main_tool
    if number and card.is_online and number.phone_in and Channel.TELEPHONE in card.channels:
        yield Way(Medium.PHONE, _("Par le numéro d’appel de %s.") % number.title, replaced, left)


def _suits(card: CardFacts, tool: ToolFacts) -> bool:
    """Whether the card's channels hold this tool's: a telephone kept for rescue is not a way to take part."""
    wanted = {Channel.TELEPHONE, Channel.AUDIOCONFERENCE} if tool.is_spoken else {Channel.SMS}
    return bool(card.channels & wanted)
