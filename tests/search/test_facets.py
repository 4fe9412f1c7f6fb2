"""Facets are one contract: what things bear is what pages offer, in words."""

from collections import defaultdict

import pytest
from django.test import Client

from search.entries import SOURCES
from search.facets import ALL_FACETS, KIND
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


def borne():
    """Return facet → values, over all that may be found of the sample content."""
    found = defaultdict(set)
    for source in SOURCES:
        for document in source.all_search_documents():
            found[KIND].add(document.kind)
            for facet, values in document.facets.items():
                found[facet].update(values)
    return found


def test_every_facet_that_things_bear_is_offered_and_every_facet_offered_is_borne():
    borne_by_some = {facet.name for facet, values in borne().items() if values}
    assert borne_by_some == ALL_FACETS.keys()
    assert [facet.name for facet in borne() if ALL_FACETS[facet.name] is not facet] == []


def test_every_value_that_things_bear_has_its_label():
    # Several values of a facet that excludes, joined, are never shown: each alone has its label.
    alone = {
        facet: {value for value in values if not (facet.excludes and "+" in value)} for facet, values in borne().items()
    }
    unnamed = {facet.name: values - facet.labels().keys() for facet, values in alone.items()}
    assert {name: values for name, values in unnamed.items() if values} == {}


def test_the_index_holds_the_values_of_declared_facets_and_nothing_else():
    indexed = {token for entry in SearchEntry.objects.all() for token in entry.facets}
    assert indexed == {token for facet, values in borne().items() for token in facet.tokens(values)}


def test_cards_are_narrowed_by_function():
    page = Client().get("/pratiques/?plus=filtres").content.decode()
    assert "Fonction</" in page
    narrowed = Client().get("/pratiques/?fonction=formation").context["listing"]
    assert [chip.label for chip in narrowed.chips] == ["Formation"]
    assert 0 < narrowed.total < Client().get("/pratiques/").context["listing"].total
