"""Addresses that our mails do not reach, or reach unwanted: what the mail server reports, and what follows.

A refused address receives nothing more, a full mailbox nothing for a month after five reports, until a mail arrives there
all the same, or the person or a coordinator says that it works again. A complaint stops what may be stopped; mails about the
account itself still leave. A report comes as often as its server likes: one with an id is counted once.
"""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import AddressProblem

SOFT_BOUNCES = 5
SOFT_FOR = datetime.timedelta(days=30)  # a mailbox that was full a month ago may be empty
EVENTS_KEPT = 50
LONGEST_EVENT = 100  # characters of an id
Kind = AddressProblem.Kind


def _blocks() -> Q:
    lately = timezone.now() - SOFT_FOR
    return Q(kind=Kind.BOUNCE) | Q(kind=Kind.SOFT_BOUNCE, count__gte=SOFT_BOUNCES, last_at__gt=lately)


@transaction.atomic
def record_problem(*, email: str, kind: str, event: str = "") -> AddressProblem:
    """Record a report of the mail server; `event`: its id, "" when it has none. Raises ValueError for an unknown kind."""
    event = event[:LONGEST_EVENT]
    problem, created = AddressProblem.objects.select_for_update().get_or_create(
        email__iexact=email,
        kind=Kind(kind),
        defaults={"email": email.lower(), "events": [event] if event else []},
    )
    if created or (event and event in problem.events):
        return problem
    old = kind == Kind.SOFT_BOUNCE and problem.last_at < timezone.now() - SOFT_FOR
    problem.count = 1 if problem.lifted_at or old else problem.count + 1
    problem.lifted_at = None
    _note(problem, event)
    problem.save()
    return problem


@transaction.atomic
def record_success(*, email: str, event: str = "") -> int:
    """Record that a mail arrived: the address works. Return what was lifted; a complaint stays, it is the person's word."""
    event = event[:LONGEST_EVENT]
    problems = AddressProblem.objects.select_for_update().exclude(kind=Kind.COMPLAINT)
    lifted = 0
    for problem in problems.filter(email__iexact=email, lifted_at=None):
        if event and event in problem.events:  # told again, since when the address failed
            continue
        problem.lifted_at = timezone.now()
        _note(problem, event)
        problem.save(update_fields=["lifted_at", "events"])
        lifted += 1
    return lifted


def _note(problem: AddressProblem, event: str) -> None:
    if event:
        problem.events = [*problem.events, event][-EVENTS_KEPT:]


def problems_of(email: str) -> QuerySet[AddressProblem]:
    """Return the problems that stop mails to this address."""
    return AddressProblem.objects.filter(_blocks() | Q(kind=Kind.COMPLAINT), email__iexact=email, lifted_at=None)


def may_write_to(email: str, *, wanted_only: bool) -> bool:
    """Whether a mail may leave for this address; `wanted_only`: it is one of those that people may stop."""
    problems = problems_of(email)
    return not (problems if wanted_only else problems.exclude(kind=Kind.COMPLAINT)).exists()


def lift_problems(*, email: str) -> int:
    """Write again to an address, since its owner or a coordinator says that it works; return what was lifted."""
    return AddressProblem.objects.filter(email__iexact=email, lifted_at=None).update(lifted_at=timezone.now())


def addresses_stopped() -> QuerySet[AddressProblem]:
    """Return what stops mails, the newest first: the coordinators' list."""
    return AddressProblem.objects.filter(_blocks() | Q(kind=Kind.COMPLAINT), lifted_at=None).order_by("-last_at")
