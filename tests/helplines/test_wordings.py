"""What people type of a danger is recognised, however it is written; what only sounds like one is left alone."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from kb_site.helplines.wording_reader import MOST_READ, find, vocabulary

HERE = Path(__file__).parent
# The beginning of a situation's name, as dangers.tsv names it.
DANGERS = [line.split("\t") for line in (HERE / "dangers.tsv").read_text("utf-8").splitlines()]
HARMLESS = (HERE / "harmless.txt").read_text("utf-8").splitlines()
STARTER = tomllib.loads((Path(settings.BASE_DIR) / "fixtures" / "helplines.toml").read_text("utf-8"))
SITUATIONS = STARTER["situations"]
SOUGHT = vocabulary(
    [situation["wordings"].splitlines() for situation in SITUATIONS],
    [line for situation in SITUATIONS for line in situation["harmless"].splitlines()],
)


def situations_in(text: str) -> list[str]:
    return [SITUATIONS[number]["name"] for number in find(text, SOUGHT)]


def read(text: str, *wordings: str, harmless: str = "") -> bool:
    return bool(find(text, vocabulary([wordings], harmless.splitlines())))


@pytest.mark.parametrize(("situation", "text"), DANGERS)
def test_a_danger_is_recognised(situation, text):
    assert [name for name in situations_in(text)[:2] if situation.lower() in name.lower()], situations_in(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_danger_is_left_alone(text):
    assert situations_in(text) == []


def test_every_situation_is_tried():
    tried = {situation for situation, _text in DANGERS}
    assert [one["name"] for one in SITUATIONS if not any(name.lower() in one["name"].lower() for name in tried)] == []
    assert min(len(DANGERS), len(HARMLESS)) >= 100


def test_accents_capitals_decomposed_letters_and_first_person_change_nothing():
    for text in ("Il se fait HARCELER", "il se fait harce\u0301ler", "je me fais harceler", "ils nous harcèlent"):
        assert situations_in(text), text


def test_one_slip_or_the_sound_of_a_word_is_enough_but_another_french_word_is_no_slip():
    assert read("des violances", "violence")
    assert read("des viloences", "violence")
    assert read("un suisside", "suicide")
    assert not read("elle porte le voile", "viole")
    assert not read("faire le ménage", "menace")


def test_words_stand_in_any_order_near_one_another_in_one_sentence():
    assert read("elle se fait frapper par son mari", "mari frappe")
    assert read("son mari, quand il rentre, la frappe", "mari frappe")
    assert not read("Son mari l’attend. On frappe à la porte.", "mari frappe")


def test_an_expression_keeps_its_order_and_its_small_words():
    assert read("il veut mettre fin à ses jours", "« fin à ses jours »")
    assert not read("la fin est dans trois jours", "« fin à ses jours »")


def test_a_slash_separates_words_that_stand_for_one_another():
    assert read("elle se coupe les veines", "ouvrir/coupe veines/poignets")
    assert not read("elle se coupe les cheveux", "ouvrir/coupe veines/poignets")


def test_what_is_denied_is_left_alone_but_not_what_a_denial_tells():
    assert not read("il n’y a pas de violence", "violence")
    assert not read("il ne la frappe jamais", "frappe")
    assert read("je sais pas quoi faire, il la frappe", "frappe")
    assert read("il n’arrête pas de la frapper", "frappe")
    assert read("de plus en plus violent", "violent")
    assert read("elle ne veut plus vivre", "veut plus vivre")
    assert not read("elle veut vivre", "veut plus vivre")


def test_a_harmless_expression_hides_its_words_only():
    assert not read("mort de rire", "mort", harmless="mort de rire")
    assert read("mort de rire, puis sa mort", "mort", harmless="mort de rire")


def test_a_long_or_strange_text_costs_no_more_than_its_beginning():
    assert situations_in("x" * MOST_READ + " suicide") == []
    assert situations_in("") == situations_in("!!! ... «»") == situations_in("\u0301") == []


def test_each_number_says_who_answers_when_and_where_it_was_read():
    numbers = {line["number"]: line for line in STARTER["helplines"]}
    assert {"15", "17", "18", "112", "114", "115", "119", "3114", "3919", "0 800 23 13 13"} <= numbers.keys()
    assert [number for number, line in numbers.items() if not line["source_url"].startswith("https://")] == []
    assert {number for situation in SITUATIONS for number in situation["numbers"]} == numbers.keys()
