"""Before publishing: what is missing in words, how it reads, what looks like it, what changed."""

import pytest

from practices.editorial.advice.card import advice_for, missing_of, similar_to
from practices.editorial.advice.readability import readability, syllables, words_of
from practices.models import PracticePage, PracticeSectionPage

EASY = "Le matin, on boit un café. On parle un peu. Puis on va au jardin. Il fait beau."
HARD = (
    "L’institutionnalisation progressive des modalités d’accompagnement dématérialisées présuppose une "
    "contractualisation préalable des responsabilités interinstitutionnelles, nonobstant les particularités "
    "organisationnelles et les spécificités territoriales caractéristiques des établissements conventionnés depuis une durée significative."
)


def card():
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("café", 2),
        ("table", 1),
        ("porte", 1),
        ("chantier", 2),
        ("insertion", 3),
        ("téléphone", 3),
        ("le", 1),
        ("parlent", 1),
        ("eau", 1),
    ],
)
def test_syllables_are_counted_as_they_are_said(word, count):
    assert syllables(word) == count


def test_an_elision_is_one_word_and_a_figure_or_an_address_is_none():
    assert words_of("L’équipe a 12 téléphones : https://exemple.fr/a") == ["L’équipe", "a", "téléphones"]


def test_plain_words_score_better_than_an_office_note():
    assert readability(EASY).level == "easy"
    assert readability(HARD).level == "hard"
    assert readability(EASY).score > readability(HARD).score


def test_a_long_sentence_is_quoted():
    assert readability(EASY).long_sentences == []
    assert readability(EASY + " " + HARD).long_sentences == [HARD.rstrip(".")]


def test_an_empty_text_has_no_score():
    assert readability("").score is None
    assert readability("12 – 3 : 4").words == 0


@pytest.mark.django_db
def test_the_sample_cards_can_be_read_by_everyone(account):
    levels = [advice_for(page, account("edition")).reading.level for page in PracticePage.objects.live()]
    assert "hard" not in levels


@pytest.mark.django_db
def test_a_complete_card_misses_nothing_and_a_draft_is_told_in_words():
    assert missing_of(card()) == []
    draft = PracticePage(title="Essai", channels=["visio"])
    words = " ".join(missing_of(draft))
    for expected in (
        "« En une phrase » est vide",
        "au moins un problème",
        "deux étapes",
        "limites",
        "sans data ni Wi-Fi",
    ):
        assert expected in words


@pytest.mark.django_db
def test_a_card_with_a_close_title_is_suggested_and_never_itself(account):
    draft = PracticePage(title="Un café en visio chaque jeudi")
    assert [page.slug for page in similar_to(draft, account("edition"))][:1] == ["cafe-visio-du-jeudi"]
    assert card() not in similar_to(card(), account("edition"))
    assert similar_to(PracticePage(title="Permis de conduire"), account("edition")) == []


@pytest.mark.django_db
def test_a_members_card_is_not_suggested_to_who_may_not_read_it(account):
    draft = PracticePage(title="Codéveloppement entre encadrants")
    assert similar_to(draft, account("membre"))
    assert similar_to(draft, account("attente")) == []


@pytest.mark.django_db
def test_the_editor_of_a_card_shows_the_advice(signed_in):
    html = signed_in("edition").get(f"/admin/pages/{card().pk}/edit/").content.decode()
    for words in ("Avant de publier", "Rien : la fiche peut être publiée", "Lisibilité", "Fiches qui ressemblent"):
        assert words in html


@pytest.mark.django_db
def test_a_new_card_has_no_advice_yet_and_its_form_opens(signed_in):
    section = PracticeSectionPage.objects.get(slug="chantiers-idf")
    response = signed_in("edition").get(f"/admin/pages/add/practices/practicepage/{section.pk}/")
    assert response.status_code == 200
    assert "Ce qui manque pour publier" not in response.content.decode()


@pytest.mark.django_db
def test_the_preview_opens_at_the_width_of_a_phone():
    assert card().default_preview_size == "mobile"
    assert card().preview_sizes[0]["device_width"] <= 390


@pytest.mark.django_db
def test_two_versions_are_compared_in_words_boxes_and_steps_included(signed_in, account):
    page = card()
    first = page.save_revision(user=account("edition"))
    page.challenges = ["isolement", "illettrisme"]
    page.title = "Le café du vendredi"
    steps = page.steps.get_prep_value()
    steps[0]["value"]["title"] = "Choisir une heure fixe"
    page.steps = [(step["type"], step["value"]) for step in steps[:3]]
    second = page.save_revision(user=account("edition"))
    address = f"/admin/pages/{page.pk}/revisions/compare/{first.pk}...{second.pk}/"
    html = signed_in("edition").get(address).content.decode()
    assert '<span class="addition">Illettrisme</span>' in html
    assert '<span class="deletion">Rupture du suivi</span>' in html
    assert 'addition">du vendredi</span>' in html
    assert "Choisir une heure fixe" in html
    assert signed_in("edition-numerique").get(address).status_code == 302
