"""What becomes of a person's part in sessions at the end of their account."""

from exchange_groups.sessions.choices import ActionState, NoteKind, SessionState
from exchange_groups.sessions.models import CalendarKey, DateVote, ItemVote, Note, Registration
from kb_site.accounts.models import User

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
    coming = (SessionState.DRAFT, SessionState.POLLING, SessionState.OPEN)
    Registration.objects.filter(user=user, session__state__in=coming).delete()
    Note.objects.filter(doer=user, kind=NoteKind.ACTION, state=ActionState.TO_DO).update(doer=None)
    Amendment.objects.filter(author=user).update(reason="")
