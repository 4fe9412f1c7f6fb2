"""Who is told of what: one mail a person for each thing, whatever the number of tries (the key of a mail is its own)."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ...models import Membership
from ..choices import RegistrationState, SessionState
from ..models import DateVote, Registration, Session

COMES = (RegistrationState.REGISTERED, RegistrationState.WAITING)


def members_of(session: Session) -> QuerySet[User]:
    """Those who share the talk of its group now."""
    in_it = Membership.objects.in_effect().filter(group=session.group_id).values("user")
    return User.objects.filter(pk__in=in_it)


def concerned(session: Session) -> QuerySet[User]:
    """Those who have a place or wait for one; those who answered, while the poll looks for a date."""
    coming = Registration.objects.filter(session=session, state__in=COMES, user__isnull=False).values("user")
    answered = DateVote.objects.filter(option__session=session).values("user")
    people = Q(pk__in=coming)
    if session.starts_at is None:
        people |= Q(pk__in=answered)
    return User.objects.filter(people, is_active=True)


def _tell(name: str, session: Session, person: User, *, about: str = "") -> None:
    defer_mail(name, to=person, key=f"{name}:{session.pk}:{about}:{person.pk}", session=session.pk)


def ask_for_dates(session: Session) -> None:
    """To the group: the dates that the poll offers."""
    for person in members_of(session):
        _tell("session_poll", session, person)


def invite(session: Session) -> None:
    """To the group: the session is open. Once, even if it was a poll before."""
    for person in members_of(session):
        _tell("session_invitation", session, person)


def silent(session: Session) -> QuerySet[User]:
    """The members who have not answered: to the dates while they are looked for, then to the invitation."""
    members = members_of(session).filter(is_active=True)
    if session.state == SessionState.POLLING:
        return members.exclude(pk__in=DateVote.objects.filter(option__session=session).values("user"))
    placed = Registration.objects.filter(session=session, user__isnull=False)
    return members.exclude(pk__in=placed.values("user"))


def ask_again(session: Session) -> int:
    """To those who have not answered: the same question again, once a day at most. Return how many are asked."""
    mail = "session_poll" if session.state == SessionState.POLLING else "session_invitation"
    people = list(silent(session))
    for person in people:
        _tell(mail, session, person, about=f"{timezone.localdate():%Y-%m-%d}")
    return len(people)


def tell_of_move(session: Session) -> None:
    """To everyone who was invited or comes, except those who gave up: once for each change of the appointment."""
    gone = Registration.objects.filter(session=session, state=RegistrationState.WITHDRAWN, user__isnull=False)
    people = User.objects.filter(Q(pk__in=members_of(session)) | Q(pk__in=concerned(session)))
    for person in people.exclude(pk__in=gone.values("user")):
        _tell("session_moved", session, person, about=str(session.calendar_sequence))


def tell_of_cancellation(session: Session) -> None:
    """To everyone who was invited, asked for a date, or comes, except those who gave up."""
    gone = Registration.objects.filter(session=session, state=RegistrationState.WITHDRAWN, user__isnull=False)
    people = User.objects.filter(Q(pk__in=members_of(session)) | Q(pk__in=concerned(session)))
    for person in people.exclude(pk__in=gone.values("user")):
        _tell("session_cancelled", session, person)


def confirm_place(registration: Registration) -> None:
    """To the person: they have a place, or wait for one."""
    _tell_of_place("session_place", registration)


def tell_of_promotion(registration: Registration) -> None:
    """To the person who waited: a place is theirs."""
    _tell_of_place("session_promoted", registration)


def _tell_of_place(name: str, registration: Registration) -> None:
    if registration.user is not None:
        about = str(int(registration.registered_at.timestamp()))
        _tell(name, registration.session, registration.user, about=about)


def remind(registration: Registration, *, when: str) -> None:
    """To the person who has a place: it is soon. `when`: veille or semaine."""
    if registration.user is not None:
        session = registration.session
        about = f"{when}:{session.calendar_sequence}"
        _tell("session_reminder", session, registration.user, about=about)
