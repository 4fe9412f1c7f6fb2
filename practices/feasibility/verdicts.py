"""The verdict of a card for what is lacking: as written, by a fallback that it names, with a change, or no.

The best way wins. A way that misses nothing is *feasible* when it is the main one, *fallback* when the card writes it for a
lack at hand. A way whose every missing need can be made up for (by what the card names for these people, or by what the
structure lifts) is *to adapt*. Else *no*. So more lacks never make a card better, but through a fallback that the card
writes for the lack that is added; and once a card is out of reach, no further lack brings it back.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from kb_site.search_documents import MOST_TOGETHER

from ..choices import Audience, Channel, SkillLevel
from ..models import PracticePage
from ..text_normalization import folded
from .card_facts import READ_BESIDE, CardFacts, facts_of, sentences
from .lacks import LENT_ON_SITE, SKILLS, Lack, Need, needs_named
from .ways import Medium, Way, limits_exclude, main_needs, other_ways


class Verdict(StrEnum):
    """What may be said of a card with these people, best first."""

    FEASIBLE = "feasible"
    FALLBACK = "fallback"
    ADAPT = "adapt"
    NO = "no"


@dataclass(frozen=True)
class Feasibility:
    """The verdict of a card, in words, and why. `missing` are the lacks that the main way cannot do without."""

    verdict: Verdict
    label: str
    reason: str = ""
    missing: tuple[str, ...] = ()


# The audience that a card says it is made for → what these people lack.
MADE_FOR = {
    Audience.SANS_SMARTPHONE: Need.SMARTPHONE,
    Audience.SANS_ORDINATEUR: Need.COMPUTER,
    Audience.SANS_FORFAIT: Need.DATA,
    Audience.PETITS_LECTEURS: Need.READING,
    Audience.ALLOPHONES: Need.READING,
}
_VOICE = ("voix", "oral", "appel", "audio", "parl", "dit", "lu ", "lue", "lisez")
_MADE_UP_IN_NOTE = re.compile(r"^ou\b|\bsinon\b|\bsi besoin\b|\bpretee?s?\b|\ba defaut\b")


class _Card:
    """A card read once for any number of verdicts."""

    def __init__(self, facts: CardFacts) -> None:
        self.facts = facts
        self.main = main_needs(facts)
        self.ways = [] if facts.is_between_staff else other_ways(facts)
        self._notes = {condition.slug: condition for condition in facts.conditions}
        self._told = [text for source in (facts.adaptations, *facts.step_texts) for text in sentences(source)]

    def made_up(self, lack: Lack, medium: Medium | None) -> str:
        """Return how a missing need is made up for in a way (None: the main one), "" when it is not.

        First what the card says, then what the structure lifts, unless the limits advise against it; last, that the card
        is made for these people.
        """
        return self.told(lack, medium) or (self._supplied(lack, medium) if lack.need else "")

    def told(self, lack: Lack, medium: Medium | None) -> str:
        """Return what the card itself says to do about a lack, "" when it says nothing."""
        need = lack.need
        said = (text for text in self._told if need in needs_named(text) and (medium is None or _fits(text, medium)))
        return self._by_its_note(lack) or (next(said, "") if need and need is not Need.QUIET else "")

    def _by_its_note(self, lack: Lack) -> str:
        condition = self._notes.get(lack.slug)
        if condition is None or not (lack.need is None or condition.essential or lack.need in SKILLS):
            return ""
        return condition.note if _MADE_UP_IN_NOTE.search(folded(condition.note)) else ""

    def _supplied(self, lack: Lack, medium: Medium | None) -> str:
        need = lack.need
        if need is Need.QUIET:
            return lack.how_to_lift or _("Changez l’heure, ou recevez la personne dans une salle de la structure.")
        return self._read_aloud(medium) if need is Need.READING else self._lifted(lack) or _made_for(self.facts, need)

    def _lifted(self, lack: Lack) -> str:
        facts = self.facts
        if lack.need is None or limits_exclude(facts, lack.need):
            return ""
        if lack.need in LENT_ON_SITE and facts.can_be_on_site:
            return _("La structure prête le sien : un poste ou un appareil, sa connexion, une salle.")
        asks_little = (facts.level or 0) < SkillLevel.INTERMEDIAIRE
        return lack.how_to_lift if lack.need in SKILLS and asks_little else ""

    def _read_aloud(self, medium: Medium | None) -> str:
        facts = self.facts
        if facts.can_be_on_site and not (limits_exclude(facts, Need.READING)):
            return _("Quelqu’un lit à voix haute, à côté de la personne.")
        if medium is not Medium.WRITTEN and facts.channels & {Channel.TELEPHONE, Channel.AUDIOCONFERENCE}:
            return _("Dites de vive voix, au téléphone, ce qui est écrit.")
        return ""


def _made_for(facts: CardFacts, need: Need | None) -> str:
    if any(audience in facts.audiences for audience, what in MADE_FOR.items() if what is need):
        return _("La fiche s’adresse aussi à ces personnes : voyez ses étapes avec elles.")
    return ""


def _fits(text: str, medium: Medium) -> bool:
    """Whether a change can be carried that way: neither a call nor an SMS carries a picture or a drawing."""
    plain = folded(text)
    return medium in (Medium.BY_HAND, Medium.ON_SITE) or any(words in plain for words in _VOICE)


def verdicts_on(cards: Iterable[PracticePage], lacks: Sequence[Lack]) -> dict[int, Feasibility]:
    """Return card → verdict, for the same lacks (four queries, whatever the number of cards)."""
    pages = list(cards)
    prefetch_related_objects(pages, *READ_BESIDE)
    return {page.pk: judge(facts_of(page), lacks) for page in pages}


def judge(facts: CardFacts, lacks: Sequence[Lack]) -> Feasibility:
    """Return what is said of a card with people, or a team, who lack this."""
    return _judged(_Card(facts), lacks)


def _judged(card: _Card, lacks: Sequence[Lack]) -> Feasibility:
    facts, missing_of_main = card.facts, [lack for lack in lacks if lack.need in card.main]
    of_team = [lack for lack in lacks if lack.need is None and _is_essential(facts, lack.slug)]
    if not missing_of_main and not of_team:
        return Feasibility(Verdict.FEASIBLE, _("Faisable"), _why_feasible(facts, lacks))
    missing_lacks = [*missing_of_main, *of_team]
    missing = tuple(lack.slug for lack in missing_lacks)
    told = {lack.slug: card.made_up(lack, None) for lack in of_team}
    for lack in of_team:
        if not told[lack.slug]:
            return _no(missing_lacks, lack)
    lacking = {lack.need for lack in missing_of_main}
    written_for = [way for way in card.ways if way.named & lacking]
    if not of_team:
        for way in written_for:
            if not any(lack.need in way.needs for lack in lacks):
                return Feasibility(Verdict.FALLBACK, _label_of(way), way.words, missing)
    main = Way(None, "", frozenset(), card.main)
    for way in (*written_for, main, *card.ways):
        changes = [card.made_up(lack, way.medium) for lack in lacks if lack.need in way.needs]
        if all(changes):
            return Feasibility(Verdict.ADAPT, _("À adapter"), _told([*told.values(), *changes, way.words]), missing)
    return _no(missing_lacks, next(lack for lack in missing_of_main if not card.made_up(lack, None)))


def _is_essential(facts: CardFacts, slug: str) -> bool:
    return any(condition.essential and condition.slug == slug for condition in facts.conditions)


def _label_of(way: Way) -> str:
    return _("Faisable par téléphone") if way.medium is Medium.PHONE else _("Faisable avec le repli")


def _why_feasible(facts: CardFacts, lacks: Sequence[Lack]) -> str:
    if facts.is_between_staff:
        return _("Se passe entre permanents.") if any(lack.need for lack in lacks) else ""
    if facts.on_site and any(lack.need in LENT_ON_SITE for lack in lacks):
        return _("Se fait dans la structure, avec ce qu’elle prête.")
    return ""


def _no(lacks: Sequence[Lack], first: Lack) -> Feasibility:
    """Say what is missing, and what to do about the first thing that nothing makes up for."""
    names = ", ".join(lack.label[:1].lower() + lack.label[1:] for lack in lacks)
    reason = _("Pour lever ce manque : %s") % first.how_to_lift if first.how_to_lift else ""
    return Feasibility(Verdict.NO, _("Non, il manque : %s") % names, reason, tuple(lack.slug for lack in lacks))


def _told(parts: Iterable[str]) -> str:
    """Return several changes as one text, none said twice."""
    parts = list(dict.fromkeys(part if part.endswith((".", "!", "?", "»")) else f"{part}." for part in parts if part))
    return " ".join(
        part for part in parts if not any(part.lower() in other.lower() for other in parts if other != part)
    )


def says_how(facts: CardFacts, need: Need) -> bool:
    """Whether the card itself says how to do with people who lack this: a way written for them, a note, a change."""
    card, lack = _Card(facts), Lack(need, need, need)
    of_conditions = [Lack(one.slug, one.slug, need) for one in facts.conditions if one.need is need]
    told = any(card.told(one, None) for one in (lack, *of_conditions))
    return told or any(need in way.named and need not in way.needs for way in card.ways)


def barring(facts: CardFacts, lacks: Sequence[Lack]) -> list[tuple[str, ...]]:
    """Return the smallest sets of lacks that put a card out of reach, each as sorted slugs: what a search leaves out.

    `lacks`: all that the site knows of. Once out of reach a card stays so, whatever else is lacking (see above), so these
    sets say everything; those of more than three lacks are left out, and the verdict shown beside the card still says no.
    """
    card = _Card(facts)
    touching = [lack for lack in lacks if lack.need or _is_essential(facts, lack.slug)]
    found: list[tuple[str, ...]] = []
    for number in range(1, MOST_TOGETHER + 1):
        for some in combinations(sorted(touching, key=lambda lack: lack.slug), number):
            slugs = tuple(lack.slug for lack in some)
            if any(set(smaller) <= set(slugs) for smaller in found):
                continue
            if _judged(card, some).verdict is Verdict.NO:
                found.append(slugs)
    return found
