"""A form sent without network waits on the device, shows there, and leaves once when the network is back."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from exchange_groups.minutes.models import Minutes
from practices.comments.models import Comment
from practices.models import PracticePage

from .test_offline import ready

WORDS = "Et sans salle, comment faites-vous ?"


@pytest.fixture
def card(site):
    return PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")


def test_a_comment_sent_in_a_tunnel_leaves_once_afterwards(open_page, axe_violations, card):
    page = open_page(card.url, role="membre", service_worker=True)
    ready(page)
    page.context.set_offline(True)
    page.get_by_label("Votre question ou votre commentaire").fill(WORDS)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("C’est gardé sur cet appareil")).to_be_visible()
    expect(page.get_by_text("1 envoi attend sur cet appareil")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_contain_text(WORDS)
    assert axe_violations(page) == []
    # Pressed again from the form: the words wait once.
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de réseau")
    page.context.set_offline(False)
    page.goto("/charte/")
    expect(page.get_by_text("L’envoi qui attendait est parti")).to_be_visible()
    assert Comment.objects.filter(comment=WORDS).count() == 1
    page.goto(card.url)
    expect(page.get_by_text("attend sur cet appareil")).to_have_count(0)
    expect(page.get_by_label("Votre question ou votre commentaire")).to_have_value("")
    expect(page.locator(".comment").filter(has_text=WORDS)).to_have_count(1)


def test_what_waits_can_be_cancelled_and_its_form_shows_the_words(open_page, site):
    ask = reverse("card_request_add")
    page = open_page(ask, role="membre", service_worker=True)
    ready(page)
    page.get_by_label("Quelle fiche vous manque ?").fill("Un entretien avec une personne sourde")
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_role("button", name="Ne pas l’envoyer").click()
    expect(page.get_by_text("attend sur cet appareil")).to_have_count(0)
    page.context.set_offline(False)
    page.goto(ask)
    expect(page.get_by_label("Quelle fiche vous manque ?")).to_have_value("Un entretien avec une personne sourde")
    expect(page.get_by_text("attend sur cet appareil")).to_have_count(0)


def test_a_text_that_changed_meanwhile_is_kept_beside_what_waits(open_page, account, site):
    minutes = Minutes.objects.get(state="draft")
    here = f"{minutes.get_absolute_url()}synthese/"
    page = open_page(here, role="edition", phone=False, service_worker=True)
    ready(page)
    page.context.set_offline(True)
    page.get_by_label("Synthèse").fill("Tapé dans le train.")
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_text("1 envoi attend")).to_be_visible()
    Minutes.objects.filter(pk=minutes.pk).update(summary="Écrit au bureau.", version=minutes.version + 1)
    page.context.set_offline(False)
    page.goto("/charte/")
    expect(page.get_by_text("Ce texte a changé depuis : rien n’est remplacé")).to_be_visible()
    page.get_by_role("link", name="Voir le formulaire").click()
    expect(page.get_by_label("Synthèse")).to_have_value("Écrit au bureau.")
    expect(page.locator("blockquote")).to_have_text("Tapé dans le train.")
    assert Minutes.objects.get(pk=minutes.pk).summary == "Écrit au bureau."


def test_what_is_done_at_once_and_files_do_not_wait(open_page, site, account):
    from exchange_groups.models import ExchangeGroup

    page = open_page("/compte/", role="membre", service_worker=True)
    ready(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_text("Rien n’est parti : ceci se fait avec du réseau")).to_be_visible()
    expect(page.get_by_text("attend sur cet appareil")).to_have_count(0)
    page.context.set_offline(False)
    group = ExchangeGroup.objects.filter(memberships__user=account("membre"), state="active").first()
    page.goto(reverse("topic_new", args=[group.slug]))
    page.set_input_files("input[type=file]", {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Bonjour"})
    page.context.set_offline(True)
    page.locator("form[data-keep]").evaluate("form => form.submit && HTMLFormElement.prototype.submit.call(form)")
    expect(page.get_by_text("Un fichier ne peut pas attendre")).to_be_visible()
