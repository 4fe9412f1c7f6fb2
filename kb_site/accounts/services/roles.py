"""Roles that coordinators give: editor of a network, coordination. Each is told to the person, and written in the journal.

Who leads a group is decided with the group (docs/decisions/0021-ratchet.md), not here.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from kb_site.journal.services import record
from kb_site.mailing.tasks import defer_mail

from .. import groups, sensitive_acts
from ..models import Network, User


class MayNotGive(Exception):
    """Nobody changes their own roles; only an approved account holds one."""


def roles_to_give() -> QuerySet[Group]:
    """Return the roles that coordinators give and take: the editors of each network, the coordination."""
    names = [groups.COORDINATION, *(groups.editors_group_name(network) for network in Network.objects.all())]
    return Group.objects.filter(name__in=names).order_by("name")


@transaction.atomic
def give_roles(*, user: User, roles: Iterable[Group], by: User) -> None:
    """Let an account hold these roles and no other of those that coordinators give; each new one is told by mail.

    Raises MayNotGive, when something would change.
    """
    chosen, held = set(roles), set(roles_to_give().filter(user=user))
    if chosen == held:
        return
    if user == by or (chosen - held and not user.is_approved):
        raise MayNotGive
    for role in held - chosen:
        user.groups.remove(role)
        record(sensitive_acts.ROLE_TAKEN, by=by, about=user, thing=role.name)
    for role in chosen - held:
        user.groups.add(role)
        record(sensitive_acts.ROLE_GIVEN, by=by, about=user, thing=role.name)
        defer_mail("role_given", to=user, role=role.pk)
