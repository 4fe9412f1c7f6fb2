"""Facts as objects: written once, shown alike wherever they are cited, with their source, until their date."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kb_site.facts.citations import with_sources, with_values
from kb_site.facts.models import Confidence, Fact, Kind, Unit
from practices.citations import at_odds, cited_by, pages_citing
from practices.models import PracticePage, ToolPage
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def new_fact(**fields):
    today = datetime.date.today()
    values = {
        "code": "essai",
        "kind": Kind.CHIFFRE,
        "subject": "Un essai",
        "low": 10,
        "high": 20,
        "unit": Unit.MB_PER_HOUR,
        "statement": "Un essai prend 10 à 20 Mo.",
        "source_title": "Une étude",
        "source_url": "https://example.org/etudes/essai",
        "stated_on": today,
        "confidence": Confidence.INDICATIVE,
        "review_on": today + datetime.timedelta(days=90),
    } | fields
    return Fact(**values)


def test_every_fact_of_the_sample_names_its_exact_page_and_holds():
    wrong = []
    for fact in Fact.objects.all():
        try:
            fact.full_clean()
        except ValidationError as error:
            wrong.append((fact.code, error.message_dict))
        if fact.ends_on <= fact.checked_on:
            wrong.append((fact.code, "ends before it was checked"))
    assert Fact.objects.exists()
    assert wrong == []


def test_a_home_page_is_no_source_and_a_number_wants_its_unit():
    fact = new_fact(source_url="https://example.org/", unit="")
    with pytest.raises(ValidationError) as refused:
        fact.full_clean()
    assert set(refused.value.message_dict) >= {"source_url", "unit"}


def test_a_fact_is_a_number_or_words_not_both():
    with pytest.raises(ValidationError, match="l’un des deux"):
        new_fact(words="beaucoup").full_clean()


def test_a_text_shows_values_and_ratios_worked_out():
    new_fact().save()
    new_fact(code="autre", subject="Un autre", low=100, high=400).save()
    assert with_values("De [[essai]] à [[autre]], soit [[autre/essai]].") == (
        "De 10 à 20 Mo à 100 à 400 Mo, soit 5 à 40 fois."
    )


def test_a_text_without_citation_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert with_sources("<p>Rien à citer.</p>") == ("<p>Rien à citer.</p>", [])


def test_a_value_cannot_become_markup():
    new_fact(low=None, high=None, unit="", words="<b>3</b>").save()
    html, facts = with_sources("<p>[[essai]]</p>")
    assert "<b>" not in html
    assert [fact.code for fact in facts] == ["essai"]


def test_a_change_goes_everywhere(client):
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    tool = ToolPage.objects.get(slug="zoom")
    fact = Fact.objects.get(code="zoom-audio")
    fact.low, fact.high = 41, 43
    fact.save()
    for address in (card.url, tool.url, reverse("fact", args=["zoom-audio"])):
        assert "41 à 43" in client.get(address).content.decode(), address
    assert "41 à 43 Mo" in client.get(f"{card.url}fiche.md").content.decode()
    tool.refresh_from_db()
    assert tool.audio_data == (41, 43)
    assert "41 à 43" in SearchEntry.objects.get(key=f"page:{card.pk}").body


def test_pages_show_a_change_however_it_was_written(django_capture_on_commit_callbacks):
    assert "27 à 36" in with_sources("<p>[[zoom-audio]]</p>")[0]
    with django_capture_on_commit_callbacks(execute=True):
        Fact.objects.filter(code="zoom-audio").update(low=41, high=43)
    assert "41 à 43" in with_sources("<p>[[zoom-audio]]</p>")[0]
    with django_capture_on_commit_callbacks(execute=True):
        Fact.objects.bulk_create([new_fact()])
        fact = Fact.objects.get(code="zoom-audio")
        fact.low = 42
        fact.save()
    assert "42 à 43" in with_sources("<p>[[zoom-audio]]</p>")[0]
    with CaptureQueriesContext(connection) as queries:
        with_sources("<p>[[zoom-audio]] [[essai]]</p>")
    assert len(queries) == 0


def test_a_page_lists_what_it_cites_with_source_and_date(client):
    html = client.get(PracticePage.objects.get(slug="choisir-audio-messagerie-visio").url).content.decode()
    assert "[[" not in html
    assert "22 à 89 fois" in html
    fact = Fact.objects.get(code="zoom-video-groupe")
    listed = html[html.index('id="chiffres"') :]
    assert fact.source_title in listed
    assert reverse("fact_list") in html


def test_pages_that_rest_on_a_fact_are_known():
    pages = {page.slug for page in pages_citing(Fact.objects.get(code="zoom-audio"))}
    assert {"zoom", "lean-coffee-cip-60-minutes", "annoncer-la-data"} <= pages


def test_a_card_that_cites_an_unknown_fact_is_told_so():
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    card.limits = "Pas au-delà de [[nulle-part]]."
    with pytest.raises(ValidationError, match="nulle-part"):
        card.full_clean()


def test_two_facts_that_do_not_compare_have_no_ratio():
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    card.limits = "Soit [[zoom-audio/rgaa-criteres]]."
    with pytest.raises(ValidationError, match="ne se comparent pas"):
        card.full_clean()


def test_a_sentence_that_says_another_figure_is_pointed_at():
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    facts = list(Fact.objects.exclude(told_by=""))
    card.limits = "Une heure de Zoom en audio prend 27 à 36 Mo. Comptez une heure de Zoom audio à 150 Mo !"
    (said,) = at_odds(card, facts)
    assert "150 Mo" in said
    assert "27 à 36 Mo" in said


def test_no_text_of_the_sample_is_at_odds_with_the_register():
    facts = list(Fact.objects.exclude(told_by=""))
    pages = [*PracticePage.objects.live(), *ToolPage.objects.live()]
    assert [said for page in pages for said in at_odds(page, facts)] == []


def test_every_measured_tool_cites_its_fact():
    for tool in ToolPage.objects.live():
        assert (tool.audio_data is None) == (tool.audio_fact is None)
        assert {fact.code for fact in tool.measures} <= cited_by(tool)


def test_the_calculator_works_out_what_the_image_costs(client):
    html = client.get("/outils/calculer/?personnes=8&heures=1&mode=video&outil=zoom").content.decode()
    assert "22 à 89 fois" in html
    assert Fact.objects.get(code="zoom-video-groupe").source_title in html


def test_what_is_past_its_date_says_so(client):
    Fact.objects.filter(code="zoom-audio").update(review_on=datetime.date(2020, 1, 1))
    assert "à revérifier" in client.get(reverse("fact", args=["zoom-audio"])).content.decode()
    assert "à revérifier" in client.get(ToolPage.objects.get(slug="zoom").url).content.decode()
