"""What cannot be done with a session, with the words that say so to the person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SessionError(Exception):
    """Something that cannot be done with a session; `message` says it to the person."""

    message: str | Promise = _("Ce n’est pas possible.")


class NoDate(SessionError):
    """It is opened without a date to come."""

    message = _("Choisissez d’abord une date à venir.")


class NowhereToMeet(SessionError):
    """It is opened without a place, a link or a phone number."""

    message = _("Dites où se retrouver : un lieu, un lien de visio ou un numéro de téléphone.")


class WrongState(SessionError):
    """It has moved on: opened, cancelled or held meanwhile."""

    message = _("La séance a changé entre-temps : rechargez la page.")


class AnswersClosed(SessionError):
    """The last day to answer the poll has passed."""

    message = _("Les réponses sont closes. Un mot à l’animation : elle peut encore noter les vôtres.")


class NotJoinable(SessionError):
    """Registration is closed, or this person may not come."""

    message = _("On ne peut pas s’inscrire à cette séance, ou plus maintenant.")


class NoVoteLeft(SessionError):
    """The three votes are given."""

    message = _("Vous avez donné vos 3 voix. Reprenez-en une pour la donner à un autre sujet.")


class TooOpen(SessionError):
    """What was said is never repeated where more people read."""

    message = _("Cette séance est plus ouverte que ce qui a été dit : ce sujet y serait lu par d’autres.")


class AgendaClosed(SessionError):
    """Topics are neither proposed nor voted any more."""

    message = _("L’ordre du jour ne change plus.")
