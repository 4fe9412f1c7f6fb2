"""What becomes of a person's part in sessions at the end of their account."""

from django.db.models import Q

from exchange_groups.sessions.choices import ActionState, NoteKind, SessionState
from exchange_groups.sessions.models import CalendarKey, DateVote, ItemVote, Note, Registration, Session
from kb_site.accounts.models import User
from kb_site.redaction import Redactor, redact

from .models import Amendment, Minutes, MinutesLine


def erase_belongings(user: User) -> None:
    """Votes, the private calendar and coming registrations go; open actions lose their doer and wait for another.

    What was said in a session stays, unsigned: notes, decisions, requests for changes are read under « Ancien membre »,
    since the account itself is emptied. Past registrations stay under that name: they count in the figures of the group.
    The reasons given with requests, which were for the facilitators, are erased. What others noted of the person loses
    their name: who does what is said in notes and minutes, by name.
    """
    DateVote.objects.filter(user=user).delete()
    ItemVote.objects.filter(user=user).delete()
    CalendarKey.objects.filter(user=user).delete()
    coming = (SessionState.DRAFT, SessionState.POLLING, SessionState.OPEN)
    Registration.objects.filter(user=user, session__state__in=coming).delete()
    Note.objects.filter(doer=user, kind=NoteKind.ACTION, state=ActionState.TO_DO).update(doer=None)
    Amendment.objects.filter(author=user).update(reason="")
    redactor = Redactor(user)
    theirs = Session.objects.filter(Q(group__memberships__user=user) | Q(registrations__user=user))
    sessions = list(theirs.order_by().values_list("pk", flat=True).distinct())
    redact(Note.objects.filter(session__in=sessions), redactor)
    redact(Minutes.objects.filter(session__in=sessions), redactor)
    redact(MinutesLine.objects.filter(minutes__session__in=sessions), redactor)
    redact(Amendment.objects.filter(minutes__session__in=sessions), redactor)
