"""« Vouliez-vous dire » : only for words that nothing readable holds, and only with words that are readable."""

import pytest

from search.engines.postgresql import PostgresqlEngine
from search.models import SynonymGroup
from search.queries import SearchQuery
from search.services import answer

from .test_french import only_ours, write  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def corrected(text, principals=("public",), **options):
    query = SearchQuery(text=text, principals=frozenset(principals), **options)
    return answer(query, PostgresqlEngine()).correction


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("téléphne", "téléphone"),
        ("telefphone", "téléphone"),
        ("télpéhone", "téléphone"),
        ("pélephone", "téléphone"),
        ("bon téléphpne", "bon téléphone"),
        ("ordinateurportable", "ordinateur portable"),
        ("smar tphone", "smartphone"),
        ("téléphone dasn ordinatuer", "téléphone dans ordinateur"),
        ('"téléphne portable" -zoom', '"téléphone portable" -zoom'),
    ],
)
def test_one_slip_is_mended(slip, meant):
    write("Un bon téléphone", "dans un ordinateur portable ou un smartphone")
    assert corrected(slip) == meant


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("telefone", "téléphone"),
        ("kestion", "question"),
        ("rezo", "réseau"),
        ("anploi", "emploi"),
        ("konpétance", "compétences"),
        ("atension", "attention"),
        ("otonome", "autonome"),
        ("lojman", "logement"),
        ("fasson", "façon"),
        ("mezon", "maison"),
        ("ekip", "équipe"),
        ("travay", "travail"),
        ("kestion sur le lojman", "question sur le logement"),
    ],
)
def test_a_word_written_as_it_sounds_is_mended(heard, meant):
    write("Une question d’équipe", "Le réseau d’emploi, les réseaux de téléphone, mes compétences, façon travail")
    write("Attention au logement", "À la maison, une personne autonome")
    assert corrected(heard) == meant


def test_of_two_mistakes_a_slip_that_sounds_the_same_is_the_likelier():
    for title in ("La carte", "Une carte", "Sa carte"):
        write(title)
    write("Un quart")
    assert corrected("karte") == "carte"
    write("Une habitude")
    assert corrected("abitude") == "habitude"


def test_a_word_without_its_unheard_ending_is_not_mended_into_another():
    for number in range(20):
        write(f"Garder le lien, {number}")
    assert corrected("ne vien plus") == ""


def test_of_two_words_of_french_one_is_offered_for_the_other_only_when_a_letter_apart():
    write("Ceux qui ont resté ; un lot caché")
    assert [answer(SearchQuery(text=text, principals=frozenset({"public"})), PostgresqlEngine()).offer
            for text in ("recette", "cachet")] == ["", "caché"]  # fmt: skip


def test_the_corrected_results_are_shown_with_the_word_marked():
    write("Un bon téléphone")
    query = SearchQuery(text="téléphne", principals=frozenset({"public"}))
    assert [hit.title for hit in answer(query, PostgresqlEngine()).hits] == ["Un bon <mark>téléphone</mark>"]


def test_what_was_typed_can_be_searched_as_it_is():
    write("Un bon téléphone")
    query = SearchQuery(text="téléphne", principals=frozenset({"public"}), exact=True)
    results = answer(query, PostgresqlEngine())
    assert (results.correction, results.hits) == ("", [])


def test_a_known_word_is_left_alone():
    write("La data et la date")
    assert corrected("data") == corrected("datas") == ""


def test_a_short_word_or_a_number_is_left_alone():
    write("Le CV de 2026")
    assert corrected("cw") == corrected("2027") == corrected("bus") == ""


def test_a_word_that_editors_know_is_left_alone():
    write("Un bon téléphone")
    SynonymGroup.objects.create(wordings=["téléphone", "bigophone", "telephonu"])
    assert corrected("telephonu") == ""


def test_the_most_frequent_word_is_preferred():
    for title in ("La cartable", "Une cartable", "Sa cartable", "Une tartable"):
        write(title)
    assert corrected("nartable") == "cartable"


class TestNothingClosedIsTold:
    def test_a_word_of_closed_entries_is_not_offered(self):
        write("Le cas Xylandre", principals=("group:7",))
        assert corrected("Xylindre") == ""
        assert corrected("Xylindre", principals=("public", "group:7")) == "xylandre"

    def test_a_word_that_sounds_like_one_of_closed_entries_tells_nothing(self):
        write("Le cas Philandre", principals=("group:7",))
        assert corrected("Filendre") == ""
        assert corrected("Filendre", principals=("public", "group:7")) == "philandre"

    def test_a_word_known_in_closed_entries_alone_is_corrected_as_if_unknown(self):
        write("Le cas Ampoulet", principals=("group:7",))
        write("Une ampoule")
        assert corrected("ampoulet") == corrected("ampoulev") == "ampoule"

    def test_a_form_of_closed_entries_is_not_shown_for_its_family(self):
        write("Licencier", principals=("public",))
        write("Licenciera", principals=("group:7",))
        assert "licenciera" not in corrected("licencierra")

    def test_an_entry_that_closes_takes_its_words_away_at_once(self):
        entry = write("Le cas Xylandre")
        assert corrected("xylindre") == "xylandre"
        entry.principals = ["group:7"]
        entry.save()
        PostgresqlEngine().put([entry])
        assert corrected("xylindre") == ""
