"""The lists and choosers of the editing screens find without accents, in the plural, one slip forgiven."""

import pytest
from django.urls import reverse
from wagtail.search.backends import get_search_backend

from kb_site.accounts.models import Structure, User
from kb_site.admin_search.words import bare
from practices.models import Condition, PracticePage, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def condition(db):
    dimension = Condition.objects.first().dimension
    return Condition.objects.create(
        slug="reunion", label="Une réunion téléphonée", question="Y a-t-il une réunion ?", dimension=dimension
    )


def found(words, things):
    return list(get_search_backend().autocomplete(words, things))


@pytest.mark.parametrize(
    "typed", ["réunion", "reunion", "RÉUNIONS", "reunions telephonees", "téléph", "reunoin", "reuniom"]
)
def test_a_condition_is_found_as_people_type_it(condition, typed):
    assert condition in found(typed, Condition.objects.all())


def test_what_is_too_far_is_not_found(condition):
    assert condition not in found("rémouleur", Condition.objects.all())


def test_words_are_compared_without_accents_nor_plurals():
    assert bare("Les Œuvres d’été à l’ACI") == "les oeuvre d ete a l aci"


def test_a_theme_is_proposed_by_any_of_its_words(signed_in):
    theme = Theme.objects.create(name="Éloignement", synonyms=["trajets", "déplacements"])
    for typed in ("eloignement", "trajet", "deplacements", "deplacemnt"):
        assert (
            theme.name in signed_in("edition").get("/admin/tag-autocomplete/practices/theme/", {"term": typed}).json()
        )
    assert signed_in("edition").get("/admin/tag-autocomplete/practices/theme/", {"term": ""}).json() == []
    assert signed_in("membre").get("/admin/tag-autocomplete/practices/theme/", {"term": "a"}).status_code == 302


def test_a_card_is_found_by_its_draft_title_without_accents(signed_in):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.save()
    html = signed_in("edition").get(reverse("wagtailadmin_pages:search"), {"q": "cafes visio"}).content.decode()
    assert card.title in html


def test_a_person_is_chosen_by_name_or_structure_shown_without_their_address(signed_in, account):
    person = account("karim")
    person.save()
    structure = Structure.objects.get(pk=person.structure_id)
    for typed in (person.first_name, structure.name):
        html = signed_in("edition").get(reverse("people_chooser:choose_results"), {"q": typed}).content.decode()
        assert str(person) in html
        assert structure.name in html
        assert person.email not in html


def test_accounts_that_wait_or_are_closed_are_not_chosen(signed_in, account):
    User.objects.filter(pk=account("karim").pk).update(is_active=False)
    html = signed_in("edition").get(reverse("people_chooser:choose_results")).content.decode()
    assert str(account("karim")) not in html
    assert str(account("attente")) not in html


def test_the_form_of_a_card_asks_for_people_by_a_chooser_and_shows_sentences_whole(signed_in):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    html = signed_in("edition").get(reverse("wagtailadmin_pages:edit", args=[card.pk])).content.decode()
    assert 'id="id_card_owner-chooser"' in html
    assert '<textarea name="summary"' in html
    assert '<textarea name="objective"' in html
