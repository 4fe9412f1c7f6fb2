"""What people type is read once, the same for every engine."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search.editor_rules import read_editor_rules
from search.models import SynonymGroup
from search.queries import SearchQuery
from search.query_parsing import read_query
from search.services import run_search
from search.synonyms import with_synonyms


def typed(text):
    return [word.text for word in read_query(text).words]


def test_words_of_grammar_are_dropped():
    assert typed("comment faire un café visio avec des jeunes ?") == ["café", "visio", "jeunes"]


@pytest.mark.parametrize("text", ['"café visio" zoom', "«café visio» zoom", "« café visio » zoom", "“café visio” zoom"])
def test_a_quoted_phrase_is_kept_whole_and_its_words_count(text):
    query = read_query(text)
    assert query.phrases == ("café visio",)
    assert [word.text for word in query.words] == ["café", "visio", "zoom"]


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("visio -zoom", ("zoom",)),
        ('visio -"café zoom"', ("café zoom",)),
        ("wi-fi - zoom", ()),
        ("-zoom", ("zoom",)),
        ("visio -de", ()),
        ("visio --", ()),
    ],
)
def test_a_minus_before_a_word_excludes_it(text, excluded):
    query = read_query(text)
    assert query.excluded == excluded
    assert "zoom" not in [word.text for word in query.words] or not excluded


@pytest.mark.parametrize("text", ["", '"', '""', '"de la"', "-", "« »", "-«", '" zoom', "'; --", "\\", "%_"])
def test_odd_marks_are_read_without_complaint(text):
    read_query(text)


def test_an_acronym_that_reads_like_grammar_is_kept_in_capitals():
    assert typed("AI ou EI") == ["AI", "EI"]
    assert typed("j’ai") == []


@pytest.mark.django_db
class TestSynonyms:
    @staticmethod
    def others(text, word=0):
        return {
            synonym.text for synonym in with_synonyms(read_query(text), read_editor_rules().groups).words[word].synonyms
        }

    def test_an_acronym_brings_its_words_and_back(self):
        assert "conseiller en insertion professionnelle" in self.others("cip")
        assert "CIP" in self.others("conseillers en insertion professionnelle")

    def test_an_old_name_brings_the_new_one_at_each_of_its_words(self):
        assert "France Travail" in self.others("dossier pôle emploi", 1)
        assert "France Travail" in self.others("dossier pole emploi", 2)
        assert "Pôle emploi" not in self.others("emploi")

    def test_an_edit_shows_at_once(self):
        assert "tam-tam" not in self.others("téléphone")
        SynonymGroup.objects.create(wordings=["téléphone", "tam-tam"])
        assert "tam-tam" in self.others("téléphone")


@pytest.mark.django_db
def test_an_old_name_of_an_institution_finds_the_new_one():
    query = SearchQuery(text="pole emploi", principals=frozenset({"public"}))
    hits = run_search(query, user=AnonymousUser()).hits
    assert hits
