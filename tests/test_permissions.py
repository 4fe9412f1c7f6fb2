"""The permission matrix: every address × every role × reading and writing. A new address must enter it."""

import importlib
import pkgutil

import pytest
from django.urls import get_resolver

from . import permissions
from .permissions import NOT_ALLOWED, ROLES

pytestmark = pytest.mark.django_db

ROOMS = [
    importlib.import_module(f"{permissions.__name__}.{room.name}")
    for room in pkgutil.iter_modules(permissions.__path__)
]
MATRIX = {name: door for room in ROOMS for name, door in room.DOORS.items()}
ELSEWHERE = {name for room in ROOMS for name in room.ELSEWHERE}


def our_names(patterns, inside: str = "") -> set[str]:
    """Return the names of the addresses below these patterns, namespaces included, Wagtail's own left out."""
    names = set()
    for pattern in patterns:
        module = getattr(getattr(pattern, "urlconf_module", None), "__name__", "")
        if module.startswith("wagtail"):
            continue
        if hasattr(pattern, "url_patterns"):
            namespace = f"{inside}{pattern.namespace}:" if pattern.namespace else inside
            names |= our_names(pattern.url_patterns, namespace)
        elif pattern.name:
            names.add(f"{inside}{pattern.name}")
    return names


def test_every_address_is_in_the_matrix():
    assert our_names(get_resolver().url_patterns) == set(MATRIX) | ELSEWHERE


def address_of(door) -> str:
    return door.address if isinstance(door.address, str) else door.address()


@pytest.mark.parametrize("name", sorted(MATRIX))
@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_it_may(signed_in, name, role):
    door = MATRIX[name]
    assert signed_in(role).get(address_of(door)).status_code == door.get[role]


@pytest.mark.parametrize("name", sorted(MATRIX))
@pytest.mark.parametrize("role", ROLES)
def test_each_role_writes_what_it_may(signed_in, name, role):
    door = MATRIX[name]
    assert signed_in(role).post(address_of(door)).status_code == (door.post or NOT_ALLOWED)[role]


def test_editors_may_write_in_their_own_section_only(account):
    from practices.models import PracticeSectionPage

    own = PracticeSectionPage.objects.get(slug="chantiers-idf")
    other = PracticeSectionPage.objects.get(slug="numerique-inclusif")
    editor = account("edition")
    assert own.permissions_for_user(editor).can_add_subpage()
    assert not other.permissions_for_user(editor).can_edit()
    assert not other.permissions_for_user(editor).can_add_subpage()
