"""The mails of groups that are about the person: an answer to a request, a removal, an invitation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.members.models import User
from kb_site.notifications.compose import Mail

from .models import Invitation, JoinRequest, Membership
from .vocabularies import Departure


def group_request_decided(*, to: User, request: int) -> Mail | None:
    """To the person who asked to enter a group, when a facilitator has answered."""
    asked = JoinRequest.objects.select_related("group").filter(pk=request, user=to).first()
    if asked is None or asked.state not in {JoinRequest.State.ACCEPTED, JoinRequest.State.REFUSED}:
        return None
    subject = (
        _("Vous êtes dans le groupe « %s »") if asked.state == JoinRequest.State.ACCEPTED else _("Le groupe « %s »")
    )
    return Mail(subject % asked.group, "group_request_decided", {"asked": asked, "group": asked.group})


def group_member_removed(*, to: User, membership: int) -> Mail | None:
    """To the person, when a facilitator has removed them from a group."""
    left = (
        Membership.objects.select_related("group").filter(pk=membership, user=to, departure=Departure.RETRAIT).first()
    )
    if left is None:  # back in meanwhile
        return None
    return Mail(_("Vous n’êtes plus dans le groupe « %s »") % left.group, "group_member_removed", {"left": left})


def group_invitation(*, to: Any, invitation: Any) -> Mail | None:
    """To an e-mail address, with or without an account, when a facilitator invites it (see tasks.send_invitation)."""
    found = Invitation.objects.select_related("group", "created_by").filter(pk=invitation).first()
    if found is None or not found.stands or not found.email:
        return None
    context = {"invitation": found, "group": found.group, "path": reverse("group_invitation", args=[found.token])}
    return Mail(_("Invitation dans le groupe « %s »") % found.group, "group_invitation", context)
