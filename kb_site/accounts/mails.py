"""The mails about accounts. Each is composed when it leaves, from ids; None when there is nothing left to say."""

from django.urls import reverse
from django.utils import timezone

from kb_site.mailing.compose import Mail

from .choices import COORDINATION
from .models import AddressChange, Invitation, User
from .retention_periods import DECIDED_WITHIN, WAITING, WARNED_FOR
from .tokens import invitation_token


def account_to_approve(*, to: User, account: int) -> Mail | None:
    """To a coordinator, when the address of a new account is confirmed."""
    person = User.objects.pending().filter(pk=account).first()
    if person is None:  # decided or deleted meanwhile
        return None
    return Mail("account_to_approve", {"person": person})


def accounts_waiting(*, to: User) -> Mail | None:
    """To a coordinator, when accounts wait longer than was announced; None when they were decided meanwhile."""
    waiting = list(User.objects.waiting_for_long(now=timezone.now()))
    if not waiting or not to.may_decide_accounts():
        return None
    return Mail("accounts_waiting", {"waiting": waiting, "days": DECIDED_WITHIN.days})


def account_approved(*, to: User) -> Mail | None:
    """To the person, when a coordinator has approved the account."""
    return Mail("account_approved") if to.is_approved else None


def account_refused(*, to: User) -> Mail | None:
    """To the person, when a coordinator has refused the account."""
    return Mail("account_refused") if to.status == User.Status.REFUSED else None


def structure_invitation(*, to: Invitation) -> Mail:
    """To a colleague whom a structure's referent invites; they may have no account yet."""
    context = {"invitation": to, "path": reverse("structure_invitation", args=[invitation_token(to)])}
    return Mail("structure_invitation", context)


def structure_left(*, to: User) -> Mail | None:
    """To a person whom the referent removed from the structure; None when another one took them in meanwhile."""
    if to.structure_id is not None or to.status not in {User.Status.DETACHED, User.Status.APPROVED}:
        return None
    keeps_role = to.status == User.Status.APPROVED
    return Mail("structure_left", {"keeps_role": keeps_role})


def referent_named(*, to: User) -> Mail | None:
    """To a person whom a coordinator named referent of their structure."""
    return Mail("referent_named") if to.is_referent and to.structure else None


def role_given(*, to: User, role: int) -> Mail | None:
    """To a person whom a coordinator gave a role: what it opens, and where to begin."""
    held = to.groups.filter(pk=role).first()
    if held is None or not to.is_approved:  # taken back meanwhile
        return None
    return Mail("role_given", {"role": held.name, "coordinates": held.name == COORDINATION})


def passkeys_changed(*, to: User) -> Mail:
    """To a person, when a passkey was added to their account or removed from it."""
    return Mail("passkeys_changed")


def address_change_asked(*, to: User) -> Mail | None:
    """To a person, at the address they have, when an administrator asks for another one: says how to keep theirs."""
    change = AddressChange.objects.filter(user=to).first()
    return Mail("address_change_asked", {"change": change}) if change else None


def address_given(*, to: User) -> Mail:
    """To a person, at their new address, once an administrator has given it to their account."""
    return Mail("address_given")


def erasure_asked(*, to: User) -> Mail | None:
    """To a person who asked for their account to be erased: says when, and how to change their mind."""
    if to.erasure_asked_on is None:
        return None
    return Mail("erasure_asked", {"day": to.erasure_asked_on + WAITING})


def inactivity_warning(*, to: User) -> Mail | None:
    """To a person who has not come for 23 months; None if they came meanwhile."""
    if to.inactivity_warned_on is None:
        return None
    return Mail("inactivity_warning", {"day": to.inactivity_warned_on + WARNED_FOR})
