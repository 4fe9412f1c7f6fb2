"""Entering a group, directly or on request, and leaving it; roles; what happens to the words of who leaves."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail
from practices.comments.models import Comment
from practices.comments.services import remove_comments

from ..choices import Access, DecisionKind, Departure, GroupState, MemberRole
from ..comment_policy import replies_in
from ..follows import follow_on_entry
from ..models import ExchangeGroup, Invitation, JoinRequest, Membership, Topic
from ..notify import tell_of_request
from ..permissions import forget_rights
from ..signals import member_left
from .errors import (
    AlreadyDecided,
    EntryRefused,
    LastFacilitator,
    NotTheirs,
    ReasonMissing,
    WrongDoor,
)
from .facilitators import look_after_leadership
from .journal import record_role

ERASED_TITLE = _("Sujet effacé par son auteur")
ERASED_BODY = _("La personne qui avait écrit ce sujet a quitté le groupe et l’a effacé. Les réponses restent.")


def _lock(group: ExchangeGroup) -> ExchangeGroup:
    return ExchangeGroup.objects.select_for_update().get(pk=group.pk)


def enter(group: ExchangeGroup, user: User, role: str = MemberRole.MEMBER) -> Membership:
    """Make this person a member; someone who left comes back, someone already in stays as they are."""
    membership, created = Membership.objects.get_or_create(group=group, user=user, defaults={"role": role})
    came_in = created or membership.left_at is not None
    if not created and came_in:
        membership.left_at, membership.departure, membership.departure_reason = None, "", ""
        membership.role, membership.joined_at = role, timezone.now()
        membership.save()
    JoinRequest.objects.filter(group=group, user=user, state=JoinRequest.State.PENDING).update(
        state=JoinRequest.State.ACCEPTED, decided_at=timezone.now()
    )
    forget_rights(user)
    if came_in:
        follow_on_entry(group=group, user=user)
    return membership


def lead(group: ExchangeGroup, person: User) -> None:
    """Let somebody in as a facilitator, from now; one who leads already since a former day stays so."""
    membership = enter(group, person, role=MemberRole.FACILITATOR)
    if membership.role != MemberRole.FACILITATOR:
        membership.role = MemberRole.FACILITATOR
        membership.save(update_fields=["role"])
        forget_rights(person)


def was_removed(group: ExchangeGroup, user: User) -> bool:
    """Whether a facilitator removed this person, who has not come back since: only a facilitator lets them in again."""
    return Membership.objects.left().filter(group=group, user=user, departure=Departure.RETRAIT).exists()


@transaction.atomic
def join(*, group: ExchangeGroup, user: User) -> Membership:
    """Enter an open group. Raises EntryRefused or WrongDoor."""
    group = _lock(group)
    if not group.may_welcome(user) or group.state == GroupState.PREPARING or was_removed(group, user):
        raise EntryRefused
    if group.access != Access.OUVERT:
        raise WrongDoor
    return enter(group, user)


@transaction.atomic
def ask_to_join(*, group: ExchangeGroup, user: User, message: str = "") -> JoinRequest:
    """Ask the facilitators to enter; asking twice returns the request that waits. Raises EntryRefused or WrongDoor."""
    group = _lock(group)
    if not group.may_welcome(user) or group.state == GroupState.PREPARING:
        raise EntryRefused
    if group.access != Access.SUR_DEMANDE or Membership.objects.current().filter(group=group, user=user).exists():
        raise WrongDoor
    request, made = JoinRequest.objects.get_or_create(
        group=group, user=user, state=JoinRequest.State.PENDING, defaults={"message": message}
    )
    if made:
        tell_of_request(request)
    return request


@transaction.atomic
def withdraw_request(*, group: ExchangeGroup, user: User) -> None:
    """Give up a request that waits; nothing happens when there is none."""
    JoinRequest.objects.filter(group=group, user=user, state=JoinRequest.State.PENDING).update(
        state=JoinRequest.State.WITHDRAWN, decided_at=timezone.now()
    )


@transaction.atomic
def decide_request(*, request: JoinRequest, by: User, accept: bool, reason: str = "") -> None:
    """Answer a request, with a reason when it is refused. Raises AlreadyDecided, EntryRefused or ReasonMissing."""
    current = JoinRequest.objects.select_for_update().select_related("group", "user").get(pk=request.pk)
    if current.state != JoinRequest.State.PENDING:
        raise AlreadyDecided
    if not accept and not reason.strip():
        raise ReasonMissing
    if accept:
        if not current.group.may_welcome(current.user):
            raise EntryRefused
        enter(current.group, current.user)
    current.state = JoinRequest.State.ACCEPTED if accept else JoinRequest.State.REFUSED
    current.reason, current.decided_by, current.decided_at = reason.strip(), by, timezone.now()
    current.save()
    defer_mail("group_request_decided", to=current.user, key=f"group_request:{current.pk}", request=current.pk)


def _keep_a_facilitator(group: ExchangeGroup, leaving: Membership) -> None:
    others = Membership.objects.facilitators().filter(group=group, user__is_active=True).exclude(pk=leaving.pk)
    if leaving.role == MemberRole.FACILITATOR and group.state != GroupState.CLOSED and not others.exists():
        raise LastFacilitator


@transaction.atomic
def change_role(*, membership: Membership, role: MemberRole | str, by: User) -> None:
    """Make a member a facilitator, or the reverse. Raises NotTheirs or LastFacilitator."""
    group = _lock(membership.group)
    if not group.may_have_facilitators_named_by(by):
        raise NotTheirs
    current = Membership.objects.current().select_for_update().get(pk=membership.pk)
    if role != MemberRole.FACILITATOR:
        _keep_a_facilitator(group, current)
        _end_links_of(current)
    if current.role == role:
        return
    current.role = role
    current.save(update_fields=["role"])
    kind = DecisionKind.NAMING if role == MemberRole.FACILITATOR else DecisionKind.ENDING
    record_role(group=group, person=membership.user, kind=kind, by=by)
    forget_rights(membership.user)


@transaction.atomic
def name_facilitators(*, group: ExchangeGroup, people: Iterable[User], by: User) -> None:
    """Let these people in as facilitators; those who lead already change nothing. Raises NotTheirs."""
    group = _lock(group)
    leading = set(Membership.objects.facilitators().filter(group=group).values_list("user_id", flat=True))
    named = [person for person in people if person.pk not in leading]
    if named and not group.may_have_facilitators_named_by(by):
        raise NotTheirs
    for person in named:
        lead(group, person)
        record_role(group=group, person=person, kind=DecisionKind.NAMING, by=by)


def _end_links_of(leading: Membership) -> None:
    """The links made by a facilitator let nobody in once they lead no more."""
    links = Invitation.objects.filter(group=leading.group_id, created_by=leading.user_id, email="", revoked_at=None)
    links.update(revoked_at=timezone.now())


@transaction.atomic
def leave(*, group: ExchangeGroup, user: User, erase_words: bool = False) -> None:
    """Leave a group. The words stay, signed « Ancien membre », unless the person asks to erase them.

    Raises LastFacilitator; nothing happens to someone who is not in.
    """
    _depart(group=group, user=user, departure=Departure.DEPART)
    if erase_words:
        erase_words_of(group=group, user=user)


@transaction.atomic
def remove_member(*, membership: Membership, reason: str) -> None:
    """Remove a member, with a reason that the person reads. Raises ReasonMissing or LastFacilitator."""
    if not reason.strip():
        raise ReasonMissing
    _depart(group=membership.group, user=membership.user, departure=Departure.RETRAIT, reason=reason.strip())
    standing = Invitation.objects.filter(
        group=membership.group_id, email__iexact=membership.user.email, revoked_at=None
    )
    standing.update(revoked_at=timezone.now())
    defer_mail("group_member_removed", to=membership.user, membership=membership.pk)


def _depart(*, group: ExchangeGroup, user: User, departure: Departure, reason: str = "") -> None:
    group = _lock(group)
    membership = Membership.objects.current().select_for_update().filter(group=group, user=user).first()
    if membership is None:
        return
    _keep_a_facilitator(group, membership)
    _end_links_of(membership)
    if membership.role == MemberRole.FACILITATOR:
        record_role(group=group, person=user, kind=DecisionKind.ENDING, by=None)
    membership.left_at, membership.departure, membership.departure_reason = timezone.now(), departure, reason
    membership.role = MemberRole.MEMBER
    membership.save()
    forget_rights(user)
    member_left.send(sender=Membership, user=user)


@transaction.atomic
def end_memberships(*, user: User) -> None:
    """The account of a member ends: they leave every group, even those that nobody else leads; the coordinators are
    told of these."""
    ended = Membership.objects.current().filter(user=user)
    groups = list(ended.values_list("group_id", flat=True))
    ended.update(left_at=timezone.now(), departure=Departure.COMPTE, role=MemberRole.MEMBER, leads_since=None)
    forget_rights(user)
    member_left.send(sender=Membership, user=user)
    look_after_leadership(groups=ExchangeGroup.objects.filter(pk__in=groups))


@transaction.atomic
def erase_words_of(*, group: ExchangeGroup, user: User) -> None:
    """Erase what someone wrote in a group: replies lose their text, topics too (they vanish when nobody replied)."""
    remove_comments(Comment.objects.filter(pk__in=replies_in(group), user=user))
    for topic in Topic.objects.filter(group=group, author=user):
        topic.revisions.all().delete()
        topic.files.all().delete()
        topic.title, topic.body, topic.author = str(ERASED_TITLE), str(ERASED_BODY), None
        topic.is_removed = topic.reply_count == 0
        topic.save()
