"""Roles as groups of accounts: their names and what each may do."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .choices import COORDINATION, FACILITATORS, MEMBERS, PARTNERS
from .models import Network

__all__ = ["COORDINATION", "FACILITATORS", "MEMBERS", "PARTNERS"]

# What editors share, whatever their network: the vocabularies, the media, what people look for and ask.
EDITOR_PERMISSIONS = [
    ("wagtailadmin", "access_admin"),
    *[("search_gaps", f"{verb}_searchgap") for verb in ("change", "view")],
    *[("card_requests", f"{verb}_cardrequest") for verb in ("change", "view")],
    *[("practices", f"{verb}_{model}") for model in ("theme", "condition") for verb in ("add", "change", "view")],
    *[("exchange_sessions", f"{verb}_method") for verb in ("add", "change", "view")],
    *[
        ("findable", f"{verb}_{model}")
        for model in ("synonymgroup", "constraint", "need")
        for verb in ("add", "change", "delete", "view")
    ],
    *[("facts", f"{verb}_fact") for verb in ("add", "change", "delete", "view")],
    *[
        ("helplines", f"{verb}_{model}")
        for model in ("dangersituation", "helpline")
        for verb in ("add", "change", "delete", "view")
    ],
]
COORDINATION_PERMISSIONS = [
    *EDITOR_PERMISSIONS,
    *[("members", f"{verb}_{model}") for model in ("structure", "network") for verb in ("add", "change", "view")],
    *[
        ("exchange_groups", f"{verb}_{model}")
        for model in ("supportgroup", "exchangegroup")
        for verb in ("add", "change", "view")
    ],
    ("identity", "change_identity"),
    *[("comments", f"{verb}_blockedword") for verb in ("add", "change", "delete", "view")],
]
PAGE_PERMISSIONS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]


def editors_group_name(network: Network) -> str:
    """Return the name of the group of a network's editors."""
    return f"Édition – {network.name}"


def ensure_group(name: str, permissions: Iterable[tuple[str, str]] = ()) -> Group:
    """Return the group, created if need be, with at least these permissions (app label, codename)."""
    group, _created = Group.objects.get_or_create(name=name)
    for app_label, codename in permissions:
        group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return group


def allow_on_page(group: Group, page: Page) -> None:
    """Let a group add, change, publish and lock under this page, and choose and add media."""
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    root = Collection.get_first_root_node()
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for verb in ("add", "choose"):
            permission = Permission.objects.get(content_type__app_label=app_label, codename=f"{verb}_{model}")
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
