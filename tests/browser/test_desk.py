"""The desks in a real browser: clicks counted, keys alone, and what axe says."""

import pytest

from kb_site.accounts.models import Network
from practices.choices import Channel, Kind, Modality
from practices.editorial.models import PendingDecision
from practices.editorial.services.proposals import propose_card
from practices.models import PracticePage
from tests.editorial.conftest import IDEA


@pytest.fixture
def proposed(site, account):
    """A card proposed by a member, complete, alone in the queue of its editors."""
    from wagtail.models import WorkflowState

    WorkflowState.objects.active().update(status=WorkflowState.STATUS_CANCELLED)
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    latest = card.get_latest_revision_as_object()
    latest.kind, latest.modality, latest.channels = Kind.LIEN_COLLECTIF, Modality.DISTANCE_DIFFERE, [Channel.TELEPHONE]
    latest.save_revision(user=account("edition"))
    return PracticePage.objects.get(pk=card.pk)


def test_from_anywhere_a_card_is_reviewed_and_published_in_five_clicks(open_page, proposed):
    page = open_page("/outils/", role="edition", phone=False)
    clicks = [
        page.get_by_role("navigation", name="Mon rôle").get_by_role("link", name="À relire"),
        page.get_by_label("Personne n’est reconnaissable"),
        page.get_by_label("Les accords sont donnés"),
        page.get_by_label("Les avis sur les outils sont à jour"),
        page.get_by_role("button", name="C’est bon"),
    ]
    for click in clicks:
        click.click()
    page.get_by_role("heading", name="Rien à relire").wait_for()
    assert PendingDecision.objects.get().card_id == proposed.pk
    page.get_by_role("button", name="Annuler").click()
    page.get_by_role("heading", name="Votre décision").wait_for()
    assert not PendingDecision.objects.exists()


def test_keys_alone_read_and_decide(open_page, proposed):
    page = open_page(f"/relire/{proposed.pk}/", role="edition", phone=False)
    page.locator("html[data-keys]").wait_for()
    page.keyboard.press("3")  # a refusal says why: the words first
    page.keyboard.type("Une autre fiche le dit déjà.")
    assert page.input_value("#id_words") == "Une autre fiche le dit déjà."
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.get_by_role("heading", name="Rien à relire").wait_for()
    assert PendingDecision.objects.get().verdict == "no"


def test_a_new_card_is_two_clicks_away(open_page, site):
    page = open_page("/", role="edition", phone=False)
    page.get_by_role("link", name="Tableau de bord").click()
    page.get_by_role("link", name="Nouvelle fiche").click()
    assert "/admin/pages/add/practices/practicepage/" in page.url


def test_an_editor_is_named_in_four_clicks(open_page, site, account):
    page = open_page("/", role="coordination", phone=False)
    page.get_by_role("link", name="Coordination", exact=True).click()
    page.get_by_role("link", name=str(account("karim")), exact=True).click()
    page.get_by_label("Édition – Réseau des chantiers franciliens").click()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est enregistré.").wait_for()
    assert account("karim").groups.filter(name__startswith="Édition").exists()


def test_axe_finds_nothing_on_the_desks(wrong_on_pages, proposed):
    pages = [
        ("edition", f"/relire/{proposed.pk}/"),
        ("edition", "/relire/reponses/"),
        ("coordination", "/compte/structures/importer/"),
        ("coordination", "/compte/comptes/"),
        ("animation", "/"),
    ]
    assert wrong_on_pages(pages) == []
