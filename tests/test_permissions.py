"""The permission matrix: every address × every role × reading and writing. A new address must enter it.

It is the one walk through all the addresses: what is asked of every answer is asked here (tests/answers.py)."""

import importlib
import pkgutil
from copy import deepcopy

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from kb_site.accounts.models import User

from . import permissions
from .answers import faults
from .conftest import sign_in
from .permissions import NOT_ALLOWED, ROLES

pytestmark = pytest.mark.django_db

ROOMS = [
    importlib.import_module(f"{permissions.__name__}.{room.name}")
    for room in pkgutil.iter_modules(permissions.__path__)
    if room.name != "admin"  # tests/test_matrix.py
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


@pytest.fixture(scope="module")
def cookies(kept_by_module):
    """Role → what its browser holds, signed in: one session each for the whole walk."""
    User.objects.update(last_seen_on=timezone.localdate())  # each visit would write it anew
    held = {}
    for role in ROLES:
        browser = Client()
        if role:
            sign_in(browser, User.objects.get(email=f"{role}@example.org"))
        held[role] = browser.cookies
    return held


@pytest.fixture
def visit(db, cookies, typography):
    """Return a function that reads or writes as a role and returns the answer; what the visit changed is undone."""
    browser = Client(raise_request_exception=False)  # one role's accident is a 500, and does not hide the others'

    def visit_(role: str | None, method: str, address: str) -> HttpResponseBase:
        browser.cookies = deepcopy(cookies[role])
        with transaction.atomic():
            answer = getattr(browser, method)(address)
            answer.getvalue()  # a file is closed once it is read
            transaction.set_rollback(True)
        return answer

    return visit_


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_role_reads_and_writes_what_it_may(visit, name):
    door = MATRIX[name]
    address = door.address if isinstance(door.address, str) else door.address()
    expected = {"get": door.get, "post": door.post or NOT_ALLOWED}
    surprises = []
    for method, statuses in expected.items():
        for role in ROLES:
            answer = visit(role, method, address)
            found = list(faults(name, method, role, answer))
            if answer.status_code != statuses[role]:
                found.append(f"{answer.status_code} instead of {statuses[role]}")
            surprises += [f"{method.upper()} {address} as {role or 'a visitor'}: {what}" for what in found]
    assert not surprises, "\n".join(surprises)


def test_editors_may_write_in_their_own_section_only(account):
    from practices.models import PracticeSectionPage

    own = PracticeSectionPage.objects.get(slug="chantiers-idf")
    other = PracticeSectionPage.objects.get(slug="numerique-inclusif")
    editor = account("edition")
    assert own.permissions_for_user(editor).can_add_subpage()
    assert not other.permissions_for_user(editor).can_edit()
    assert not other.permissions_for_user(editor).can_add_subpage()
