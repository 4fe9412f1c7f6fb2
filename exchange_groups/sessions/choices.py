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
    BROUILLON = "brouillon", _("brouillon")
    SONDAGE = "sondage", _("sondage de date")
    OUVERTE = "ouverte", _("inscriptions ouvertes")
    EN_COURS = "en_cours", _("en cours")
    A_REDIGER = "a_rediger", _("compte rendu à rédiger")
    RELECTURE = "relecture", _("compte rendu en relecture")
    CLOSE = "close", _("terminée")
    ANNULEE = "annulee", _("annulée")


# It has a date and has not been held: people may register, be reminded, propose topics and vote for them.
COMING = (SessionState.OUVERTE,)
HELD = (SessionState.A_REDIGER, SessionState.RELECTURE, SessionState.CLOSE)


class DateAnswer(models.TextChoices):
    OUI = "oui", _("oui")
    SI_BESOIN = "si_besoin", _("si besoin")
    NON = "non", _("non")


class RegistrationState(models.TextChoices):
    INSCRIT = "inscrit", _("inscrit")
    ATTENTE = "attente", _("sur liste d’attente")
    DESISTE = "desiste", _("désisté")


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
    A_DISCUTER = "a_discuter", _("à discuter")
    EN_COURS = "en_cours", _("en cours")
    TRAITE = "traite", _("traité")
    REPORTE = "reporte", _("reporté")


class NoteKind(models.TextChoices):
    NOTE = "note", _("note")
    BESOIN = "besoin", _("besoin")
    IDEE = "idee", _("idée de fiche")
    DECISION = "decision", _("décision")
    ACTION = "action", _("action")


class ActionState(models.TextChoices):
    A_FAIRE = "a_faire", _("à faire")
    FAIT = "fait", _("fait")
    ABANDONNE = "abandonne", _("abandonné")
