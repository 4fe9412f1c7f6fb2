"""Where a card comes from is said wherever it is shown; what nobody tried is not called proven."""

import json

import pytest
from django.core.exceptions import ValidationError

from kb_site.facts.models import names_a_page
from practices.choices import Evidence, Provenance
from practices.models import PracticePage
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def test_every_card_of_the_sample_has_two_exact_sources_or_says_that_it_is_made_up():
    wrong = []
    for card in PracticePage.objects.live():
        exact = [source for source in card.sources if names_a_page(source.value.get("url") or "")]
        if card.provenance != Provenance.DEMONSTRATION and len(exact) < 2:
            wrong.append(card.slug)
        if any(source.value.get("url") and not names_a_page(source.value["url"]) for source in card.sources):
            wrong.append(f"{card.slug}: a home page")
    assert wrong == []


def test_there_are_forty_cards_each_with_steps_that_can_be_done():
    cards = list(PracticePage.objects.live())
    assert len(cards) >= 40
    assert [card.slug for card in cards if len(card.steps) < 3 or not card.questions or not card.limits] == []


def test_a_made_up_card_says_so_on_its_page_in_lists_in_text_and_in_open_data(client):
    card = PracticePage.objects.live().filter(provenance=Provenance.DEMONSTRATION, visibility="public").first()
    assert "Exemple fictif" in client.get(card.url).content.decode()
    assert "exemple fictif" in client.get(f"{card.url}fiche.md").content.decode()
    assert SearchEntry.objects.get(key=f"page:{card.pk}").card["is_fictional"] is True
    shown = client.get("/recherche/", {"q": card.title}).content.decode()
    assert "exemple fictif" in shown
    fed = client.get("/recherche/flux/", {"q": card.title}).content.decode()
    assert "Exemple fictif" in fed
    opened = json.loads(b"".join(client.get("/donnees-ouvertes/fiches.json")).decode())
    assert {one["provenance"] for one in opened["fiches"] if one["id"] == card.pk} == {"demonstration"}


def test_a_card_written_from_sources_is_yet_to_be_tried_and_cites_a_page(client):
    card = PracticePage.objects.live().filter(provenance=Provenance.SOURCES).first()
    assert "pas encore essayée" in client.get(card.url).content.decode()
    card.evidence = Evidence.EVALUE
    card.sources = []
    assert set(card.publication_errors()) >= {"evidence", "sources"}
    with pytest.raises(ValidationError):
        card.save()
