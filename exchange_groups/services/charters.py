"""The charter of a group: its versions, and who accepted which."""

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from kb_site.accounts.models import User

from ..follows import follow_on_entry
from ..models import Charter, CharterAcceptance, ExchangeGroup
from ..permissions import forget_rights
from .errors import GroupError


class CharterReplaced(GroupError):
    """The version read is no longer the one in force."""


@transaction.atomic
def publish_charter(*, group: ExchangeGroup, text: str, by: User | None, lets_copies_leave: bool = False) -> Charter:
    """Put a new version in force: members accept it before they read or write again; its publisher has accepted it.

    `lets_copies_leave`: members may keep what is said on their devices. The same words and the same answer as in the
    version in force change nothing.
    """
    group = ExchangeGroup.objects.select_for_update(of=("self",)).select_related("charter").get(pk=group.pk)
    now = group.charter
    if now is not None and (now.text, now.lets_copies_leave) == (text, lets_copies_leave):
        return now
    latest = group.charters.order_by("-version").values_list("version", flat=True).first() or 0
    group.charter = Charter.objects.create(
        group=group, version=latest + 1, text=text, lets_copies_leave=lets_copies_leave, published_by=by
    )
    group.save(update_fields=["charter"])
    if by is not None:
        accept_charter(charter=group.charter, user=by)
    return group.charter


@transaction.atomic
def accept_charter(*, charter: Charter, user: User) -> CharterAcceptance:
    """Record that this person accepts this version; twice is harmless. Raises CharterReplaced."""
    if not ExchangeGroup.objects.filter(pk=charter.group_id, charter=charter).exists():
        raise CharterReplaced
    acceptance, made = CharterAcceptance.objects.get_or_create(
        charter=charter, user=user, defaults={"accepted_at": timezone.now()}
    )
    forget_rights(user)
    if made and not CharterAcceptance.objects.filter(charter__group=charter.group_id, user=user).exclude(
        pk=acceptance.pk
    ):
        follow_on_entry(group=charter.group, user=user)
    return acceptance


def versions_of(group: ExchangeGroup) -> QuerySet[Charter]:
    """Return the versions of a charter, the one in force first, with the number of acceptances of each."""
    return group.charters.annotate(accepted=Count("acceptances")).select_related("published_by").order_by("-version")
