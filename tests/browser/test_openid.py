"""Signing in and out with an identity server, in a real browser and with a real server (tests/openid/)."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import drop_copy, make_copy
from tests.elasticsearch.server import free_port
from tests.openid.servers import Unavailable, identity_server, install, site_with

from .conftest import DESKTOP, PHONE


@pytest.fixture(scope="module")
def openid_site(sample_database, django_db_setup, django_db_blocker, worker_id) -> Iterator[str]:
    """Return the address of the site with an identity server, or skip (fail where services are required).

    Started once, on a copy of the sample database: each test signs in as somebody in a window of its own.
    """
    try:
        install()
    except Unavailable as error:
        reason = f"OpenID Connect: install Node.js and npm ({error})"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    port, copy = free_port(), f"{sample_database}_{worker_id}_openid"
    with django_db_blocker.unblock():
        make_copy(sample_database, copy)
    with (
        identity_server(free_port(), f"http://127.0.0.1:{port}") as issuer,
        site_with(issuer, database=copy, port=port) as address,
    ):
        yield address
    with django_db_blocker.unblock():
        drop_copy(copy)


@pytest.fixture
def refused() -> list[str]:
    """What the content security policy refused, filled by `visitor`."""
    return []


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visitor(request, chromium, openid_site, refused) -> Iterator[Page]:
    """Return a page of a visitor of the site with an identity server."""
    context = chromium.new_context(viewport=request.param, locale="fr-FR", base_url=openid_site)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()


def identify(page: Page, address: str) -> None:
    """Press the button of the identity server and enter there as this person."""
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    expect(page).to_have_title("Identité")
    page.get_by_label("Adresse").fill(address)
    page.get_by_role("button", name="Entrer").click()


def test_a_known_person_signs_in_with_the_identity_server_and_signs_out_of_both(visitor, refused):
    visitor.goto("/compte/connexion/?next=/outils/")
    visitor.get_by_label("D’autres se servent de cet appareil").check()
    identify(visitor, "membre@example.org")
    expect(visitor).to_have_url("/outils/")
    expect(visitor.get_by_role("link", name="Moi", exact=True)).to_be_visible()
    expect(visitor.locator("body[data-shared]")).to_be_attached()
    visitor.goto("/compte/deconnexion/")
    visitor.get_by_role("button", name="Se déconnecter").click()
    expect(visitor).to_have_title("Identité")
    visitor.get_by_role("button", name="Quitter").click()
    expect(visitor).to_have_url("/")
    expect(visitor.get_by_role("link", name="Connexion", exact=True)).to_be_visible()
    visitor.goto("/compte/connexion/")
    visitor.get_by_role("button", name="S’identifier avec ProConnect").click()
    expect(visitor.get_by_label("Adresse")).to_be_visible()  # the identity server asks again who it is
    assert refused == []


def test_a_new_person_is_led_to_the_sign_up_form_with_what_the_identity_server_told(visitor, refused, axe_violations):
    visitor.goto("/compte/connexion/")
    identify(visitor, "nadia.essai@example.org")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Encore quelques mots")
    expect(visitor.get_by_label("Prénom")).to_have_value("Nadia")
    expect(visitor.get_by_label("Nom", exact=True)).to_have_value("Essai")
    expect(visitor.get_by_label("Adresse e-mail")).to_have_value("nadia.essai@example.org")
    assert axe_violations(visitor) == []
    assert refused == []
