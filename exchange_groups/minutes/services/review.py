"""From a draft to minutes that the group holds for true: review by those who were there, validation, publication."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import Session
from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail
from kb_site.notifications.services import notify
from practices.comments.personal_data_guard import masked

from ..choices import AmendmentState, LineKind, MinutesState
from ..models import Amendment, Minutes, MinutesLine, forget_agreements, window_end
from ..people import members_of, participants_of, readers_of
from .errors import AlreadyDecided, AmendmentsWaiting, EmptyMinutes, NotWaiting, WindowClosed, WindowOpen, WordMissing
from .writing import add_line, set_words


def _locked(minutes: Minutes, *states: str) -> Minutes:
    """Return the minutes with their row locked. Raises NotWaiting when they are in none of these states."""
    found = Minutes.objects.select_for_update(of=("self",)).select_related("session__group", "session__facilitator")
    current = found.get(pk=minutes.pk)
    if current.state not in states:
        raise NotWaiting
    return current


@transaction.atomic
def send_for_review(*, minutes: Minutes, by: User, now: datetime.datetime | None = None) -> int:
    """Open the amendment window and mail the minutes to those who were there; return how many are asked.

    Raises NotWaiting or EmptyMinutes.
    """
    current = _locked(minutes, MinutesState.DRAFT)
    if not current.summary and not current.lines.standing().exclude(kind=LineKind.POINT).exists():
        raise EmptyMinutes
    current.sent_at = now or timezone.now()
    current.amendable_until = window_end(current, current.sent_at)
    current.state, current.window_told_at = MinutesState.IN_REVIEW, None
    forget_agreements(current.pk)
    current.save(update_fields=["sent_at", "amendable_until", "state", "window_told_at"])
    Session.objects.filter(pk=current.session_id).update(state=SessionState.IN_REVIEW)
    asked = participants_of(current.session).exclude(pk=by.pk)
    for person in asked:
        defer_mail("minutes_to_read", to=person, minutes=current.pk)
    return len(asked)


@transaction.atomic
def mask_minutes(*, minutes: Minutes, by: User) -> None:
    """Take out of a draft all that could make a person recognisable. Raises NotWaiting when it was sent meanwhile."""
    current = _locked(minutes, MinutesState.DRAFT)
    if (summary := masked(current.summary)) != current.summary:
        current.summary, current.version = summary, current.version + 1
        current.save(update_fields=["summary", "version"])
    for line in current.lines.standing().select_for_update():
        if (words := masked(line.text)) != line.text:
            set_words(line, words, by=by)


@transaction.atomic
def propose_amendment(
    *,
    minutes: Minutes,
    author: User,
    line: MinutesLine | None,
    text: str,
    reason: str = "",
    submission_key: uuid.UUID | None = None,
) -> Amendment:
    """Ask for other words on a line, or for a line that is missing (None). The same key stores one request.

    Whether this person may is for the caller to check. Raises WindowClosed when it is too late.
    """
    current = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    if not current.is_amendable:
        raise WindowClosed
    # A key of another person, or of other minutes, is not the same request.
    key = uuid.uuid5(submission_key or uuid.uuid4(), f"{minutes.pk} {author.pk}")
    try:
        with transaction.atomic():
            return Amendment.objects.create(
                minutes=current,
                line=line,
                author=author,
                seen_text=line.text if line else "",
                text=text,
                reason=reason,
                submission_key=key,
            )
    except IntegrityError:
        return Amendment.objects.get(submission_key=key)


@transaction.atomic
def agree(*, minutes: Minutes, by: User, now: datetime.datetime | None = None) -> bool:
    """Note that who was there finds nothing to change; return whether the review closed, as all of them have now said so.

    It stays open while a request waits for its answer. Raises NotWaiting or WindowClosed.
    """
    current = _locked(minutes, MinutesState.IN_REVIEW)
    readers = set(readers_of(current.session).values_list("pk", flat=True))
    if not current.is_amendable or by.pk not in readers:
        raise WindowClosed
    current.agreed_by.add(by)
    agreed = set(current.agreed_by.values_list("pk", flat=True))
    if readers - agreed or current.amendments.filter(state=AmendmentState.PROPOSED).exists():
        return False
    current.amendable_until = now or timezone.now()
    current.save(update_fields=["amendable_until"])
    _tell_it_is_over(current, current.amendable_until)
    return True


@transaction.atomic
def decide_amendment(*, amendment: Amendment, by: User, accepted: bool, text: str = "", answer: str = "") -> None:
    """Accept a change (with the words that are kept, else those proposed), or refuse it and say why; its author hears.

    Raises AlreadyDecided, WordMissing or NotWaiting.
    """
    if not accepted and not answer.strip():
        raise WordMissing
    minutes = _locked(amendment.minutes, MinutesState.IN_REVIEW)
    current = Amendment.objects.select_for_update(of=("self",)).select_related("line", "author").get(pk=amendment.pk)
    if current.state != AmendmentState.PROPOSED:
        raise AlreadyDecided
    if accepted:
        kept = text or current.text
        if current.line is None:
            last = minutes.lines.standing().filter(kind=LineKind.POINT).last()
            add_line(minutes=minutes, by=by, kind=LineKind.NOTE, text=kept, section=last.pk if last else 0)
        else:
            set_words(current.line, kept, by=by)
    current.state = AmendmentState.ACCEPTED if accepted else AmendmentState.REFUSED
    current.answer, current.decided_at, current.decided_by = answer.strip(), timezone.now(), by
    current.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    if current.author and current.author_id != by.pk:
        defer_mail("amendment_decided", to=current.author, amendment=current.pk)


@transaction.atomic
def close_windows(*, now: datetime.datetime) -> int:
    """Tell those who facilitate that the review of their minutes is over, once each; return how many reviews ended."""
    over = Minutes.objects.filter(state=MinutesState.IN_REVIEW, amendable_until__lte=now, window_told_at=None)
    ended = list(over.select_for_update(of=("self",), skip_locked=True).select_related("session__group"))
    for minutes in ended:
        _tell_it_is_over(minutes, now)
    return len(ended)


def _tell_it_is_over(minutes: Minutes, now: datetime.datetime) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(window_told_at=now)
    for person in _validators(minutes):
        defer_mail("minutes_to_validate", to=person, minutes=minutes.pk)


def _validators(minutes: Minutes) -> list[User]:
    """The facilitator of the session; without one in the group, those who facilitate the group."""
    people = [person for person in members_of(minutes.session.group) if minutes.may_be_validated_by(person)]
    named = [person for person in people if person.pk == minutes.session.facilitator_id]
    return named or people


@transaction.atomic
def validate_minutes(*, minutes: Minutes, by: User, now: datetime.datetime | None = None) -> None:
    """Hold the minutes for true: nothing changes any more. Raises NotWaiting, WindowOpen or AmendmentsWaiting."""
    current = _locked(minutes, MinutesState.IN_REVIEW)
    moment = now or timezone.now()
    if current.amendable_until and moment < current.amendable_until:
        raise WindowOpen
    if current.amendments.filter(state=AmendmentState.PROPOSED).exists():
        raise AmendmentsWaiting
    current.state, current.validated_at, current.validated_by = MinutesState.VALIDATED, moment, by
    current.save(update_fields=["state", "validated_at", "validated_by"])
    Session.objects.filter(pk=current.session_id).update(state=SessionState.CLOSED, closed_at=moment)


@transaction.atomic
def publish_minutes(*, minutes: Minutes, by: User) -> None:
    """Open validated minutes to the whole group, and tell its members once. Raises NotWaiting."""
    current = _locked(minutes, MinutesState.VALIDATED)
    current.state, current.published_at = MinutesState.PUBLISHED, timezone.now()
    current.save(update_fields=["state", "published_at"])
    notify(
        kind="minutes_published",
        target=current,
        key=f"minutes:{current.pk}",
        actor=by,
        recipients=members_of(current.session.group),
    )


@transaction.atomic
def reopen_minutes(*, minutes: Minutes) -> None:
    """Take minutes back to be written: they leave the group and the public until they are reviewed again.

    Raises NotWaiting when they are a draft.
    """
    states = (MinutesState.IN_REVIEW, MinutesState.VALIDATED, MinutesState.PUBLISHED)
    current = _locked(minutes, *states)
    current.state = MinutesState.DRAFT
    current.amendable_until = current.validated_at = current.validated_by = current.published_at = None
    current.public_at, current.public_by, current.public_checks = None, None, []
    current.save()
    Session.objects.filter(pk=current.session_id).update(state=SessionState.TO_WRITE_UP)
