"""Decisions on accounts."""

from django.db import transaction

from kb_site.notifications.tasks import defer_mail

from . import groups
from .models import Structure, User
from .vocabularies import Role


@transaction.atomic
def approve_account(*, user: User, by: User, structure: Structure | None = None) -> None:
    """Give an account the rights of a member (or of a partner) and tell the person by mail."""
    user.decide(User.Status.APPROVED, by=by)
    user.structure = structure or user.structure
    user.save()
    user.groups.add(groups.ensure_group(groups.PARTNERS if user.role == Role.PARTENAIRE else groups.MEMBERS))
    defer_mail("account_approved", to=user.email, first_name=user.first_name)


@transaction.atomic
def refuse_account(*, user: User, by: User) -> None:
    """Refuse an account and tell the person by mail; it keeps what a visitor may read."""
    user.decide(User.Status.REFUSED, by=by)
    user.save()
    defer_mail("account_refused", to=user.email, first_name=user.first_name)
