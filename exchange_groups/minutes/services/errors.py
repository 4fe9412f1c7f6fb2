"""What cannot be done with minutes, with the words that say so to the person."""

from django.utils.translation import gettext_lazy as _

from ...services.errors import GroupError


class MinutesError(GroupError):
    """Something that cannot be done with minutes."""


class NotHeld(MinutesError):
    """The session has not taken place."""

    message = _("La séance n’a pas encore eu lieu : le compte rendu s’écrit après.")


class NotEditable(MinutesError):
    """The minutes are validated: they no longer change."""

    message = _("Ce compte rendu est validé : il ne change plus. L’animation peut reprendre la rédaction.")


class TooLong(MinutesError):
    """Two lines together pass the length of one."""

    message = _("Ensemble, ces deux lignes sont trop longues : gardez-les à part.")


class ChangedSince(MinutesError):
    """A gesture is taken back only while its lines are as it left them."""

    message = _("Ces lignes ont changé depuis : il n’y a plus rien à défaire ici.")


class EmptyMinutes(MinutesError):
    """There is nothing to read."""

    message = _("Le compte rendu est vide : écrivez au moins une ligne avant de l’envoyer.")


class WindowClosed(MinutesError):
    """The time to ask for changes is over."""

    message = _("La relecture est terminée : on ne peut plus demander de modification.")


class WindowOpen(MinutesError):
    """Participants may still ask for changes."""

    message = _("La relecture n’est pas terminée : les participants peuvent encore demander une modification.")


class AmendmentsWaiting(MinutesError):
    """Someone who asked for a change has had no answer."""

    message = _("Des demandes attendent une réponse : acceptez ou refusez chacune avant de valider.")


class NotWaiting(MinutesError):
    """The minutes are not in the state that this step needs, or someone was faster."""

    message = _("Le compte rendu a changé d’état entre-temps : relisez la page.")


class AlreadyDecided(MinutesError):
    """The request has had its answer."""

    message = _("Cette demande a déjà reçu une réponse.")


class WordMissing(MinutesError):
    """A refusal says why."""

    message = _("Dites pourquoi, en une phrase : la personne le lira.")


class NeverPublic(MinutesError):
    """A peer group has no public version."""

    message = _("Ce qui se dit dans ce groupe n’a pas de version publique. Tirez-en plutôt une fiche.")


class AlreadyDrawn(MinutesError):
    """A card was already drawn from this line."""

    message = _("Une fiche est déjà tirée de cette idée.")
