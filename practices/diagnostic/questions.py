"""The questions of the diagnostic, in the order they are asked: twelve and two for the people, eight for the team.

Wording follows what the field uses (Les Bons Clics, ABC Diag, Pix) in shorter words. A question never asks for a name
nor for free text: every answer is a digit, the same on the screen, on paper and in the rules of conditions
(`DiagnosticQuestion`). `UNKNOWN` is "does not know, does not want to say": it is kept as such and counts in no rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import DiagnosticQuestion as Code

UNKNOWN = 9


class Area(models.TextChoices):
    """What a profile shows, one line each, from 0 to 4."""

    EQUIPMENT = "equipment", _("Équipement")
    CONNECTION = "connection", _("Connexion")
    PLACE = "place", _("Lieu pour se parler")
    DAILY = "daily", _("Gestes simples")
    ONLINE = "online", _("Démarches en ligne")
    FRENCH = "french", _("Lire et écrire")


@dataclass(frozen=True)
class Choice:
    """One answer: its digit, its words, its pictogram (see templatetags/diagnostic.py)."""

    value: int
    label: Any
    pictogram: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `area` is None when the profile does not count it; `best` is the digit that is worth 4."""

    code: str
    text: Any
    choices: tuple[Choice, ...]
    area: Area | None = None
    best: int = 2
    short: Any = ""

    def label_of(self, value: int) -> str:
        """Return the words of an answer, as the person read them."""
        if value == UNKNOWN:
            return str(_("Ne sait pas"))
        return next((str(choice.label) for choice in self.choices if choice.value == value), str(value))

    @property
    def values(self) -> frozenset[int]:
        return frozenset(choice.value for choice in self.choices) | {UNKNOWN}


def _ability(pictogram: str) -> tuple[Choice, ...]:
    return (
        Choice(0, _("Non"), "no"),
        Choice(1, _("Avec de l’aide"), "help"),
        Choice(2, _("Oui, tout seul"), pictogram),
    )


PEOPLE = (
    Question(
        Code.PHONE,
        _("Avez-vous un téléphone à vous ?"),
        (
            Choice(0, _("Non"), "no"),
            Choice(1, _("Oui, un téléphone simple"), "basic-phone"),
            Choice(2, _("Oui, un smartphone"), "smartphone"),
        ),
        Area.EQUIPMENT,
        short=_("Téléphone"),
    ),
    Question(
        Code.COMPUTER,
        _("Chez vous, y a-t-il un ordinateur ou une tablette ?"),
        (
            Choice(0, _("Non"), "no"),
            Choice(1, _("Oui, mais je le partage"), "shared"),
            Choice(2, _("Oui, quand je veux"), "computer"),
        ),
        Area.EQUIPMENT,
        short=_("Ordinateur"),
    ),
    Question(
        Code.CONNECTION,
        _("Chez vous, avez-vous internet ?"),
        (
            Choice(0, _("Non"), "no"),
            Choice(1, _("Oui, seulement sur mon téléphone"), "mobile"),
            Choice(2, _("Oui, avec le Wi-Fi"), "wifi"),
        ),
        Area.CONNECTION,
        short=_("Connexion"),
    ),
    Question(
        Code.MOBILE_DATA,
        _("Votre forfait : combien d’internet par mois ?"),
        (
            Choice(0, _("Rien"), "no"),
            Choice(1, _("Moins de 5 Go"), "low"),
            Choice(2, _("De 5 à 20 Go"), "medium"),
            Choice(3, _("Plus de 20 Go"), "full"),
        ),
        Area.CONNECTION,
        best=3,
        short=_("Internet du forfait"),
    ),
    Question(
        Code.SHARED_DEVICE,
        _("Votre téléphone : quelqu’un d’autre s’en sert ?"),
        (Choice(0, _("Non, moi seulement"), "one"), Choice(1, _("Oui, on le partage"), "shared")),
        Area.PLACE,
        best=0,
        short=_("Appareil partagé"),
    ),
    Question(
        Code.QUIET_PLACE,
        _("Avez-vous un endroit calme pour parler au téléphone ?"),
        (Choice(0, _("Non"), "noisy"), Choice(1, _("Oui"), "quiet")),
        Area.PLACE,
        best=1,
        short=_("Endroit calme"),
    ),
    Question(
        Code.CALLS_TEXTS,
        _("Savez-vous appeler et envoyer un SMS ?"),
        _ability("call"),
        Area.DAILY,
        short=_("Appels et SMS"),
    ),
    Question(
        Code.PHOTO_VOICE,
        _("Savez-vous envoyer une photo ou un message vocal ?"),
        _ability("photo"),
        Area.DAILY,
        short=_("Photo, message vocal"),
    ),
    Question(
        Code.VIDEO_CALL,
        _("Savez-vous rejoindre un appel vidéo ?"),
        _ability("video"),
        Area.DAILY,
        short=_("Appel vidéo"),
    ),
    Question(
        Code.EMAIL,
        _("Savez-vous lire et envoyer un e-mail avec un papier joint ?"),
        _ability("email"),
        Area.ONLINE,
        short=_("E-mail"),
    ),
    Question(
        Code.ONLINE_PROCEDURE,
        _("Savez-vous faire une démarche sur internet ? (CAF, France Travail…)"),
        _ability("form"),
        Area.ONLINE,
        short=_("Démarche en ligne"),
    ),
    Question(
        Code.FRENCH,
        _("Lire et écrire en français, c’est…"),
        (
            Choice(0, _("Difficile"), "no"),
            Choice(1, _("Possible, avec des mots simples"), "help"),
            Choice(2, _("Facile"), "book"),
        ),
        Area.FRENCH,
        short=_("Lire et écrire"),
    ),
    Question(
        "wish",
        _("Qu’aimeriez-vous savoir faire ?"),
        (
            Choice(0, _("Rien pour le moment"), "no"),
            Choice(1, _("Les appels vidéo"), "video"),
            Choice(2, _("Mes papiers en ligne"), "form"),
            Choice(3, _("Mes e-mails"), "email"),
            Choice(4, _("Chercher un travail"), "search"),
            Choice(5, _("Me former"), "book"),
        ),
        short=_("Envie"),
    ),
    Question(
        "worry",
        _("Qu’est-ce qui vous inquiète le plus ?"),
        (
            Choice(0, _("Rien"), "one"),
            Choice(1, _("Le prix"), "money"),
            Choice(2, _("Me tromper"), "help"),
            Choice(3, _("Qu’on voie ma vie privée"), "lock"),
            Choice(4, _("Ne pas comprendre"), "book"),
            Choice(5, _("Être dérangé"), "noisy"),
        ),
        short=_("Inquiétude"),
    ),
)


