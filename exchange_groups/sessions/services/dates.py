"""Look for a date together: dates are offered, each answers, the facilitator chooses."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from kb_site.accounts.models import User

from ..choices import DateAnswer, SessionState
from ..models import DateOption, DateVote, Session
from . import notify
from .errors import AnswersClosed, NoDate, WrongState
from .places import register_those_who_said_yes
from .preparing import open_session


@transaction.atomic
def offer_dates(
    *, session: Session, starts: Iterable[datetime.datetime], answers_until: datetime.date | None = None
) -> Session:
    """Offer these dates to the group, which is asked once; a date kept keeps its answers, one left out goes.

    `answers_until`: the last day to answer, if there is one.

    Raises NoDate without a date to come, WrongState when the session is open or held.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state not in {SessionState.DRAFT, SessionState.POLLING}:
        raise WrongState
    wanted = {moment for moment in starts if moment > timezone.now()}
    if not wanted:
        raise NoDate
    current.date_options.exclude(starts_at__in=wanted).delete()
    known = set(current.date_options.values_list("starts_at", flat=True))
    DateOption.objects.bulk_create(DateOption(session=current, starts_at=moment) for moment in sorted(wanted - known))
    current.answers_until = answers_until
    current.save(update_fields=["answers_until"])
    if current.state == SessionState.DRAFT:
        current.state, current.starts_at = SessionState.POLLING, None
        current.save(update_fields=["state", "starts_at"])
        notify.ask_for_dates(current)
    return current


@transaction.atomic
def answer_dates(
    *, session: Session, user: User, answers: Mapping[int, str], noted_by_facilitator: bool = False
) -> int:
    """Record what a person answers to each date (option id → oui, si_besoin, non); return how many were recorded.

    Answering again replaces. Unknown dates and answers are left out. Raises WrongState when the poll is over, and
    AnswersClosed after its last day, but for what the facilitator notes of somebody who called.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state != SessionState.POLLING:
        raise WrongState
    if not (current.takes_answers or noted_by_facilitator):
        raise AnswersClosed
    options = set(current.date_options.values_list("pk", flat=True))
    votes = [
        DateVote(option_id=option, user=user, answer=answer)
        for option, answer in answers.items()
        if option in options and answer in DateAnswer.values
    ]
    DateVote.objects.bulk_create(
        votes, update_conflicts=True, unique_fields=["option", "user"], update_fields=["answer", "answered_at"]
    )
    return len(votes)


@transaction.atomic
def choose_date(*, session: Session, option: DateOption) -> Session:
    """Choose one of the dates: the session opens, those who said « oui » have a place, and each is told once.

    Raises as `open_session` does.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state != SessionState.POLLING or option.session_id != current.pk:
        raise WrongState
    current.starts_at = option.starts_at
    current.save(update_fields=["starts_at"])
    opened = open_session(session=current)
    register_those_who_said_yes(session=opened, option=option)
    return opened
