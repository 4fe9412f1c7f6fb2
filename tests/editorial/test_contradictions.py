"""« Avant de publier » names what a card says against itself; the sample cards say nothing of the kind."""

import pytest

from practices.editorial.advice.card import advice_for
from practices.editorial.advice.contradictions import contradictions_of
from practices.models import Condition, PracticeCondition, PracticePage, PracticeTool, ToolPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def ask(card, slug, strength="indispensable", note=""):
    card.condition_links.add(
        PracticeCondition(condition=Condition.objects.get(slug=slug), strength=strength, note=note, sort_order=9)
    )


def without(card, *slugs):
    card.condition_links = [link for link in card.condition_links.all() if link.condition.slug not in slugs]


def told(card):
    return " ".join(contradictions_of(card))


def test_no_sample_card_contradicts_itself():
    found = {page.slug: contradictions_of(page) for page in PracticePage.objects.live()}
    assert {slug: words for slug, words in found.items() if words} == {}


def test_a_quiet_place_of_ones_own_excludes_nobody_where_the_structure_gives_the_place():
    card = PracticePage.objects.get(slug="diagnostic-numerique-12-questions")
    ask(card, "lieu-calme")
    assert "« Un lieu calme » n’écarte jamais personne ici" in told(card)


def test_an_essential_condition_that_the_fallback_serves_is_named_unless_it_says_what_for(card):
    ask(card, "smartphone")
    assert "« Un smartphone » est indispensable, mais le repli sert" in told(card)
    without(card, "smartphone")
    ask(card, "smartphone", note="Pour le lien ; les autres viennent par téléphone.")
    assert "« Un smartphone »" not in told(card)


def test_a_condition_that_holds_only_sometimes_is_not_essential(card):
    ask(card, "consentement-ecrit", note="Seulement pour une messagerie où les numéros sont visibles.")
    assert "« Un accord écrit » est indispensable, mais sa précision" in told(card)


def test_what_the_main_way_asks_and_no_condition_says_is_named(card):
    without(card, "forfait-data", "lecture-francais", "rejoindre-visio")
    words = told(card)
    assert "aucune condition ne parle de leur data" in words
    assert "On rejoint une visio" in words
    assert "Il y a quelque chose à lire" in words


def test_an_audience_that_channels_leave_out_is_named():
    card = PracticePage.objects.get(slug="groupe-de-messagerie-regles-du-jeu")
    card.fallback = ""
    assert "Public « Sans smartphone » : ni repli" in told(card)
    card.limits += "\n- avec une personne qui ne lit pas le français."
    card.adaptations = ""
    without(card, "lecture-francais")
    card.steps = [("step", {"title": title, "instruction": "Écrire."}) for title in ("Un", "Deux")]
    assert "Public « Petits lecteurs » : les limites disent de ne pas" in told(card)


def test_data_shown_against_the_way_it_is_done_is_named(card):
    card.data_mb_max = 0
    assert "La data affichée est 0" in told(card)
    card.data_mb_min, card.data_mb_max = 800, 2400
    assert "Public « Sans forfait data » : la fiche affiche pourtant une data" in told(card)
    card.modality = "presentiel"
    assert "se fait sans internet ou dans la structure" in told(card)


def test_a_number_and_a_code_that_no_tool_gives_are_named():
    card = PracticePage.objects.get(slug="codeveloppement-encadrants")
    card.fallback = "Sans forfait : numéro et code donnés dans l’invitation."
    assert "aucun des outils de la fiche n’a d’accès par téléphone" in told(card)
    card.tool_links.add(PracticeTool(tool=ToolPage.objects.get(slug="zoom"), usage="alternative"))
    assert "accès par téléphone" not in told(card)


def test_the_panel_of_the_editor_shows_them(signed_in, account, card):
    ask(card, "smartphone")
    card.save_revision()
    assert contradictions_of(card)[0] in advice_for(card, account("edition")).contradictions
    html = signed_in("edition").get(f"/admin/pages/{card.pk}/edit/").content.decode()
    assert "Ce qui se contredit" in html
