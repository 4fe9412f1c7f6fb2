"""Closed lists of groups and topics (codes are stored, labels are shown)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    OUVERT = "ouvert", _("ouvert : on entre librement")
    SUR_DEMANDE = "sur_demande", _("sur demande")
    INVITATION = "invitation", _("sur invitation")


class Confidentiality(models.TextChoices):
    PUBLIC = "public", _("public : tout le monde peut lire")
    MEMBRES = "membres", _("réservé aux membres du groupe")
    ENTRE_PAIRS = "entre_pairs", _("entre pairs, sans institution")


# From the most open to the most closed: who is told, in this order.
CONFIDENTIALITY_ORDER = list(Confidentiality)
ACCESS_ORDER = list(Access)


class GroupState(models.TextChoices):
    PREPARING = "preparing", _("en préparation")
    ACTIVE = "active", _("actif")
    PAUSED = "paused", _("en pause")
    CLOSED = "closed", _("clos")


class MemberRole(models.TextChoices):
    MEMBER = "member", _("membre")
    FACILITATOR = "facilitator", _("animation")


class Departure(models.TextChoices):
    DEPART = "depart", _("a quitté le groupe")
    RETRAIT = "retrait", _("retiré du groupe")
    COMPTE = "compte", _("compte fermé")


class DecisionKind(models.TextChoices):
    NAMING = "naming", _("animation confiée")
    ENDING = "ending", _("animation terminée")
    OPENING = "opening", _("confidentialité ouverte")
    TIGHTENING = "tightening", _("confidentialité resserrée")


class DecisionState(models.TextChoices):
    WAITING = "waiting", _("en attente")
    APPLIED = "applied", _("appliquée")
    REFUSED = "refused", _("refusée")
    LAPSED = "lapsed", _("restée sans accord")
    WITHDRAWN = "withdrawn", _("retirée")


class TopicType(models.TextChoices):
    QUESTION = "question", _("question")
    BESOIN = "besoin", _("besoin")
    PROBLEME = "probleme", _("problème")
    ADAPTATION = "adaptation", _("adaptation")
    RESSOURCE = "ressource", _("ressource")
    ANNONCE = "annonce", _("annonce")


# What waits for an answer: a topic of another type without replies is not a need left aside.
TYPES_WAITING_FOR_ANSWERS = (TopicType.QUESTION, TopicType.BESOIN, TopicType.PROBLEME)


class TopicState(models.TextChoices):
    OPEN = "open", _("ouvert")
    ANSWERED = "answered", _("répondu")
    BECAME_CARD = "became_card", _("devenu une fiche")
    CLOSED = "closed", _("clos")


class ReactionKind(models.TextChoices):
    UTILE = "utile", _("Utile")
    MEME_SITUATION = "meme_situation", _("Même situation")
    MERCI = "merci", _("Merci")
