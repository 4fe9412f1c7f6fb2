"""What people may lack, and how the texts of cards name it.

A lack is the opposite of a condition. What it means is read from the condition's rule (the question of the diagnostic that
answers it), never from its name: editors may rename a condition or add one. A condition without such a rule, or about
the team, is a lack without `need`: only a card that names it as essential is touched by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..choices import DiagnosticQuestion as Question
from ..models import Condition
from ..text_normalization import folded


class Need(StrEnum):
    """What a way to hold a card may ask of a person."""

    PHONE = "phone"
    SMARTPHONE = "smartphone"
    COMPUTER = "computer"
    DATA = "data"
    QUIET = "quiet"
    VIDEO = "video"
    PHOTO = "photo"
    EMAIL = "email"
    READING = "reading"


# What the structure can lend on the spot, with its post, its Wi-Fi or its room.
LENT_ON_SITE = frozenset({Need.PHONE, Need.SMARTPHONE, Need.COMPUTER, Need.DATA, Need.QUIET})
# What somebody beside the person can make up for, where the card asks for little.
SKILLS = frozenset({Need.VIDEO, Need.PHOTO, Need.EMAIL})
SMARTPHONE_THRESHOLD = 2

_OF_QUESTION = {
    Question.COMPUTER: Need.COMPUTER,
    Question.CONNECTION: Need.DATA,
    Question.MOBILE_DATA: Need.DATA,
    Question.QUIET_PLACE: Need.QUIET,
    Question.VIDEO_CALL: Need.VIDEO,
    Question.PHOTO_VOICE: Need.PHOTO,
    Question.EMAIL: Need.EMAIL,
    Question.FRENCH: Need.READING,
}


def need_of(condition: Condition) -> Need | None:
    """Return what a condition asks of a person; None when it asks it of the team, or is answered by no question."""
    if condition.rule_question == Question.PHONE:
        return Need.SMARTPHONE if (condition.rule_threshold or 0) >= SMARTPHONE_THRESHOLD else Need.PHONE
    return _OF_QUESTION.get(condition.rule_question)  # type: ignore[call-overload,no-any-return]


# Ways in which the texts of cards name who lacks something; compared with folded text (no accent, no capital).
_WITHOUT = (
    r"\b(?:sans|pas de|pas d'|ni|plus de|plus d'|sans aucun|n'a ni|a court de) ?(?:son |sa |votre |un |une |de |d')?"
)
_NAMES = {
    Need.PHONE: (
        _WITHOUT + r"telephone(?! (?:portable )?(?:recent|intelligent))\b(?! pro)",
        r"\btelephone (?:est )?(?:perdu|coupe|casse|vole|partage)",
        r"\binjoignable|\b(?:pas|n'est plus) joignable|\bne repond(?:ent)? pas",
    ),
    Need.SMARTPHONE: (
        _WITHOUT + r"(?:smartphone|telephone (?:recent|intelligent)|application)",
        r"\bvieux telephones?|\b(?:simple telephone|telephone (?:simple|basique|a touches|ancien|sans ))",
        r"\b(?:tout|n'importe quel) telephone",
        r"\bequipement manque",
    ),
    Need.COMPUTER: (
        _WITHOUT + r"(?:ordinateur|tablette|poste|pc|equipement|materiel)\b",
        r"\bn'a qu'un (?:telephone|smartphone)|\bsur (?:un|son) telephone seulement",
    ),
    Need.DATA: (
        _WITHOUT + r"(?:forfait|data|internet|connexion|reseau|gigas?|go\b|4g|credit internet)",
        r"\bforfaits? (?:epuise|vide|coupe)|\bpetits? forfaits?",
    ),
    Need.QUIET: (
        _WITHOUT + r"(?:lieu|endroit|espace|piece|coin)? ?(?:a soi |de )?(?:calme|tranquille|a l'ecart)",
        r"\b(?:jamais|pas|plus) seule?s?\b|\bpas libres? de parler|\bautre personne ecoute",
    ),
    Need.VIDEO: (
        r"\bne sa(?:it|vent) pas (?:rejoindre|entrer|se connecter|ouvrir le lien)",
        r"\b(?:jamais fait|pas a l'aise (?:avec|en)|n'arrive(?:nt)? pas a (?:rejoindre|entrer))",
        _WITHOUT + r"visio\b",
    ),
    Need.PHOTO: (r"\b(?:ne sa(?:it|vent) pas|n'arrive(?:nt)? pas a) (?:envoyer|prendre)",),
    Need.EMAIL: (_WITHOUT + r"(?:adresse|courriel|e-?mail|messagerie electronique|boite mail)",),
    Need.READING: (
        r"\bpetits? lecteurs?|\ballophones?|\billettr",
        r"\bne (?:le |la |les )?(?:lit|lisent) pas|\bne sa(?:it|vent) pas lire|\b(?:lit|lisent) (?:mal|peu|difficilement)",
        r"\bpeu a l'aise (?:a l'ecrit|en francais)|\bsui(?:t|vent) mal .{0,40}francais|\bne parle(?:nt)? pas francais",
    ),
}
_NAMED = {need: re.compile("|".join(patterns)) for need, patterns in _NAMES.items()}


def needs_named(text: str) -> frozenset[Need]:
    """Return the lacks that a text names: « Pas de smartphone, sans internet : … »."""
    plain = folded(text)
    return frozenset(need for need, pattern in _NAMED.items() if pattern.search(plain))


@dataclass(frozen=True)
class Lack:
    """Something that one's people, or the team, do not have. `how_to_lift` is the first thing to do about it."""

    slug: str
    label: str
    need: Need | None = None
    how_to_lift: str = ""

    @classmethod
    def of(cls, condition: Condition) -> "Lack":
        """Return the lack of a condition."""
        return cls(condition.slug, condition.label, need_of(condition), first_step(condition))


def first_step(condition: Condition) -> str:
    """Return the first thing to do to lift a condition, "" when none is written."""
    lines = [line.removeprefix("- ").strip() for line in condition.how_to_lift.splitlines() if line.strip()]
    return lines[0] if lines else ""


def lacks_named(slugs: Iterable[str]) -> list[Lack]:
    """Return the lacks of these slugs of conditions; a slug of no condition says nothing (one query)."""
    wanted = [slug for slug in dict.fromkeys(slugs) if "\x00" not in slug]
    return [Lack.of(condition) for condition in Condition.objects.filter(slug__in=wanted)] if wanted else []
