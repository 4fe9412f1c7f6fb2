"""Decisions on accounts, and who takes them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from kb_site.journal.services import record
from kb_site.mailing.tasks import defer_mail

from .. import groups, sensitive_acts
from ..choices import Role
from ..models import Structure, User
from ..signals import account_approved


class AlreadyDecided(Exception):
    """Another coordinator was faster."""


class NothingDeclared(Exception):
    """The name, the type or the département of the structure to create is missing."""


def may_decide(user: Any) -> bool:
    """Whether this person, signed in or not, approves accounts."""
    return bool(user.is_authenticated and user.may_decide_accounts())


def declares_structure(user: User) -> bool:
    """Whether a structure can be created from what this person wrote at sign-up."""
    return all([user.structure_declared, user.siae_type_declared, user.territory_declared])


@transaction.atomic
def announce_account(*, user: User) -> None:
    """Tell the coordinators that an account, its address just confirmed, waits for them."""
    if user.status != User.Status.PENDING:
        return
    for coordinator in User.objects.coordinators():
        defer_mail("account_to_approve", to=coordinator, account=user.pk)


@transaction.atomic
def remind_coordinators(*, now: datetime.datetime) -> int:
    """Remind the coordinators, once for each account, of those that wait longer than was announced; return how many."""
    late = User.objects.waiting_for_long(now=now).filter(coordinators_reminded_on=None)
    found = User.objects.filter(pk__in=late.order_by().values("pk")).update(coordinators_reminded_on=now.date())
    if found:
        for coordinator in User.objects.coordinators():
            defer_mail("accounts_waiting", to=coordinator)
    return found


@transaction.atomic
def approve_account(
    *, user: User, by: User, structure: Structure | None = None, create_structure: bool = False
) -> None:
    """Give an account the rights of a member, or of a partner, and tell the person by mail.

    The structure is the one given, or the declared one, found or created. Raises AlreadyDecided, NothingDeclared.
    """
    _lock_pending(user)
    if create_structure:
        structure = _declared_structure(user)
    user.structure = structure or user.structure
    user.decide(User.Status.APPROVED, by=by)
    user.save()
    is_partner = user.role == Role.PARTENAIRE
    user.groups.add(groups.ensure_group(groups.PARTNERS if is_partner else groups.MEMBERS))
    user.groups.remove(groups.ensure_group(groups.MEMBERS if is_partner else groups.PARTNERS))
    record(sensitive_acts.APPROVED, by=by, about=user, thing=user.structure or "")
    account_approved.send(sender=User, user=user)
    defer_mail("account_approved", to=user)


@transaction.atomic
def refuse_account(*, user: User, by: User) -> None:
    """Refuse an account and tell the person by mail; it keeps what a visitor may read. Raises AlreadyDecided."""
    _lock_pending(user)
    user.decide(User.Status.REFUSED, by=by)
    user.save()
    record(sensitive_acts.REFUSED, by=by, about=user)
    defer_mail("account_refused", to=user)


@transaction.atomic
def change_account(*, by: User, user: User, structure: Structure | None, is_active: bool) -> None:
    """Put an account in another structure, close it or open it again."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update(of=("self",)))
    if user.structure != structure:
        record(sensitive_acts.MOVED, by=by, about=user, before=user.structure or "", after=structure or "")
    if user.is_active != is_active:
        record(sensitive_acts.OPENED if is_active else sensitive_acts.CLOSED, by=by, about=user)
    user.structure, user.is_active = structure, is_active
    user.save(update_fields=["structure", "is_active"])


def approve_batch(*, people: Iterable[User], by: User) -> tuple[int, list[User]]:
    """Approve several accounts, each in its own transaction; return how many were, and those left to decide one by one.

    Each joins the structure it declared, which must exist already: creating one is a decision of its own. A partner
    needs none. Who was decided meanwhile is neither counted nor left.
    """
    done, left = 0, []
    for person in people:
        structure = _existing_structure(person)
        if structure is None and person.role != Role.PARTENAIRE:
            left.append(person)
            continue
        try:
            approve_account(user=person, by=by, structure=structure)
        except AlreadyDecided:
            continue
        done += 1
    return done, left


def refuse_batch(*, people: Iterable[User], by: User) -> int:
    """Refuse several accounts; return how many were."""
    done = 0
    for person in people:
        try:
            refuse_account(user=person, by=by)
        except AlreadyDecided:
            continue
        done += 1
    return done


@transaction.atomic
def declare_structure(*, user: User, structure_declared: str, siae_type_declared: str, territory_declared: str) -> None:
    """Record where a person without structure works now; the account waits for a coordinator, who is told."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    user.structure_declared, user.siae_type_declared = structure_declared, siae_type_declared
    user.territory_declared, user.status = territory_declared, User.Status.PENDING
    user.coordinators_reminded_on = None
    user.save()
    announce_account(user=user)


def _existing_structure(user: User) -> Structure | None:
    named = Structure.objects.filter(name__iexact=user.structure_declared) if user.structure_declared else None
    if named is None:
        return None
    if user.territory_declared:
        named = named.filter(territory=user.territory_declared)
    found = list(named[:2])
    return found[0] if len(found) == 1 else None  # two structures of one name: a person must choose


def _lock_pending(user: User) -> None:
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    if user.status != User.Status.PENDING:
        raise AlreadyDecided


def _declared_structure(user: User) -> Structure:
    if not declares_structure(user):
        raise NothingDeclared
    same = Structure.objects.filter(name__iexact=user.structure_declared, territory=user.territory_declared).first()
    return same or Structure.objects.create(
        name=user.structure_declared, territory=user.territory_declared, siae_type=user.siae_type_declared
    )
