"""Experiences are counted in structures, failures included."""

import pytest
from django.contrib.auth.models import AnonymousUser

from practices.experiences.evidence import is_contested, suggested_evidence
from practices.experiences.models import Experience
from practices.experiences.summary import Summary, Told, summarize, summary_of
from practices.experiences.templatetags.experiences import in_words
from practices.models import PracticePage


def told(structure, outcome, *lacks, author=1):
    return Told(structure, author, outcome, lacks)


def test_a_structure_counts_once_by_its_last_word():
    summary = summarize([told(1, "abandonne"), told(2, "reussi"), told(1, "reussi_adapte")])
    assert summary.outcomes == {"reussi": 1, "reussi_adapte": 1}
    assert (summary.structures, summary.told) == (2, 3)


def test_authors_without_structure_each_stand_for_one():
    assert summarize([told(None, "reussi", author=1), told(None, "reussi", author=2)]).structures == 2


def test_the_first_cause_is_what_most_structures_missed_not_what_was_said_most_often():
    summary = summarize(
        [
            told(1, "abandonne", "un smartphone"),
            told(1, "abandonne", "un smartphone"),
            told(2, "mitige", "un lieu calme"),
            told(3, "mitige", "un lieu calme"),
        ]
    )
    assert summary.first_cause == "un lieu calme"


def test_it_is_said_in_plain_words():
    summary = Summary(12, {"reussi": 7, "reussi_adapte": 3, "abandonne": 2}, "un lieu calme", 14)
    assert in_words(summary) == (
        "Essayée par 12 structures : 7 réussies, 3 adaptées, 2 abandonnées. Ce qui a le plus manqué : un lieu calme."
    )
    assert in_words(Summary(1, {"mitige": 1})) == "Essayée par 1 structure : 1 mitigée."


@pytest.mark.parametrize(
    ("current", "outcomes", "suggestion"),
    [
        ("temoignage", {"reussi": 2}, "plusieurs_structures"),
        ("une_structure", {"reussi": 1, "reussi_adapte": 1}, "plusieurs_structures"),
        ("temoignage", {"reussi": 1, "abandonne": 4}, "une_structure"),
        ("une_structure", {"reussi": 1}, ""),
        ("plusieurs_structures", {"reussi": 9}, ""),
        ("evalue", {"reussi": 9}, ""),
        ("temoignage", {"abandonne": 3}, ""),
    ],
)
def test_the_level_suggested_never_goes_down_nor_decides_for_an_evaluation(current, outcomes, suggestion):
    assert suggested_evidence(current, Summary(sum(outcomes.values()), outcomes)) == suggestion


@pytest.mark.parametrize(
    ("outcomes", "contested"),
    [
        ({"abandonne": 2}, True),
        ({"abandonne": 1}, False),
        ({"mitige": 2, "reussi": 2}, True),
        ({"mitige": 2, "reussi": 3}, False),
    ],
)
def test_a_card_is_contested_when_disappointments_weigh_as_much_as_successes(outcomes, contested):
    assert is_contested(Summary(sum(outcomes.values()), outcomes)) is contested


@pytest.mark.django_db
def test_what_is_told_to_members_is_not_counted_for_a_visitor(account):
    card = PracticePage.objects.get(slug="groupe-de-messagerie-regles-du-jeu")
    assert summary_of(card, AnonymousUser()).structures == 2
    assert summary_of(card, account("membre")).structures == 3


@pytest.mark.django_db
def test_counting_takes_one_query_whatever_the_number(django_assert_num_queries, account):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    member = account("membre")
    summary_of(card, member)
    number = Experience.objects.filter(practice=card).count()
    with django_assert_num_queries(1):
        assert summary_of(card, member).told == number