def _degree(none: Any, some: Any, full: Any) -> tuple[Choice, ...]:
    return (Choice(0, none), Choice(1, some), Choice(2, full))


TEAM = (
    Question(
        Code.PRO_EQUIPMENT,
        _("Les permanents ont-ils un ordinateur ou un smartphone professionnel ?"),
        _degree(_("Non"), _("Quelques-uns"), _("Tous")),
    ),
    Question(
        Code.PRO_NUMBER,
        _("Ceux qui appellent ont-ils un numéro professionnel ?"),
        _degree(_("Non"), _("Quelques-uns"), _("Tous")),
    ),
    Question(
        Code.DATA_PLAN,
        _("Ont-ils un forfait avec assez d’internet ?"),
        _degree(_("Non"), _("Quelques-uns"), _("Tous")),
    ),
    Question(
        Code.ROOM,
        _("Avez-vous une salle calme et équipée ?"),
        _degree(_("Non"), _("Oui, sur réservation"), _("Oui, quand on veut")),
    ),
    Question(
        Code.TRAINED,
        _("Un permanent est-il formé à transmettre le numérique ?"),
        _degree(_("Non"), _("Un"), _("Plusieurs")),
    ),
    Question(
        Code.DIGITAL_REFERENT,
        _("Avez-vous un référent numérique ?"),
        _degree(_("Non"), _("Sans temps prévu"), _("Avec du temps prévu")),
    ),
    Question(
        Code.GDPR_RULES,
        _("Avez-vous écrit vos règles sur les données personnelles ?"),
        _degree(_("Non"), _("En partie"), _("Oui, et l’équipe les connaît")),
    ),
    Question(
        Code.DEDICATED_TIME,
        _("Du temps est-il prévu pour le numérique dans la semaine ?"),
        _degree(_("Non"), _("De temps en temps"), _("Chaque semaine")),
    ),
)

BY_CODE: Mapping[str, Question] = {question.code: question for question in (*PEOPLE, *TEAM)}
PEOPLE_CODES = frozenset(str(question.code) for question in PEOPLE)
TEAM_CODES = frozenset(str(question.code) for question in TEAM)


class WrongAnswers(ValueError):
    """An answer is missing or is not one of its question's."""


def checked(values: Mapping[str, int], questions: tuple[Question, ...]) -> dict[str, int]:
    """Return the answers to exactly these questions. Raises WrongAnswers."""
    for question in questions:
        if values.get(question.code) not in question.values:
            raise WrongAnswers(question.code)
    return {str(question.code): int(values[question.code]) for question in questions}


def from_digits(digits: str) -> dict[str, int]:
    """Read the line of digits of a paper sheet, one digit a question; spaces are free. Raises WrongAnswers."""
    compact = "".join(digits.split())
    if len(compact) != len(PEOPLE) or not (compact.isascii() and compact.isdecimal()):
        raise WrongAnswers(digits)
    return checked({question.code: int(digit) for question, digit in zip(PEOPLE, compact, strict=True)}, PEOPLE)
