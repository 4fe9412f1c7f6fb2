"""Decide who leads a group and how confidential it is: nobody opens it, nor enters it, alone.

Naming a facilitator: with the yes of one who leads the group; where nobody leads it, the members are told and may object,
for NOTICE days; one objection is enough. Opening its confidentiality: every member is asked; one no is enough, and more
than half must say yes within OPENING days, for silence is no consent. Tightening is at once.
What was said keeps its confidentiality (models/confided.py). See docs/decisions/0021-ratchet.md.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.accounts.services.approval import may_decide
from kb_site.mailing.tasks import defer_mail

from ..choices import DecisionKind, DecisionState
from ..models import DecisionAnswer, ExchangeGroup, GroupDecision, Membership
from .errors import (
    AlreadyAsked,
    DecisionOver,
    EntryRefused,
    NobodyToAsk,
    NotAsked,
    NothingToChange,
    NotTheirs,
)
from .journal import end_openings, tell_coordination
from .memberships import lead

NOTICE = datetime.timedelta(days=14)
OPENING = datetime.timedelta(days=14)


def _lock(group: ExchangeGroup) -> ExchangeGroup:
    return ExchangeGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)


def members_of(group: ExchangeGroup) -> QuerySet[User]:
    """Return those whose word counts: the members whose account is approved, charter accepted or not."""
    current = Membership.objects.of_approved_accounts().filter(group=group)
    return User.objects.filter(pk__in=current.values("user"))


def leaders_of(group: ExchangeGroup) -> QuerySet[User]:
    """Return those who can lead the group now."""
    return User.objects.filter(pk__in=Membership.objects.leading().filter(group=group).values("user"))


def asked_by(decision: GroupDecision) -> QuerySet[User]:
    """Return those whose answer a decision waits for: who leads the group for a naming, where somebody does; else every
    member."""
    if decision.is_naming and decision.group.is_led:
        return leaders_of(decision.group)
    return members_of(decision.group)


def may_propose(group: ExchangeGroup, user: User) -> bool:
    """Whether this person may propose another confidentiality, or somebody to lead: who leads, the coordination."""
    return may_decide(user) or group.may_be_managed_by(user)


@transaction.atomic
def change_confidentiality(
    *, group: ExchangeGroup, confidentiality: str, admits_institutions: bool, by: User, reason: str = ""
) -> GroupDecision:
    """Tighten a group at once, or ask its members whether it may open; a group that nobody is in changes at once.

    Raises NotTheirs, NothingToChange, AlreadyAsked, NobodyToAsk.
    """
    current = _lock(group)
    if not may_propose(current, by):
        raise NotTheirs
    if (confidentiality, admits_institutions) == (current.confidentiality, current.admits_institutions):
        raise NothingToChange
    wanted = ExchangeGroup(confidentiality=confidentiality, admits_institutions=admits_institutions)
    opens = wanted.is_more_open_than(current)
    if current.decisions.waiting().filter(kind=DecisionKind.OPENING).exists():
        if opens:
            raise AlreadyAsked
        end_openings(current)
    decision = GroupDecision(
        group=current,
        kind=DecisionKind.OPENING if opens else DecisionKind.TIGHTENING,
        confidentiality=confidentiality,
        admits_institutions=admits_institutions,
        former_confidentiality=current.confidentiality,
        formerly_admitted_institutions=current.admits_institutions,
        reason=reason.strip(),
        proposed_by=by,
    )
    if not opens or not current.is_held:
        _apply(decision, by=by)
        return decision
    members = list(members_of(current))
    if not members:
        raise NobodyToAsk
    decision.ends_at = timezone.now() + OPENING
    decision.save()
    for person in members:
        if person.pk != by.pk:
            key = f"group_opening_asked:{decision.pk}:{person.pk}"
            defer_mail("group_opening_asked", to=person, key=key, decision=decision.pk)
    if by.pk in {person.pk for person in members}:
        DecisionAnswer.objects.create(decision=decision, user=by, agrees=True)
        _settle(decision)
    return decision


@transaction.atomic
def propose_facilitator(*, group: ExchangeGroup, person: User, by: User, reason: str = "") -> GroupDecision:
    """Propose somebody to lead a group; proposed by who leads it, or while nobody is in it, they lead at once.

    A member of a group that nobody leads may propose themselves. Raises NotTheirs, EntryRefused, NothingToChange,
    AlreadyAsked, NobodyToAsk.
    """
    current = _lock(group)
    led = current.is_led
    offers = person.pk == by.pk and not led and members_of(current).filter(pk=by.pk).exists()
    if not (may_propose(current, by) or offers):
        raise NotTheirs
    if not current.may_welcome(person):
        raise EntryRefused
    if leaders_of(current).filter(pk=person.pk).exists():
        raise NothingToChange
    if current.decisions.waiting().filter(kind=DecisionKind.NAMING, person=person).exists():
        raise AlreadyAsked
    decision = GroupDecision(
        group=current, kind=DecisionKind.NAMING, person=person, proposed_by=by, reason=reason.strip()
    )
    if current.may_have_facilitators_named_by(by):
        _apply(decision, by=by)
        return decision
    decision.ends_at = timezone.now() + NOTICE
    if not led:
        if not members_of(current).exists():
            raise NobodyToAsk
        decision.told_members_at = timezone.now()
    decision.save()
    _ask_about_person(decision)
    return decision


def _ask_about_person(decision: GroupDecision) -> None:
    stage = "members" if decision.told_members_at else "leaders"
    for person in asked_by(decision).exclude(pk=decision.person_id):  # type: ignore[misc]  # such a decision names somebody
        key = f"group_facilitator_asked:{decision.pk}:{stage}:{person.pk}"
        defer_mail("group_facilitator_asked", to=person, key=key, decision=decision.pk)


@transaction.atomic
def answer(*, decision: GroupDecision, user: User, agrees: bool) -> GroupDecision:
    """Record the answer of somebody asked, and apply or refuse what it settles. Raises DecisionOver or NotAsked."""
    current = _locked(decision)
    if not asked_by(current).filter(pk=user.pk).exists():
        raise NotAsked
    DecisionAnswer.objects.update_or_create(
        decision=current, user=user, defaults={"agrees": agrees, "answered_at": timezone.now()}
    )
    if agrees:
        _settle(current, answered_by=user)
    else:
        leads = current.is_naming and current.group.is_led
        _end(current, DecisionState.REFUSED, by=user if leads else None)
    return current


@transaction.atomic
def withdraw(*, decision: GroupDecision, by: User) -> None:
    """Take back what one has proposed, while it waits. Raises DecisionOver or NotTheirs."""
    current = _locked(decision)
    if current.proposed_by_id != by.pk:
        raise NotTheirs
    _end(current, DecisionState.WITHDRAWN, by=by)


@transaction.atomic
def settle_decisions(*, now: datetime.datetime) -> int:
    """Apply or end the proposals whose time has come; return how many are over."""
    due = list(GroupDecision.objects.waiting().filter(ends_at__lte=now).order_by("pk"))
    return sum(_run_out(decision, now) for decision in due)


def _locked(decision: GroupDecision) -> GroupDecision:
    """Return the decision with its group locked first, as those who change the group do. Raises DecisionOver."""
    group = _lock(decision.group)
    current = GroupDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if current.state != DecisionState.WAITING:
        raise DecisionOver
    current.group = group
    return current


def _settle(decision: GroupDecision, *, answered_by: User | None = None) -> None:
    """After a yes: one who leads is enough for a naming; an opening waits for every member, or for its last day."""
    if decision.is_naming:
        if decision.group.is_led:
            _apply(decision, by=answered_by)
        return
    yes, members = _count(decision)
    if yes == members:
        _apply(decision, by=None)


def _count(decision: GroupDecision) -> tuple[int, int]:
    """Return how many of the members of now said yes, and how many they are."""
    members = members_of(decision.group)
    yes = decision.answers.filter(agrees=True, user__in=members.values("pk")).count()
    return yes, members.count()


def _run_out(decision: GroupDecision, now: datetime.datetime) -> bool:
    """End a decision on its last day; false when its members must still be told of it first."""
    try:
        current = _locked(decision)
    except DecisionOver:
        return False
    if current.is_opening:
        yes, members = _count(current)
        if 2 * yes > members:
            _apply(current, by=None)
        else:
            _end(current, DecisionState.LAPSED)
        return True
    if current.group.is_led or current.person is None or not current.group.may_welcome(current.person):
        _end(current, DecisionState.LAPSED)
        return True
    if not members_of(current.group).exists():
        _end(current, DecisionState.LAPSED)
        return True
    if current.told_members_at is None or current.told_members_at + NOTICE > now:
        # Somebody led it when it was proposed: its members were never asked.
        current.told_members_at, current.ends_at = now, now + NOTICE
        current.save(update_fields=["told_members_at", "ends_at"])
        _ask_about_person(current)
        return False
    _apply(current, by=None)
    return True


def _apply(decision: GroupDecision, *, by: User | None) -> None:
    """Do what was decided, write it down, and tell of it in the same transaction."""
    group = decision.group
    decision.state, decision.decided_by, decision.decided_at = DecisionState.APPLIED, by, timezone.now()
    decision.save()
    if decision.is_naming:
        assert decision.person is not None  # noqa: S101 - proposed with somebody
        lead(group, decision.person)
    else:
        group.confidentiality, group.admits_institutions = decision.confidentiality, decision.admits_institutions
        group.save(update_fields=["confidentiality", "admits_institutions"])
    tell_coordination(decision)
    _tell(decision)


def _end(decision: GroupDecision, state: DecisionState, *, by: User | None = None) -> None:
    decision.state, decision.decided_by, decision.decided_at = state, by, timezone.now()
    decision.save(update_fields=["state", "decided_by", "decided_at"])
    _tell(decision)


def _tell(decision: GroupDecision) -> None:
    """Tell what came of it: everyone in the group of what opened it, or who leads it by silence; else who proposed it."""
    people = set()
    applied = decision.state == DecisionState.APPLIED
    if applied and (decision.is_opening or decision.told_members_at):
        people |= set(members_of(decision.group))
    if applied and decision.person is not None:
        people.add(decision.person)
    if decision.proposed_by is not None:
        people.add(decision.proposed_by)
    for person in people:
        if person.pk == decision.decided_by_id:
            continue
        key = f"group_decision_told:{decision.pk}:{person.pk}"
        defer_mail("group_decision_told", to=person, key=key, decision=decision.pk)
