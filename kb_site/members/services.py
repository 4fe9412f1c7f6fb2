"""Decisions on accounts, and who takes them."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from kb_site.notifications.tasks import defer_mail

from . import groups
from .models import Structure, User, UserQuerySet
from .vocabularies import Role


class AlreadyDecided(Exception):
    """Another coordinator was faster."""


class NothingDeclared(Exception):
    """The name, the type or the département of the structure to create is missing."""


def coordinators() -> UserQuerySet:
    """Return those who approve accounts: the approved accounts of the group Coordination, and administrators."""
    approved = Q(groups__name=groups.COORDINATION, status=User.Status.APPROVED)
    found: UserQuerySet = User.objects.filter(Q(is_superuser=True) | approved, is_active=True).distinct()
    return found


def may_decide(user: Any) -> bool:
    """Whether this person, signed in or not, approves accounts."""
    return bool(user.is_authenticated) and coordinators().filter(pk=user.pk).exists()


def declares_structure(user: User) -> bool:
    """Whether a structure can be created from what this person wrote at sign-up."""
    return all([user.structure_declared, user.siae_type_declared, user.territory_declared])


@transaction.atomic
def announce_account(*, user: User) -> None:
    """Tell the coordinators that an account, its address just confirmed, waits for them."""
    if user.status != User.Status.PENDING:
        return
    for coordinator in coordinators():
        defer_mail("account_to_approve", to=coordinator, account=user.pk)


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
    user.groups.add(groups.ensure_group(groups.PARTNERS if user.role == Role.PARTENAIRE else groups.MEMBERS))
    defer_mail("account_approved", to=user)


@transaction.atomic
def refuse_account(*, user: User, by: User) -> None:
    """Refuse an account and tell the person by mail; it keeps what a visitor may read. Raises AlreadyDecided."""
    _lock_pending(user)
    user.decide(User.Status.REFUSED, by=by)
    user.save()
    defer_mail("account_refused", to=user)


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
