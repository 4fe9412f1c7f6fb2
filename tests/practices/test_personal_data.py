"""The guard points at what makes a person recognisable, and leaves ordinary sentences alone."""

import sys
import time
from collections.abc import Callable

import pytest

from practices.comments.personal_data_guard import find_personal_data, masked

from .guard.figures import HARMLESS, KEPT_ASIDE, LATER, LOOKED_AT, measure, read


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Appelez le 06 12 34 56 78 demain", "telephone", "06 12 34 56 78"),
        ("Son numéro : +33 6.12.34.56.78.", "telephone", "+33 6.12.34.56.78"),
        ("écrire à fatou.d@example.org merci", "courriel", "fatou.d@example.org"),
        ("NIR 2 84 05 93 123 456 78", "nir", "2 84 05 93 123 456 78"),
        ("nir 184122A12345678", "nir", "184122A12345678"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("Il habite 12 bis rue des Lilas à Bobigny.", "adresse", "12 bis rue des Lilas à Bobigny"),
        ("née le 3 mai 1984", "naissance", "3 mai 1984"),
        ("J’ai vu M. Diallo hier", "nom", "M. Diallo"),
        ("Mme K. ne répond plus", "nom", "Mme K."),
        ("une dame qui s’appelle Fatou", "nom", "s’appelle Fatou"),
        ("le participant Mamadou a dit", "nom", "Mamadou"),
    ],
)
def test_what_makes_a_person_recognisable_is_pointed_at(text, kind, found):
    (finding,) = find_personal_data(text)
    assert (finding.kind, finding.text) == (kind, found)
    assert text[finding.start : finding.end] == found
    assert str(finding.explanation)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "En 2020, 17 % des personnes, et 1 200 salariés en Île-de-France.",
        "Comptez 27 à 36 Mo par heure, 540 Mo en vidéo.",
        "La séance du 12 mars 2026 à 13 h, place au café visio.",
        "Une salariée, un participant, la CIP et l’encadrant technique de Propreté solidaire.",
        "L’outil s’appelle Zoom, la fiche s’appelle Passe-relais.",
        "Madame, Monsieur, bonjour à tous",
        "https://example.org/page?x=1",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert find_personal_data(text) == []


def test_findings_come_in_the_order_of_the_text_without_overlaps():
    findings = find_personal_data("M. Diallo, 06 12 34 56 78, m.diallo@example.org")
    assert [finding.kind for finding in findings] == ["nom", "telephone", "courriel"]


LEAST_RECALL, MOST_FALSE_ALARMS = 0.90, 0.10


@pytest.mark.parametrize("wordings", [LOOKED_AT, KEPT_ASIDE, LATER])
def test_nine_wordings_in_ten_are_seen_and_nine_harmless_ones_in_ten_are_left_alone(wordings):
    figures = measure(find_personal_data, [wording for wording in read() if wording.half == wordings])
    assert figures.recall >= LEAST_RECALL, figures.missed
    assert figures.false_alarms <= MOST_FALSE_ALARMS, figures.alarms


def test_each_kind_of_personal_data_is_seen_eight_times_in_ten():
    figures = measure(find_personal_data, read())
    weak = {
        kind: figures.seen[kind] / asked for kind, asked in figures.asked.items() if figures.seen[kind] < 0.8 * asked
    }
    assert not weak


def test_most_passages_are_seen_whole_so_that_masking_leaves_nothing():
    figures = measure(find_personal_data, read())
    assert figures.whole.total() >= LEAST_RECALL * figures.asked.total(), figures.missed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("M. Diallo habite 12 rue des Lilas à Bobigny.", "M. [nom] habite [adresse]."),
        ("Appelez Mme El Khattabi-Roux au 06 12 34 56 78", "Appelez Mme [nom] au [téléphone]"),
        ("Une dame qui s’appelle Fatou, née le 3 mai 1984", "Une dame qui s’appelle [nom], née le [date de naissance]"),
        ("E\u0301lodie sort de prison\u00a0: elodie@example.org", "[nom] sort de prison\u00a0: [adresse e-mail]"),
        ("Rien à masquer ici.", "Rien à masquer ici."),
    ],
)
def test_a_masked_version_keeps_all_the_rest_of_the_text(typed, expected):
    assert masked(typed) == expected


def test_nothing_is_pointed_at_in_a_masked_version():
    again = {version: found for one in read() if (found := find_personal_data(version := masked(one.text)))}
    assert not again


def test_people_who_write_here_may_be_named():
    text = "Karim Benali et Awa cherchent une formation, Awa suit le contrat de Fatou"
    assert [finding.text for finding in find_personal_data(text, known=["Karim Benali", "Awa"])] == ["Fatou"]


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions were called: what a text costs, on any machine."""
    count = 0

    def one_more(*_call: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(one_more)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


MOST_CALLS_OF_A_LONG_COMMENT = 250_000  # of 2,000 characters: 10 ms where it was measured


@pytest.mark.parametrize("harmless", [True, False])
def test_a_long_comment_costs_little_and_one_of_twice_its_length_twice_as_much(harmless):
    text = " ".join(wording.text for wording in read() if (wording.kind == HARMLESS) == harmless)
    find_personal_data(text)  # lists are mapped once a process
    short, long = (calls_of(lambda size=size: find_personal_data(text[:size])) for size in (2_000, 4_000))
    assert short < MOST_CALLS_OF_A_LONG_COMMENT
    assert long < 3 * short


HOSTILE = (
    "M.", "0 1", "a", "a.b@", "12 rue ", "\u0301", "e\u0301", "né le ", "Fatou ", "Fatou\n", "AA-111-", "caf ", "a point ", "fr76",
    "Jean Dupont ", "prison Awa. ", "M. et Mme ", "(1/1/1990) ", "D. ", "d'",
)  # fmt: skip


def test_a_text_made_to_be_slow_is_not():
    """Processor time, that a busy machine does not lengthen; a pattern that turns back on itself takes minutes."""
    for letters in HOSTILE:
        began = time.process_time()
        find_personal_data(letters * (200_000 // len(letters)))
        assert time.process_time() - began < 5, letters
