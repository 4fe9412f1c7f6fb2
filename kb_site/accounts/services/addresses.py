"""The address of an account receives its codes: who changes it holds the account. Nobody changes it alone nor in silence.

Its owner does, with a proof of both sides: a fresh proof (fresh_proof.py) and a code sent to the new address. An administrator
asks for it where the owner cannot: the present address is told at once, and nothing changes for NOTICE, during which the owner
keeps it with one button. Both are written in the journal. Wagtail's screens change no address (admin_accounts.py).
"""

import datetime

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from kb_site.journal.services import record
from kb_site.mailing.tasks import defer_mail

from .. import sensitive_acts
from ..models import AddressChange, User
from ..retention_periods import ADDRESS_NOTICE
from ..sessions import close_sessions


class AddressTaken(Exception):
    """Another account has this address."""


class NotAdministrator(Exception):
    """Only an administrator asks for the address of somebody else."""


def is_taken(email: str, *, by_other_than: User) -> bool:
    """Whether another account signs in with this address."""
    others = User.objects.filter(email__iexact=email).exclude(pk=by_other_than.pk)
    return others.exists() or EmailAddress.objects.filter(email__iexact=email).exclude(user=by_other_than).exists()


@transaction.atomic
def change_own_address(*, request: HttpRequest, user: User, email: str) -> None:
    """Give one's account another address, proved by a code sent there; the former one is told, or nothing changes.

    Every other device is signed out. Raises AddressTaken.
    """
    former = user.email
    _set_address(user, email)
    AddressChange.objects.filter(user=user).delete()
    record(sensitive_acts.ADDRESS_CHANGED, by=user)
    close_sessions(user, but=request)
    # Now: a mail of the queue goes to the address of the moment, which is the new one.
    get_adapter(request).send_mail("account/email/address_changed", former, {"request": request})


def _may_ask(by: User | None) -> bool:
    """Whether this is an administrator, still."""
    return by is not None and by.is_superuser and by.is_active


@transaction.atomic
def ask_address_change(*, user: User, email: str, by: User) -> AddressChange:
    """Ask, as an administrator, that an account take another address at the end of the notice; its owner is told where they
    are now. A new request takes the place of one that waits. Raises NotAdministrator, AddressTaken.
    """
    if not _may_ask(by):
        raise NotAdministrator
    user.refresh_from_db(from_queryset=User.objects.select_for_update(of=("self",)))
    if is_taken(email, by_other_than=user):
        raise AddressTaken
    now = timezone.now()
    change, _created = AddressChange.objects.update_or_create(
        user=user, defaults={"email": email, "asked_by": by, "asked_at": now, "due_at": now + ADDRESS_NOTICE}
    )
    record(sensitive_acts.ADDRESS_ASKED, by=by, about=user)
    defer_mail("address_change_asked", to=user, key=f"address_change_asked:{change.pk}:{now.timestamp()}")
    return change


@transaction.atomic
def keep_address(*, user: User) -> bool:
    """The owner refuses what was asked for their account; whether something was."""
    gone, _by_model = AddressChange.objects.filter(user=user).delete()
    if gone:
        record(sensitive_acts.ADDRESS_KEPT, by=user)
    return bool(gone)


def apply_due_changes(*, now: datetime.datetime) -> int:
    """Give the addresses whose notice is over; return how many. Dropped: one that another account took meanwhile, one asked
    by somebody who is no administrator any more.
    """
    return sum(_apply(pk, now) for pk in AddressChange.objects.filter(due_at__lte=now).values_list("pk", flat=True))


@transaction.atomic
def _apply(pk: int, now: datetime.datetime) -> bool:
    change = (
        AddressChange.objects.select_for_update(of=("self",)).select_related("user", "asked_by").filter(pk=pk).first()
    )
    if change is None or change.due_at > now:  # kept or asked anew meanwhile
        return False
    user, email, by = change.user, change.email, change.asked_by
    change.delete()
    if not _may_ask(by):
        return False
    try:
        _set_address(user, email)
    except AddressTaken:
        return False
    record(sensitive_acts.ADDRESS_GIVEN, by=by, about=user)
    close_sessions(user)
    defer_mail("address_given", to=user)
    return True


def _set_address(user: User, email: str) -> None:
    user.refresh_from_db(from_queryset=User.objects.select_for_update(of=("self",)))
    if is_taken(email, by_other_than=user):
        raise AddressTaken
    user.email = email.lower()
    user.save(update_fields=["email"])
    # allauth signs in by these as well: none of the former ones may open the account.
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
