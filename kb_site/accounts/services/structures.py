"""What a structure's referent does: invite colleagues, remove those who leave.

A structure exists on the site because a coordinator approved one of its people. So a colleague whom its referent invites,
and who confirms the invited address, needs no second decision; an institution's account always does, since it opens other
doors. Coordinators see who invited whom, and close what should not be open.
"""

import datetime
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kb_site.jobs import defer
from kb_site.journal.services import record
from kb_site.mailing.tasks import defer_mail

from .. import groups, sensitive_acts
from ..models import Invitation, Structure, User
from ..tasks import mail_invitation
from .approval import AlreadyDecided, approve_account

VALID_FOR = datetime.timedelta(days=30)
OPEN_AT_ONCE = 40


class NotTheReferent(Exception):
    """The person is not the referent of this structure."""


class TooManyInvitations(Exception):
    """Too many invitations wait for an answer."""


class MayNotRemove(Exception):
    """Not a colleague of the structure, oneself, a coordinator, or another referent: the coordination named them."""


# Whether something other than a structure vouches for a person: an app above says so of the roles that it gives.
Voucher = Callable[[User], bool]
_vouchers: list[Voucher] = []


def register_voucher(vouches: Voucher) -> None:
    """Let an app above say that it gave a person a role, which no structure takes away (called once, in ready())."""
    if vouches not in _vouchers:
        _vouchers.append(vouches)


def has_role_of_network(user: User) -> bool:
    """Whether the network gave this person a role: a group of accounts beyond the members', or one that an app knows."""
    given = user.groups.exclude(name__in=[groups.MEMBERS, groups.PARTNERS]).exists()
    return user.is_staff or given or any(vouches(user) for vouches in _vouchers)


def referent_structure(user: User) -> Structure:
    """Return the structure whose referent this person is. Raises NotTheReferent."""
    if not (user.is_approved and user.is_referent and user.structure):
        raise NotTheReferent
    return user.structure


def answers_for(by: User, structure: Structure) -> bool:
    """Whether this person still answers for a structure: its referent, a coordinator."""
    own = by.is_referent and by.structure_id == structure.pk
    return by.is_approved and (own or by.may_decide_accounts())


def read_addresses(text: str) -> tuple[list[str], list[str]]:
    """Return the addresses of a pasted list, once each and in lower case, and what is no address in it."""
    good: dict[str, None] = {}
    wrong: list[str] = []
    for piece in text.replace(",", " ").replace(";", " ").split():
        address = piece.strip("<>").lower()
        try:
            validate_email(address)
        except ValidationError:
            wrong.append(piece)
        else:
            good[address] = None
    return list(good), wrong


def open_invitations(structure: Structure) -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer."""
    since = timezone.now() - VALID_FOR
    return structure.invitations.filter(accepted_at=None, created_at__gte=since)


@transaction.atomic
def invite(*, by: User, emails: Iterable[str], structure: Structure | None = None) -> list[Invitation]:
    """Invite colleagues by mail; `structure`: another one than one's own, for coordinators. An address invited before and still waiting is not written to again; one that let the
    invitation expire is. Raises NotTheReferent, TooManyInvitations."""
    if structure is None:
        structure = referent_structure(by)
    elif not answers_for(by, structure):
        raise NotTheReferent
    waiting = set(open_invitations(structure).values_list("email", flat=True))
    colleagues = set(structure.staff.filter(is_active=True).values_list("email", flat=True))
    wanted = [email.lower() for email in emails if email.lower() not in waiting | colleagues]
    if len(waiting) + len(wanted) > OPEN_AT_ONCE:
        raise TooManyInvitations
    sent = []
    for email in wanted:
        structure.invitations.filter(email__iexact=email).delete()
        invitation = Invitation.objects.create(structure=structure, email=email, invited_by=by)
        defer(mail_invitation, invitation=invitation.pk)
        sent.append(invitation)
    return sent


def withdraw_invitation(*, by: User, pk: int) -> None:
    """Withdraw an invitation that waits. Twice is harmless. Raises NotTheReferent."""
    open_invitations(referent_structure(by)).filter(pk=pk).delete()


def invitation_for(user: User) -> Invitation | None:
    """Return the invitation that waits for this account's address, if any."""
    since = timezone.now() - VALID_FOR
    found = Invitation.objects.filter(email__iexact=user.email, accepted_at=None, created_at__gte=since)
    return found.select_related("structure", "invited_by").first()


@transaction.atomic
def accept_invitation(*, user: User) -> bool:
    """Attach an account, its address just confirmed, to the structure that invited it; whether it is approved by that.

    An institution's account still waits for a coordinator, whatever job it says to have since; so does one invited by a person
    of an institution, or who no longer answers for the structure.
    """
    invitation = invitation_for(user)
    if invitation is None or user.comes_from_institution or user.status == User.Status.REFUSED:
        return False
    by = invitation.invited_by
    if by is None or not answers_for(by, invitation.structure):
        return False
    if by.comes_from_institution and not by.may_decide_accounts():
        return False
    if user.is_approved:
        User.objects.filter(pk=user.pk).update(structure=invitation.structure, is_referent=False)
    else:
        if user.status == User.Status.DETACHED:
            User.objects.filter(pk=user.pk).update(status=User.Status.PENDING)
        try:
            approve_account(user=user, by=by, structure=invitation.structure)
        except AlreadyDecided:
            return False
    Invitation.objects.filter(pk=invitation.pk).update(account=user, accepted_at=timezone.now())
    return True


def removable_by(by: User) -> QuerySet[User]:
    """Return the colleagues whom this referent may remove: not themselves, nor those whom the coordination answers for."""
    if not (by.is_approved and by.is_referent and by.structure_id):
        return User.objects.none()
    colleagues: QuerySet[User] = User.objects.filter(structure=by.structure_id, is_active=True, is_superuser=False)
    return colleagues.exclude(pk=by.pk).exclude(is_referent=True).exclude(groups__name=groups.COORDINATION)


@transaction.atomic
def remove_leaver(*, by: User, user: User) -> None:
    """Detach a colleague who left the structure: their words stay, their rights as a member end until another structure
    or a coordinator vouches for them; a mail tells them. Who holds a role of the network only loses the structure: what it
    did not give, it does not take. Raises MayNotRemove."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    if not removable_by(by).filter(pk=user.pk).exists():
        raise MayNotRemove
    record(sensitive_acts.DETACHED, by=by, about=user, thing=user.structure or "")
    user.structure, user.is_referent = None, False
    if not has_role_of_network(user):
        user.decide(User.Status.DETACHED, by=by)
        # That somebody came from an institution stays known: the next approval says whether it is so still.
        user.groups.remove(*user.groups.exclude(name=groups.PARTNERS))
    user.save()
    defer_mail("structure_left", to=user)


@transaction.atomic
def name_referent(*, by: User, user: User, referent: bool) -> None:
    """Make a person the referent of their structure, or no longer (coordinators). Raises NotTheReferent without one."""
    if referent and (user.structure_id is None or not user.is_approved):
        raise NotTheReferent
    if user.is_referent != referent:
        User.objects.filter(pk=user.pk).update(is_referent=referent)
        kind = sensitive_acts.REFERENT_NAMED if referent else sensitive_acts.REFERENT_ENDED
        record(kind, by=by, about=user, thing=user.structure or "")
        if referent:
            defer_mail("referent_named", to=user)
