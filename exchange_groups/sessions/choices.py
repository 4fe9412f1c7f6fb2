"""Closed lists of sessions (codes are stored, labels are shown)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    LEAN_COFFEE = "lean_coffee", _("lean coffee")
    CODEVELOPPEMENT = "codeveloppement", _("codéveloppement")
    ANALYSE_DE_PRATIQUES = "analyse_de_pratiques", _("analyse de pratiques")
    TOUR_DE_TABLE = "tour_de_table", _("tour de table")
    TEMOIGNAGE = "temoignage", _("témoignage")
    ATELIER = "atelier", _("atelier")


class SessionState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    POLLING = "polling", _("sondage de date")
    OPEN = "open", _("inscriptions ouvertes")
    RUNNING = "running", _("en cours")
    TO_WRITE_UP = "to_write_up", _("compte rendu à rédiger")
    IN_REVIEW = "in_review", _("compte rendu en relecture")
    CLOSED = "closed", _("terminée")
    CANCELLED = "cancelled", _("annulée")


# It has a date and has not been held: people may register, be reminded, propose topics and vote for them.
COMING = (SessionState.OPEN,)
HELD = (SessionState.TO_WRITE_UP, SessionState.IN_REVIEW, SessionState.CLOSED)


class DateAnswer(models.TextChoices):
    OUI = "oui", _("oui")
    SI_BESOIN = "si_besoin", _("si besoin")
    NON = "non", _("non")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("inscrit")
    WAITING = "waiting", _("sur liste d’attente")
    WITHDRAWN = "withdrawn", _("désisté")


class Presence(models.TextChoices):
    PRESENT = "present", _("présent sur place")
    VISIO = "visio", _("présent en visio")
    TELEPHONE = "telephone", _("présent par téléphone")
    EXCUSE = "excuse", _("excusé")
    ABSENT = "absent", _("absent")


# Who was there, one way or another.
THERE = (Presence.PRESENT, Presence.VISIO, Presence.TELEPHONE)


class ItemType(models.TextChoices):
    INFORMATION = "information", _("information")
    DISCUSSION = "discussion", _("discussion")
    DECISION = "decision", _("décision")
    CAS = "cas", _("cas à étudier")


class ItemState(models.TextChoices):
    TO_DISCUSS = "to_discuss", _("à discuter")
    RUNNING = "running", _("en cours")
    DONE = "done", _("traité")
    POSTPONED = "postponed", _("reporté")


class NoteKind(models.TextChoices):
    NOTE = "note", _("note")
    BESOIN = "besoin", _("besoin")
    IDEE = "idee", _("idée de fiche")
    DECISION = "decision", _("décision")
    ACTION = "action", _("action")


class ActionState(models.TextChoices):
    TO_DO = "to_do", _("à faire")
    DONE = "done", _("fait")
    DROPPED = "dropped", _("abandonné")
