"""What cannot be done, with the words that say so to the person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class GroupError(Exception):
    """Something that cannot be done in a group; `message` says it to the person."""

    message: str | Promise = _("Ce n’est pas possible.")
    code = ""


class EntryRefused(GroupError):
    """The group does not take this person in: pending account, institution not admitted, closed group."""

    message = _("Ce groupe ne peut pas vous accueillir.")


class WrongDoor(GroupError):
    """The group is entered another way: on request, or by invitation."""

    message = _("On n’entre pas ainsi dans ce groupe.")


class InvitationSpent(GroupError):
    """The invitation has expired, was withdrawn or has been used."""

    message = _("Cette invitation ne vaut plus : elle a expiré, a été retirée ou a déjà servi. Demandez-en une autre.")


class InvitationForAnother(GroupError):
    """The invitation names another e-mail address."""

    message = _("Cette invitation est au nom d’une autre adresse e-mail. Connectez-vous avec l’adresse invitée.")


class AlreadyDecided(GroupError):
    """Another facilitator was faster."""

    message = _("Cette demande a déjà reçu une réponse.")


class ReasonMissing(GroupError):
    """A refusal or a removal says why."""

    message = _("Dites pourquoi, en une phrase : la personne le lira.")


class NotTheirs(GroupError):
    """Only those who lead a group say who leads it with them; others propose."""

    message = _(
        "Seule l’animation d’un groupe nomme qui l’anime. Proposez la personne depuis la page « Décisions » du groupe."
    )


class NobodyToAsk(GroupError):
    """The group has talk, and nobody is left who could agree."""

    message = _("Il n’y a plus personne dans ce groupe pour donner son accord : ouvrez un nouveau groupe.")


class AlreadyAsked(GroupError):
    """The same is already proposed."""

    message = _("Une proposition attend déjà une réponse. Attendez sa fin, ou faites-la retirer.")


class NothingToChange(GroupError):
    """The group is already so."""

    message = _("Le groupe est déjà ainsi : il n’y a rien à changer.")


class DecisionOver(GroupError):
    """The proposal has been answered, withdrawn or has run out meanwhile."""

    message = _("Cette proposition n’attend plus de réponse.")


class NotAsked(GroupError):
    """The proposal asks other people."""

    message = _("Cette proposition ne vous demande pas de réponse.")


class WouldOpen(GroupError):
    """What was said in a group is never taken to one that more people read."""

    message = _("Ce groupe est plus ouvert que celui-ci : ce qui a été dit ici y serait lu par d’autres.")


class LastFacilitator(GroupError):
    """A group that lives keeps one facilitator."""

    message = _("Le groupe n’aurait plus personne pour l’animer : confiez d’abord l’animation à un autre membre.")
