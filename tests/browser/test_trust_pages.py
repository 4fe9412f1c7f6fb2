"""The pages of codes, proofs, names and limits: nothing for axe to say, nothing wider than the screen, at 360 and 1280 pixels."""

import time

import pytest
from django.contrib.sessions.models import Session

WIDTHS = (360, 1280)


@pytest.fixture
def is_sound(axe_violations):
    """Return a function that fails when a page, as it stands, is wrong at one of the widths."""

    def check(page, title):
        assert page.get_by_role("heading", level=1, name=title).is_visible()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert axe_violations(page) == [], (title, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (title, width)

    return check


@pytest.fixture
def campaign(account, site):
    from practices.diagnostic.models import DiagnosticCampaign

    found = DiagnosticCampaign.objects.open().filter(self_service=True).first()
    found.structure = account("membre").structure
    found.save()
    return found


@pytest.fixture
def masked(account, site):
    from exchange_groups.models import Topic

    topic = Topic.objects.filter(group__slug="cip-ile-de-france", author=account("membre")).first()
    topic = topic or Topic.objects.filter(group__slug="cip-ile-de-france").first()
    Topic.objects.filter(pk=topic.pk).update(author=account("membre"), masked=True)
    return topic


def test_codes_of_a_diagnostic_and_who_sees_a_masked_name(open_page, is_sound, campaign, masked):
    page = open_page(f"/diagnostic/{campaign.pk}/codes/", role="membre")
    is_sound(page, "Des codes pour répondre")
    page.get_by_role("spinbutton").first.fill("12")
    page.locator("main form button").first.click()
    page.get_by_role("heading", level=1).wait_for()
    is_sound(page, "Des codes pour répondre")
    page.goto(masked.get_absolute_url())
    page.get_by_role("link", name="Qui voit mon nom ?").click()
    is_sound(page, "Qui voit votre nom sur ce sujet ?")
    page.goto("/ce-que-nous-gardons/")
    is_sound(page, "Ce que nous gardons, qui le voit, combien de temps")


def test_naming_somebody_who_leads_and_another_address(open_page, is_sound, account):
    page = open_page("/groupes/paroles-de-permanents/decisions/animation/", role="coordination")
    is_sound(page, "Proposer qui anime le groupe")
    page = open_page(f"/compte/comptes/{account('membre').pk}/adresse/", role="admin")
    is_sound(page, "Une autre adresse")
    page.get_by_label("Nouvelle adresse e-mail").fill("nouvelle@example.org")
    page.get_by_role("button", name="Demander cette adresse").click()
    page = open_page("/compte/adresse/", role="membre")
    assert page.get_by_role("button", name="Garder mon adresse").is_visible()
    is_sound(page, "Mon adresse")


def test_the_proof_and_the_page_of_too_many_tries(open_page, is_sound, settings, site):
    page = open_page("/recherche/demandes/nouvelle/", role="membre")
    settings.LIMITS = settings.LIMITS | {"card_request": (0, 3600)}
    page.locator("[name=need]").fill("Une fiche sur le permis de conduire, pour des personnes qui ne lisent pas")
    page.locator("main form button").first.click()
    is_sound(page, "Trop d’essais")
    for session in Session.objects.all():  # the sign-in was yesterday
        data = session.get_decoded()
        for record in data.get("account_authentication_methods", []):
            record["at"] = time.time() - 86400
        session.session_data = Session.objects.encode(data)
        session.save()
    page.goto("/compte/donnees/")
    page.get_by_role("button", name="Effacer mon compte").click()
    is_sound(page, "Est-ce bien vous ?")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_text("Il vaut dix minutes").wait_for()
    is_sound(page, "Est-ce bien vous ?")
