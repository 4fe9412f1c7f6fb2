"""Invitations: by e-mail or by link; sent, withdrawn, accepted."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.jobs import defer

from ..models import ExchangeGroup, Invitation, Membership
from ..tasks import send_invitation
from .errors import EntryRefused, InvitationForAnother, InvitationSpent
from .memberships import enter, was_removed

LINK_USES, LINK_DAYS = 20, 14


@transaction.atomic
def invite_by_mail(*, group: ExchangeGroup, emails: Iterable[str], by: User) -> list[Invitation]:
    """Invite these addresses, each once: an invitation that stands is sent again rather than doubled."""
    members = {
        email.lower()
        for email in Membership.objects.current().filter(group=group).values_list("user__email", flat=True)
    }
    made = []
    for email in dict.fromkeys(email.strip().lower() for email in emails):
        if not email or email in members:
            continue
        standing = Invitation.objects.standing().filter(group=group, email=email).first()
        invitation = standing or Invitation.objects.create(group=group, email=email, created_by=by)
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=None)
        defer(send_invitation, invitation=str(invitation.pk))
        made.append(invitation)
    return made


@transaction.atomic
def make_link(*, group: ExchangeGroup, by: User, uses: int = LINK_USES, days: int = LINK_DAYS) -> Invitation:
    """Make a link that lets this number of people in, for this number of days."""
    expires_at = timezone.now() + datetime.timedelta(days=days)
    return Invitation.objects.create(group=group, created_by=by, uses_left=uses, expires_at=expires_at)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation) -> None:
    """Withdraw an invitation at once; twice is harmless."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Enter by invitation. Raises InvitationSpent, InvitationForAnother or EntryRefused; a member gains nothing twice."""
    invitation = Invitation.objects.select_for_update().select_related("group").get(pk=invitation.pk)
    already = Membership.objects.current().filter(group=invitation.group, user=user).first()
    if already is not None:
        return already
    if not invitation.is_for(user):
        raise InvitationForAnother
    if not invitation.stands:
        raise InvitationSpent
    # A removal ends the invitations by name: one that stands was made since. A link is for others.
    if not invitation.group.may_welcome(user) or (not invitation.email and was_removed(invitation.group, user)):
        raise EntryRefused
    Invitation.objects.filter(pk=invitation.pk).update(uses_left=invitation.uses_left - 1)
    return enter(invitation.group, user)
