"""Every address of the URLconf × every role × every method: who comes in, nothing that fails, nothing kept by a cache.

Addresses come from the URLconf by themselves (tests/urlconf.py), what is expected from one policy per name: DOORS of
tests/permissions/ for ours, tests/permissions/admin.py for Wagtail's admin. What each role gets at ours, status by status, is
tests/test_permissions.py.
"""

from fnmatch import fnmatchcase
from itertools import cycle

import pytest
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.middleware.method_not_allowed import TAKEN, methods_of
from tests.answers import FOR_ALL, is_private
from tests.permissions import ROLES
from tests.permissions.admin import POLICIES
from tests.test_permissions import ELSEWHERE, MATRIX
from tests.urlconf import filled, keys_by_namespace, places

pytestmark = pytest.mark.django_db

# Wagtail's own page that fails on purpose; signing out ends the walk.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailadmin_logout", "account_logout"}
# Their arguments are paths, which pages and documents have of their own: tests/practices/, tests/home/.
OTHER_TESTS = {"wagtail_serve", "wagtaildocs_serve"}
# Whoever may come in is sent on: what they ask for is not there now (a step of a workflow, a form to confirm).
SENT_ON = {
    "wagtailadmin_login",  # who has signed in is led to the home of the admin
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_explore_root",
}
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")
# They go no further than the door of the admin, one for all its addresses: reading says whether it is there.
ONLY_READING = {"attente", "membre", "partenaire", "animation"}
# Wagtail's own screens know nothing of what sets these apart from a member: they are asked ours.
ONLY_OURS = {"attente", "partenaire"}
# What these get is told by the answer before it is put in words: the same screens are rendered for an editor and for an
# administrator, who read, and for an administrator, who writes.
UNREAD = {("get", "coordination"), ("post", "edition"), ("post", "coordination")}
# Wagtail's own forms that fail when they come without any of their fields, which no browser sends.
FAILS_WHEN_EMPTY = {"wagtailadmin_choose_page_external_link", "wagtailredirects:process_import"}
FAILED = 500


def policy_of(name):
    return next(roles for pattern, roles in POLICIES.items() if fnmatchcase(name, pattern))


@pytest.fixture(scope="module")
def every_place():
    return {place.name: place for place in places() if place.name not in LEFT_OUT | OTHER_TESTS}


@pytest.fixture(scope="module")
def addresses(kept_by_module, every_place):
    """Name → address, of every address of the site; things that some of them need are made once."""
    keys = keys_by_namespace()
    found = {name: filled(place, keys) for name, place in every_place.items()}
    for name, door in MATRIX.items():
        found[name] = door.address if isinstance(door.address, str) else door.address()
    return found


@pytest.fixture
def ask(db, signed_in):
    """Return a function that asks several addresses as a role; what each visit changes is undone."""

    User.objects.update(last_seen_on=timezone.localdate())  # each visit would write it anew

    def ask_(role, method, wanted):
        browser = signed_in(role)
        browser.raise_request_exception = False
        for name, address in wanted.items():
            with transaction.atomic():
                answer = getattr(browser, method)(address)
                answer.getvalue()  # a file is closed once it is read
                transaction.set_rollback(True)
            yield name, answer

    return ask_


def is_turned_away(answer):
    """Forbidden, sent to sign in or back to the home of the admin."""
    where = answer.get("Location", "")
    sent_away = where == "/admin/" or where.startswith("/compte/connexion/")
    return answer.status_code == 403 or (answer.status_code in {301, 302} and sent_away)


def is_refused(answer):
    """Turned away, or told that there is no such thing, or that it takes something else."""
    return answer.status_code in {404, 405} or is_turned_away(answer)


def may_be_kept(name, answer):
    """Whether a cache may keep an answer given to somebody who signed in."""
    return not is_private(answer) and name not in FOR_ALL


def test_every_address_is_found_and_filled_in(addresses):
    assert [name for name, address in addresses.items() if address is None] == []
    assert len(addresses) > 600


def test_each_door_stands_at_the_address_of_its_name(addresses):
    wrong = {name: addresses[name] for name in MATRIX if resolve(addresses[name].partition("?")[0]).view_name != name}
    assert wrong == {}


def is_ours(address):
    return not resolve(address.partition("?")[0]).func.__module__.startswith("wagtail")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_into_the_admin_where_its_policy_says(addresses, every_place, ask, role, monkeypatch):
    admin = {name: address for name, address in addresses.items() if every_place[name].in_admin}
    if role in ONLY_OURS:
        admin = {name: address for name, address in admin.items() if is_ours(address)}
        assert len(admin) > 10
    surprises = []
    for method in ("get",) if role in ONLY_READING else ("get", "post"):
        if (method, role) in UNREAD:
            monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
        for name, answer in ask(role, method, admin):
            allowed = role in policy_of(name)
            if answer.status_code >= FAILED and not (method == "post" and name in FAILS_WHEN_EMPTY):
                surprises.append(f"{method} {name} {answer.status_code}")
            elif not allowed and not is_refused(answer):
                surprises.append(f"{method} {name}: {role} comes in ({answer.status_code})")
            elif allowed and method == "get" and name not in SENT_ON and is_turned_away(answer):
                surprises.append(f"{method} {name}: {role} is refused ({answer.status_code})")
            if role and may_be_kept(name, answer):
                surprises.append(f"{method} {name}: may be kept by a cache")
    assert surprises == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_addresses_that_need_an_object_of_their_own_fail_for_nobody(addresses, ask, method):
    wanted = {name: addresses[name] for name in ELSEWHERE if name in addresses}
    surprises = [
        f"{name} as {role}: {answer.status_code} {answer.get('Cache-Control', '')}"
        for role in ROLES
        for name, answer in ask(role, method, wanted)
        if answer.status_code >= FAILED or (role and may_be_kept(name, answer))
    ]
    assert surprises == []


def test_no_other_method_reaches_a_view(addresses):
    browser, surprises = Client(raise_request_exception=False), []
    for (name, address), method in zip(addresses.items(), cycle(OTHER_METHODS), strict=False):
        if method.upper() not in methods_of(name) and getattr(browser, method)(address).status_code != 405:
            surprises.append(f"{method} {name}")
    assert surprises == []
    assert {name for name in addresses if methods_of(name) != TAKEN} >= {"wagtailadmin_dismissibles"}


def test_what_a_visitor_sends_is_kept_by_no_cache(addresses, ask):
    ours = {name: addresses[name] for name, door in MATRIX.items() if door.post}
    kept = [name for name, answer in ask(None, "post", ours) if may_be_kept(name, answer)]
    assert kept == []
