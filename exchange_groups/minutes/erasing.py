"""What becomes of a person's part in sessions at the end of their account."""

from kb_site.members.models import User

from ..sessions.models import CalendarKey, DateVote, ItemVote, Note, Registration
from ..sessions.vocabularies import ActionState, NoteKind, SessionState
from .models import Amendment


def erase_belongings(user: User) -> None:
    """Votes, the private calendar and coming registrations go; open actions lose their doer and wait for another.

    What was said in a session stays, unsigned: notes, decisions, requests for changes are read under « Ancien membre »,
    since the account itself is emptied. Past registrations stay under that name: they count in the figures of the group.
    The reasons given with requests, which were for the facilitators, are erased.
    """
    DateVote.objects.filter(user=user).delete()
    ItemVote.objects.filter(user=user).delete()
    CalendarKey.objects.filter(user=user).delete()
    coming = (SessionState.BROUILLON, SessionState.SONDAGE, SessionState.OUVERTE)
    Registration.objects.filter(user=user, session__state__in=coming).delete()
    Note.objects.filter(doer=user, kind=NoteKind.ACTION, state=ActionState.A_FAIRE).update(doer=None)
    Amendment.objects.filter(author=user).update(reason="")
