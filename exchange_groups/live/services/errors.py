"""What cannot be done in a held session, with the words that say so to the person."""

from django.utils.translation import gettext_lazy as _

from exchange_groups.sessions.services.errors import SessionError


class LiveError(SessionError):
    """Something that cannot be done in a held session; `message` says it to the person."""

    message = _("Ce n’est pas possible maintenant.")


class CannotStart(LiveError):
    """A draft, a poll, a cancelled session, or one whose minutes are on their way."""

    message = _("Cette séance ne peut pas commencer : ouvrez d’abord les inscriptions.")


class NotRunning(LiveError):
    """The session has not started or is over."""

    message = _("La séance n’est pas en cours.")


class NotesClosed(LiveError):
    """The session has not started, or its minutes are out for rereading: a late word is an amendment."""

    message = _("Cette séance ne reçoit pas de notes : elle n’a pas commencé, ou son compte rendu est en relecture.")


class KeyUsed(LiveError):
    """The key of a capture belongs to somebody else's note or to another session."""

    message = _("Cette note n’a pas pu être enregistrée. Envoyez-la de nouveau.")
