"""A word that the base lacks is not a slip for all that; a slip is still mended. Figures: docs/search.md."""

from pathlib import Path

import pytest

from kb_site.french.lexicon import is_word
from search.engines.postgresql import PostgresqlEngine
from search.french import terms_of_word
from search.index.lexicon import look_up
from search.queries import SearchQuery
from search.services import answer

from .test_french import write

pytestmark = pytest.mark.django_db
WORDS = (Path(__file__).parent / "real_words.txt").read_text("utf-8").split()


def asked(text):
    return answer(SearchQuery(text=text, principals=frozenset({"public"})), PostgresqlEngine())


def test_no_real_word_is_spoiled_on_the_sample_site():
    spoiled = {word: correction for word in WORDS if (correction := asked(word).correction)}
    assert len(WORDS) >= 120
    assert spoiled == {}


def test_most_of_these_words_are_indeed_lacking():
    lacking = [word for word in WORDS if not look_up(terms_of_word(word), {"public"}).visible]
    assert len(lacking) > len(WORDS) / 2


def test_a_real_word_beside_a_known_one_is_left_alone_too():
    assert [word for word in WORDS if asked(f"formation {word} financement").correction] == []


def test_what_may_be_a_name_is_offered_and_searched_as_typed():
    for title in ("La digue", "Une digue"):
        write(title)
    results = asked("nigue")
    assert (results.correction, results.offer, results.total) == ("", "digue", 0)


def test_a_slip_after_the_first_letter_of_a_word_of_five_is_mended():
    for title in ("La carte", "Une carte"):
        write(title)
    assert asked("cagte").correction == "carte"


def test_a_short_slip_of_a_word_that_is_everywhere_is_mended():
    for number in range(20):
        write(f"La carte {number}")
    assert asked("narte").correction == "carte"


def test_a_real_word_that_sounds_like_one_we_hold_is_offered():
    write("Une séance de zumba : première session")
    results = asked("cession")
    assert (results.correction, results.offer) == ("", "session")


def test_an_acronym_of_the_profession_is_no_slip_of_a_word_that_sounds_like_it():
    write("Les cases du formulaire, les classes du centre")
    assert {typed: (asked(typed).correction, asked(typed).offer) for typed in ("caces", "formation caces")} == {
        "caces": ("", ""),
        "formation caces": ("", ""),
    }


def test_capitals_tell_an_acronym_and_a_name_inside_a_sentence_is_left_as_it_is():
    write("Les normes du rapport")
    assert (asked("NORMS").correction, asked("NORMS").offer) == ("", "")
    results = asked("rapport Nermes")
    assert (results.correction, results.offer) == ("", "rapport normes")


def test_the_page_offers_what_may_have_been_meant(client):
    html = client.get("/recherche/", {"q": "visoi"}).content.decode()
    assert "Résultats pour" in html
    html = client.get("/recherche/", {"q": "zisio"}).content.decode()
    assert "Vouliez-vous dire" in html
    assert "?q=visio" in html


@pytest.mark.parametrize("word", ["téléphones", "telephone", "frapperaient", "œuvre", "CACES", "wi-fi", "rendez-vous"])
def test_the_lexicon_knows_words_in_every_form(word):
    assert is_word(word.replace("-", ""))


@pytest.mark.parametrize("slip", ["téléphne", "formasion", "kestion", "violance", "ordinatuer"])
def test_the_lexicon_knows_no_slip(slip):
    assert not is_word(slip)
