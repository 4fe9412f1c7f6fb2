"""Accounts in a real browser: the coordinator approves in batches, a referent removes a leaver, everyone minds their data."""

import re

import pytest
from playwright.sync_api import expect

REQUESTS = "/compte/demandes/"
STAFF = "/compte/structure/"


def pending(number, structure):
    from allauth.account.models import EmailAddress

    from kb_site.accounts.models import User

    user = User.objects.create_user(
        f"nouvelle-{number}@example.org", first_name=f"Nouvelle{number}", last_name="Démo", role="cip",
        structure_declared=structure, siae_type_declared="ACI", territory_declared="93",
    )  # fmt: skip
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def referent(account):
    """« animation » made referent of the structure of « membre »."""
    from kb_site.accounts.models import User

    leaver = account("membre")
    User.objects.filter(pk=account("animation").pk).update(structure=leaver.structure, is_referent=True)
    return leaver


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_coordinator_approves_accounts_in_batches(open_page, axe_violations, account, phone):
    known = account("membre").structure
    people = [pending(1, known.name), pending(2, known.name), pending(3, "Une structure inconnue")]
    type(known).objects.filter(pk=known.pk).update(territory="93")
    page = open_page(REQUESTS, role="coordination", phone=phone)
    assert axe_violations(page) == []
    page.get_by_role("button", name="Valider les comptes cochés").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comptes à valider")
    assert axe_violations(page) == [], "with the error shown"
    for person in people:
        page.get_by_label(f"Décider pour {person} avec les autres cochés").check()
    page.get_by_role("button", name="Valider les comptes cochés").click()
    expect(page.get_by_text("2 comptes décidés")).to_be_visible()
    expect(page.get_by_text("À décider un par un, faute d’une structure sûre : Nouvelle3 Démo")).to_be_visible()
    expect(page.get_by_role("heading", name="Nouvelle3 Démo")).to_be_visible()
    expect(page.get_by_role("heading", name="Nouvelle1 Démo")).to_have_count(0)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_referent_removes_a_leaver_who_loses_access_at_once(open_page, axe_violations, account, referent, phone):
    leaver = open_page("/groupes/cip-ile-de-france/", role="membre")
    expect(leaver.get_by_text("Des casques pour la salle relais").first).to_be_visible()
    page = open_page(STAFF, role="animation", phone=phone)
    expect(page.get_by_role("heading", level=1)).to_have_text(referent.structure.name)
    assert axe_violations(page) == []
    page.get_by_label(re.compile("e-mail|Adresses", re.IGNORECASE)).first.fill("ceci n’est pas une adresse")
    page.get_by_role("button", name="Envoyer les invitations").click()
    assert axe_violations(page) == [], "with the error shown"
    page.goto(STAFF)
    page.get_by_role("link", name=f"Retirer {referent} de la structure").click()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Retirer de la structure").click()
    expect(page.get_by_role("link", name=f"Retirer {referent} de la structure")).to_have_count(0)
    leaver.reload()
    expect(leaver.get_by_text("Des casques pour la salle relais")).to_have_count(0)
    leaver.goto("/compte/")
    expect(leaver.get_by_text("Votre compte n’est plus rattaché à une structure")).to_be_visible()


MINE = [
    "/compte/", "/compte/sessions/", "/compte/cles/", "/compte/donnees/", "/compte/notifications/", "/compte/courriels/",
]  # fmt: skip


def test_one_s_own_pages_are_open_to_all(open_page, axe_at_both_widths):
    page = open_page("/compte/", role="karim")
    for address in MINE:
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        assert axe_at_both_widths(page) == [], address


def test_a_mistake_on_one_s_own_pages_is_told_beside_its_field(open_page, axe_violations):
    page = open_page("/compte/", role="karim")
    page.get_by_label("Nom", exact=True).fill("")
    page.eval_on_selector_all("form[method=post]", "forms => forms.forEach(form => { form.noValidate = true; })")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    assert axe_violations(page) == []


def test_a_person_takes_their_data_away_then_has_their_account_erased_and_changes_their_mind(open_page, axe_violations):
    page = open_page("/compte/donnees/", role="karim")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Télécharger mes données").click()
    assert taken.value.suggested_filename.endswith(".zip")
    page.get_by_role("button", name="Effacer mon compte").click()
    expect(page.get_by_text(re.compile("Votre compte sera effacé le"))).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Garder mon compte").click()
    expect(page.get_by_text("Votre compte est gardé.")).to_be_visible()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_button_pressed_after_the_sign_in_has_expired_is_found_again(open_page, axe_violations, phone):
    from exchange_groups.sessions.models import Session

    session = Session.objects.get(title="Lean coffee de décembre")
    page = open_page(session.get_absolute_url(), role="edition", phone=phone)
    button = page.get_by_role("button", name=re.compile("^Je ")).first
    words = button.inner_text()
    page.context.clear_cookies(name="sessionid")
    button.click()
    page.get_by_role("button", name="edition@example.org", exact=True).click()
    expect(page.get_by_text("appuyez à nouveau sur le bouton de cette page")).to_be_visible()
    expect(page).to_have_url(session.get_absolute_url())
    expect(page.get_by_role("button", name=words).first).to_be_visible()
    assert axe_violations(page) == []
