"""The guard points at what makes a person recognisable, and leaves ordinary sentences alone."""

import pytest

from practices.comments.personal_data_guard import find_personal_data


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
        ("née le 3 mai 1984", "naissance", "née le 3 mai 1984"),
        ("J’ai vu M. Diallo hier", "nom", "M. Diallo"),
        ("Mme K. ne répond plus", "nom", "Mme K."),
        ("une dame qui s’appelle Fatou", "nom", "s’appelle Fatou"),
        ("le participant Mamadou a dit", "nom", "participant Mamadou"),
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


def test_a_hostile_text_is_read_quickly():
    import time

    for text in ("M." * 100_000, "0 1" * 100_000, "a" * 500_000, "a.b@" * 100_000, "12 rue " * 50_000):
        began = time.perf_counter()
        find_personal_data(text)
        assert time.perf_counter() - began < 2
