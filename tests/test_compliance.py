"""The pages that the law asks for say what is declared, and a site that answers for nothing is not opened."""

from datetime import date

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.test import Client

from kb_site.compliance.grids import State, grid_of, plan
from kb_site.compliance.purposes import PURPOSES
from kb_site.home.models import HomePage, TextPage
from kb_site.identity.models import Identity
from kb_site.personal_data import Matter

from .answers import elements

RGAA_OF_THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
RGESN_OF_THEMES = [10, 10, 7, 15, 8, 7, 4, 10, 7]
PAGES = {
    "/mentions-legales/": "Mentions légales",
    "/donnees-personnelles/": "CNIL",
    "/accessibilite/": "Défenseur des droits",
    "/accessibilite/schema-pluriannuel/": "2027",
    "/accessibilite/criteres/11/": "11.13",
    "/ecoconception/": "RGESN",
    "/ecoconception/criteres/4/": "4.15",
    "/aide/": "Écrire à quelqu’un",
}


@pytest.fixture
def real_site(settings, db):
    settings.DEMO = False
    caches["face"].clear()
    yield
    caches["face"].clear()


def read(address):
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("name", "counts"), [("rgaa", RGAA_OF_THEMES), ("rgesn", RGESN_OF_THEMES)])
def test_each_criterion_of_the_reference_has_an_answer_and_its_reason(name, counts):
    grid = grid_of(name)
    numbers = [f"{theme}.{one}" for theme, count in enumerate(counts, 1) for one in range(1, count + 1)]
    assert [one.number for one in grid.criteria] == numbers
    assert [one.number for one in grid.criteria if len(one.reason) < 5 or not one.title.endswith("?")] == []
    assert date(2026, 1, 1) < grid.looked_on <= date.today()


def test_the_state_of_conformity_counts_what_was_not_tested_as_not_conform():
    grid = grid_of("rgaa")
    left = len(grid.in_state(State.NOT_CONFORM, State.NOT_TESTED))
    assert grid.met + left == grid.applicable
    assert grid.rate == grid.met * 100 // grid.applicable
    assert str(grid.state) == "partiellement conforme"


def test_the_plan_covers_three_years_and_names_every_criterion_that_does_not_conform():
    assert [one.year for one in plan()] == [2026, 2027, 2028]
    said = " ".join(action for one in plan() for action in one.actions)
    failing = [one.number for one in grid_of("rgaa").in_state(State.NOT_CONFORM)]
    assert [number for number in failing if number not in said] == []


def test_each_part_of_what_is_kept_has_a_purpose_and_a_legal_basis():
    assert PURPOSES.keys() == set(Matter)


@pytest.mark.django_db
def test_every_page_is_there_says_what_it_must_and_keeps_no_blank():
    for address, words in PAGES.items():
        html = read(address)
        assert words in html, address
        assert "à compléter" not in html.lower()
    for address in ("/", "/mentions-legales/"):
        assert "Accessibilité : partiellement conforme" in read(address)
    assert Client().get("/accessibilite/criteres/14/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", [one for one in PAGES if one != "/aide/"])
def test_pages_of_the_law_stay_light(address):
    html = read(address)
    assert elements(html) <= 250


@pytest.mark.usefixtures("real_site")
def test_a_site_without_publisher_is_refused_before_it_is_opened():
    with pytest.raises(CommandError, match="mentions légales sont incomplètes : éditeur du site"):
        call_command("check", deploy=True, databases=["default"], tags=["database"])


@pytest.mark.usefixtures("real_site")
def test_a_blank_left_in_a_page_is_refused_and_a_complete_site_is_not(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Identity.objects.create(
            publisher="Association Le Maillon", publisher_address="1 rue du Pont, Toulouse", publication_director="A. Roy",
            host="Hébergeur exemple, Lille", contact="contact@maillon.example", data_contact="dpo@maillon.example",
        )  # fmt: skip
    call_command("check", deploy=True, databases=["default"], tags=["database"])
    assert "Association Le Maillon" in read("/mentions-legales/")
    notice = read("/donnees-personnelles/")
    assert "Responsable du traitement : Association Le Maillon" in notice
    assert "dpo@maillon.example" in notice
    assert "contact@maillon.example" in read("/aide/")
    page = HomePage.objects.get().add_child(
        instance=TextPage(slug="tarifs", title="Tarifs", body="[À compléter : prix]")
    )
    with pytest.raises(CommandError, match="blanc dans : Tarifs"):
        call_command("check", deploy=True, databases=["default"], tags=["database"])
    page.delete()


@pytest.mark.django_db
def test_what_the_publisher_adds_comes_under_what_is_declared():
    words = TextPage(slug="mentions-legales", title="Mentions légales", body="Numéro RNA : W000000000.")
    HomePage.objects.get().add_child(instance=words)
    html = read("/mentions-legales/")
    assert html.index("Contenus") < html.index("W000000000")


@pytest.mark.django_db
def test_help_and_contact_are_one_link_away_where_one_is_lost():
    for address in ("/", "/rien/du/tout/"):
        assert '<a href="/aide/">Aide et contact</a>' in Client().get(address).content.decode()
    for name in ("500.html", "503.html"):
        assert '<a href="/aide/">Aide et contact</a>' in render_to_string(name)
