"""Closed lists of minutes (codes are stored, labels are shown)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange_groups.sessions.choices import NoteKind


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("en rédaction")
    IN_REVIEW = "in_review", _("en relecture")
    VALIDATED = "validated", _("validé")
    PUBLISHED = "published", _("publié dans le groupe")


class LineKind(models.TextChoices):
    POINT = "point", _("point de l’ordre du jour")
    NOTE = "note", _("ce qui s’est dit")
    DECISION = "decision", _("décision")
    ACTION = "action", _("action")
    BESOIN = "besoin", _("besoin")
    IDEE = "idee", _("idée de fiche")


# What a line of the minutes becomes when it is written from a note of the session.
OF_NOTE = {
    NoteKind.NOTE: LineKind.NOTE,
    NoteKind.DECISION: LineKind.DECISION,
    NoteKind.ACTION: LineKind.ACTION,
    NoteKind.BESOIN: LineKind.BESOIN,
    NoteKind.IDEE: LineKind.IDEE,
}
NOTE_OF = {line: note for note, line in OF_NOTE.items()}


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("proposée")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
