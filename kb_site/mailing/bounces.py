"""Addresses that our mails do not reach, or reach unwanted: what the mail server reports, and what follows.

A refused address receives nothing more, a full mailbox after five reports, until the person or a coordinator says that
it works again. A complaint stops what may be stopped; mails about the account itself still leave.
"""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from .models import AddressProblem

SOFT_BOUNCES = 5
Kind = AddressProblem.Kind

_BLOCKS = Q(kind=Kind.BOUNCE) | Q(kind=Kind.SOFT_BOUNCE, count__gte=SOFT_BOUNCES)


@transaction.atomic
def record_problem(*, email: str, kind: str) -> AddressProblem:
    """Record a report of the mail server. Raises ValueError for an unknown kind."""
    problem, created = AddressProblem.objects.select_for_update().get_or_create(
        email__iexact=email, kind=Kind(kind), defaults={"email": email.lower()}
    )
    if not created:
        problem.count = 1 if problem.lifted_at else F("count") + 1
        problem.lifted_at = None
        problem.save()
        problem.refresh_from_db()
    return problem


def problems_of(email: str) -> QuerySet[AddressProblem]:
    """Return the problems that stop mails to this address."""
    return AddressProblem.objects.filter(_BLOCKS | Q(kind=Kind.COMPLAINT), email__iexact=email, lifted_at=None)


def may_write_to(email: str, *, wanted_only: bool) -> bool:
    """Whether a mail may leave for this address; `wanted_only`: it is one of those that people may stop."""
    problems = problems_of(email)
    return not (problems if wanted_only else problems.exclude(kind=Kind.COMPLAINT)).exists()


def lift_problems(*, email: str) -> int:
    """Write again to an address, since its owner or a coordinator says that it works; return what was lifted."""
    return AddressProblem.objects.filter(email__iexact=email, lifted_at=None).update(lifted_at=timezone.now())


def addresses_stopped() -> QuerySet[AddressProblem]:
    """Return what stops mails, the newest first: the coordinators' list."""
    return AddressProblem.objects.filter(_BLOCKS | Q(kind=Kind.COMPLAINT), lifted_at=None).order_by("-last_at")
