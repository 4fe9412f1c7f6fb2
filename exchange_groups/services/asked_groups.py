"""A group asked for by a member, and created by the coordination: led by who asked, in preparation, with its charter."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.given_addresses.models import is_free
from kb_site.mailing.tasks import defer_mail

from ..models import AskedGroup, ExchangeGroup
from .charters import publish_charter
from .errors import AlreadyDecided, GroupError, ReasonMissing
from .memberships import name_facilitators

WAITING_MOST = 3  # a person
ADDRESS_LENGTH = 50
PAGES = {
    "accords",
    "appui",
    "chiffres",
    "demander",
    "demandes",
    "fichiers",
    "invitation",
}  # addresses beside those of groups


class TooManyAsked(GroupError):
    """A person waits for answers already."""

    message = _("Trois de vos demandes attendent une réponse : laissez d’abord la coordination répondre.")


class MayNotLead(GroupError):
    """Who asked may no longer lead such a group: account closed, or institution that it does not admit."""

    message = _("La personne qui demande ne pourrait pas animer un groupe ainsi réglé : changez la confidentialité.")


@transaction.atomic
def ask_for_group(*, by: User, **fields: Any) -> AskedGroup:
    """Keep what a member asks for, and tell the coordinators. Raises TooManyAsked."""
    User.objects.select_for_update().get(pk=by.pk)
    if AskedGroup.objects.filter(asked_by=by, decided_at=None).count() >= WAITING_MOST:
        raise TooManyAsked
    asked = AskedGroup.objects.create(asked_by=by, **fields)
    for person in User.objects.coordinators():
        defer_mail("group_asked", to=person, key=f"group_asked:{asked.pk}:{person.pk}", asked=asked.pk)
    return asked


@transaction.atomic
def create_group(*, asked: AskedGroup, by: User, charter: str, **fields: Any) -> ExchangeGroup:
    """Create the group, in preparation: who asked leads it, under this charter. `fields` are those of the group.

    Whether `by` may is for the caller to check. Raises AlreadyDecided or MayNotLead.
    """
    current = _waiting(asked)
    group = ExchangeGroup(slug=_free_slug(fields["name"]), **fields)
    if not group.may_welcome(current.asked_by):
        raise MayNotLead
    group.full_clean(exclude=["charter"])
    group.save()
    name_facilitators(group=group, people=[current.asked_by], by=by)
    publish_charter(group=group, text=charter, by=current.asked_by)
    current.group = group
    _decide(current, by)
    return group


@transaction.atomic
def refuse_group(*, asked: AskedGroup, by: User, reason: str) -> None:
    """Say why the group is not created. Raises ReasonMissing or AlreadyDecided."""
    if not reason.strip():
        raise ReasonMissing
    current = _waiting(asked)
    current.reason = reason.strip()
    _decide(current, by)


def _waiting(asked: AskedGroup) -> AskedGroup:
    current = AskedGroup.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=asked.pk)
    if current.decided_at is not None:
        raise AlreadyDecided
    return current


def _decide(asked: AskedGroup, by: User) -> None:
    asked.decided_at, asked.decided_by = timezone.now(), by
    asked.save(update_fields=["group", "reason", "decided_at", "decided_by"])
    defer_mail("group_asked_decided", to=asked.asked_by, asked=asked.pk)


def _free_slug(name: str) -> str:
    """Return an address that no group has, nor ever had, nor a page beside them."""
    start = slugify(name)[:ADDRESS_LENGTH].strip("-") or "groupe"
    start = f"groupe-{start}"[:ADDRESS_LENGTH] if start in PAGES else start
    number, slug = 1, start
    while not is_free(ExchangeGroup.address_kind, slug, to=None) or ExchangeGroup.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{start[: ADDRESS_LENGTH - 4]}-{number}"
    return slug
