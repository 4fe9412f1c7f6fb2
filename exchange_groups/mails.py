"""The mails of groups that are about the person: an answer to a request, a removal, an invitation."""

from typing import Any

from django.urls import reverse

from kb_site.accounts.models import User
from kb_site.accounts.services.approval import may_decide
from kb_site.mailing.compose import Mail

from .choices import DecisionState, Departure
from .models import AskedGroup, ExchangeGroup, GroupDecision, Invitation, JoinRequest, Membership, Topic
from .services.decisions import asked_by


def group_request_decided(*, to: User, request: int) -> Mail | None:
    """To the person who asked to enter a group, when a facilitator has answered."""
    asked = JoinRequest.objects.select_related("group").filter(pk=request, user=to).first()
    if asked is None or asked.state not in {JoinRequest.State.ACCEPTED, JoinRequest.State.REFUSED}:
        return None
    accepted = asked.state == JoinRequest.State.ACCEPTED
    return Mail("group_request_decided", {"asked": asked, "group": asked.group, "accepted": accepted})


def group_asked(*, to: User, asked: int) -> Mail | None:
    """To a coordinator, when a member asks for a group; None once it was decided."""
    found = AskedGroup.objects.select_related("asked_by").filter(pk=asked, decided_at=None).first()
    if found is None or not may_decide(to):
        return None
    return Mail("group_asked", {"asked": found})


def group_asked_decided(*, to: User, asked: int) -> Mail | None:
    """To who asked for a group, when it is created, or not and why."""
    found = AskedGroup.objects.select_related("group").filter(pk=asked, asked_by=to).exclude(decided_at=None).first()
    if found is None or not (found.group or found.reason):
        return None
    return Mail("group_asked_decided", {"asked": found, "group": found.group})


def group_member_removed(*, to: User, membership: int) -> Mail | None:
    """To the person, when a facilitator has removed them from a group."""
    left = (
        Membership.objects.select_related("group").filter(pk=membership, user=to, departure=Departure.RETRAIT).first()
    )
    if left is None:  # back in meanwhile
        return None
    return Mail("group_member_removed", {"left": left})


def group_invitation(*, to: Any, invitation: Any) -> Mail | None:
    """To an e-mail address, with or without an account, when a facilitator invites it (see tasks.send_invitation)."""
    found = Invitation.objects.select_related("group", "created_by").filter(pk=invitation).first()
    if found is None or not found.stands or not found.email:
        return None
    context = {"invitation": found, "group": found.group, "path": reverse("group_invitation", args=[found.token])}
    return Mail("group_invitation", context)


def group_without_facilitator(*, to: User, group: int) -> Mail | None:
    """To a coordinator, when nobody leads a group any more; None when somebody does again."""
    found = ExchangeGroup.objects.unled().filter(pk=group).first()
    if found is None or not may_decide(to):
        return None
    return Mail("group_without_facilitator", {"group": found})


def group_opening_asked(*, to: User, decision: int) -> Mail | None:
    """To each member, when it is proposed that the group opens; None once it is over, or when they have answered."""
    found = _waiting(decision, to)
    return Mail("group_opening_asked", {"decision": found, "group": found.group}) if found else None


def group_facilitator_asked(*, to: User, decision: int) -> Mail | None:
    """To who leads a group, when somebody is proposed to lead it; to every member of a group that nobody leads."""
    found = _waiting(decision, to)
    if found is None:
        return None
    return Mail("group_facilitator_asked", {"decision": found, "group": found.group, "led": found.group.is_led})


def _waiting(decision: int, to: User) -> GroupDecision | None:
    found = GroupDecision.objects.waiting().select_related("group", "person", "proposed_by").filter(pk=decision).first()
    if found is None or not asked_by(found).filter(pk=to.pk).exists():
        return None
    return None if found.answers.filter(user=to).exists() else found


def group_decision_told(*, to: User, decision: int) -> Mail | None:
    """What came of a proposal: to everyone in the group when it opens, to who is named, to who proposed it."""
    found = GroupDecision.objects.select_related("group", "person").filter(pk=decision).first()
    if found is None or found.state == DecisionState.WAITING:
        return None
    if not ExchangeGroup.objects.visible_to(to).filter(pk=found.group_id).exists():
        return None
    context = {
        "decision": found,
        "group": found.group,
        "applied": found.state == DecisionState.APPLIED,
        "is_mine": found.person_id == to.pk,
    }
    return Mail("group_decision_told", context)


def topic_removed(*, to: User, topic: int) -> Mail | None:
    """To the author of a topic that a facilitator removed, with the reason."""
    found = Topic.objects.select_related("group").filter(pk=topic, author=to, is_removed=True).first()
    if found is None or not found.close_reason:
        return None
    return Mail("topic_removed", {"topic": found, "group": found.group})


def question_moved(*, to: User, topic: int) -> Mail | None:
    """To who asked a question under a card, when it was moved into a group: a link to it, or to the group's door.

    Someone who may not even know of the group is told neither its name nor its address.
    """
    found = Topic.objects.standing().select_related("group", "origin_card").filter(pk=topic, author=to).first()
    if found is None:
        return None
    context = {
        "topic": found,
        "card": found.origin_card,
        "may_read": found.is_visible_to(to),
        "group": ExchangeGroup.objects.visible_to(to).filter(pk=found.group_id).first(),
    }
    return Mail("question_moved", context)
