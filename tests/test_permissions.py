"""The permission matrix: every address × every role. A new address must enter it."""

import pytest
from django.urls import get_resolver

pytestmark = pytest.mark.django_db

ROLES = [None, "attente", "membre", "partenaire", "animation", "edition", "coordination", "admin"]
OPEN = dict.fromkeys(ROLES, 200)
SIGNED_IN = OPEN | {None: 302}
COORDINATORS = {role: 403 for role in ROLES} | {None: 302, "coordination": 200, "admin": 200}
POSTED_BY_COORDINATORS = {role: {200: 302}.get(status, status) for role, status in COORDINATORS.items()}
MATRIX = {
    "search": ("/recherche/", OPEN),
    "practice_list": ("/pratiques/", OPEN),
    "tool_list": ("/outils/", OPEN),
    "resource_list": ("/ressources/", OPEN),
    "components": ("/composants/", OPEN),
    "healthz": ("/healthz", OPEN),
    "readyz": ("/readyz", OPEN),
    "sitemap": ("/sitemap.xml", OPEN),
    "account_profile": ("/compte/", SIGNED_IN),
    "account_email": ("/compte/adresse/", dict.fromkeys(ROLES, 302)),
    "account_requests": ("/compte/demandes/", COORDINATORS),
    "account_decide": ("/compte/demandes/1/", POSTED_BY_COORDINATORS),
    "comment_moderation": (
        "/commentaires/moderation/",
        {role: 403 for role in ROLES} | {None: 302, "edition": 200, "coordination": 200, "admin": 200},
    ),
}
# Tested one by one where their behaviour is: allauth's screens, and doors that need a comment.
ELSEWHERE = {
    "account_login", "account_request_login_code", "account_confirm_login_code", "account_logout", "account_signup",
    "account_email_verification_sent", "account_inactive", "account_reauthenticate", "account_reset_password",
    "comment_add", "comment_reply", "comment_edit", "comment_delete", "comment_report", "comment_decide",
    "wagtail_serve",
}  # fmt: skip



def our_names() -> set[str]:
    names = set()
    for pattern in get_resolver().url_patterns:
        module = getattr(getattr(pattern, "urlconf_module", None), "__name__", "")
        if module.startswith("wagtail"):
            continue
        children = getattr(pattern, "url_patterns", [pattern])
        names |= {child.name for child in children if getattr(child, "name", None)}
    return names


def test_every_address_is_in_the_matrix():
    assert our_names() == set(MATRIX) | ELSEWHERE


@pytest.mark.parametrize("name", sorted(MATRIX))
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_it_may(signed_in, name, role):
    address, expected = MATRIX[name]
    assert signed_in(role).get(address).status_code == expected[role]


def test_editors_may_write_in_their_own_section_only(account):
    from practices.models import PracticeSectionPage

    own = PracticeSectionPage.objects.get(slug="chantiers-idf")
    other = PracticeSectionPage.objects.get(slug="numerique-inclusif")
    editor = account("edition")
    assert own.permissions_for_user(editor).can_publish_subpage()
    assert not other.permissions_for_user(editor).can_edit()
    assert not other.permissions_for_user(editor).can_publish_subpage()
