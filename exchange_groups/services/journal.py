"""The journal of a group: what was decided at once, by whoever may decide alone. What is proposed first writes itself
(services/decisions.py)."""

from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.journal.services import record

from ..choices import DecisionKind, DecisionState
from ..models import ExchangeGroup, GroupDecision
from ..sensitive_acts import OF_DECISIONS


def record_role(*, group: ExchangeGroup, person: User, kind: DecisionKind, by: User | None) -> None:
    """Write down that somebody leads a group from now (NAMING), or leads it no more (ENDING)."""
    now = timezone.now()
    decision = GroupDecision.objects.create(
        group=group,
        kind=kind,
        state=DecisionState.APPLIED,
        person=person,
        proposed_by=by,
        proposed_at=now,
        decided_by=by,
        decided_at=now,
    )
    tell_coordination(decision)


def record_confidentiality(*, group: ExchangeGroup, before: ExchangeGroup, by: User) -> None:
    """Write down that a form has changed the confidentiality of a group; nothing when it has not."""
    if (group.confidentiality, group.admits_institutions) == (before.confidentiality, before.admits_institutions):
        return
    end_openings(group)
    now = timezone.now()
    decision = GroupDecision.objects.create(
        group=group,
        kind=DecisionKind.OPENING if group.is_more_open_than(before) else DecisionKind.TIGHTENING,
        state=DecisionState.APPLIED,
        confidentiality=group.confidentiality,
        admits_institutions=group.admits_institutions,
        former_confidentiality=before.confidentiality,
        formerly_admitted_institutions=before.admits_institutions,
        proposed_by=by,
        proposed_at=now,
        decided_by=by,
        decided_at=now,
    )
    tell_coordination(decision)


def tell_coordination(decision: GroupDecision) -> None:
    """Write a decision that was applied in the journal of sensitive acts, in the same transaction."""
    record(
        OF_DECISIONS[DecisionKind(decision.kind)],
        by=decision.decided_by,
        about=decision.person,
        thing=decision.group.name,
        before=decision.before,
        after=decision.after,
    )


def end_openings(group: ExchangeGroup) -> None:
    """A group that has changed is no longer what its members were asked about."""
    waiting = GroupDecision.objects.waiting().filter(group=group, kind=DecisionKind.OPENING)
    waiting.update(state=DecisionState.LAPSED, decided_at=timezone.now())
