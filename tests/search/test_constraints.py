"""Constraints are read in the words of a search, however they are said."""

import pytest

from search.meaning.constraints import read_constraints
from search.meaning.knowledge import KnownConstraint, KnownConstraints, read_wordings
from search.models import Constraint


def known(slug, lacking="", wordings=""):
    return KnownConstraint(
        slug, slug, read_wordings(lacking), read_wordings(wordings, grammar=True), frozenset(), frozenset()
    )


KNOWN = KnownConstraints((
    known("no-phone", "smartphone"),
    known("no-data", "crédit\nforfait\ninternet\ngiga"),
    known("little-data", "bouffer le forfait", "petit forfait"),
    known("no-french", "parler français\nparle français\nfrançais", "allophone"),
    known("no-reading", "lire\nlit"),
    known("no-room", "salle"),
    known("two", "", "à deux"),
    known("phone", "", "par téléphone"),
))  # fmt: skip


def slugs(text, ignored=()):
    return [one.slug for one in read_constraints(text, KNOWN, ignored).constraints]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sans smartphone", ["no-phone"]), ("sans smarphone", ["no-phone"]), ("pas de smartphone", ["no-phone"]),
        ("il n’a pas de smartphone", ["no-phone"]), ("n'ont plus aucun smartphone", ["no-phone"]),
        ("plus de credit", ["no-data"]), ("elle n a plus internet", ["no-data"]), ("il a pas internet", ["no-data"]),
        ("ne parle pas français", ["no-french"]), ("il parle pas francais", ["no-french"]),
        ("parle pas bien le français", ["no-french"]), ("parle mal français", ["no-french"]),
        ("ne sait pas lire", ["no-reading"]), ("qui lit mal", ["no-reading"]), ("pas de salle", ["no-room"]),
        ("suivi à deux", ["two"]), ("suivi a deux", ["two"]), ("par téléphone", ["phone"]), ("allophones", ["no-french"]),
    ],
)  # fmt: skip
def test_it_is_understood(text, found):
    assert slugs(text) == found


@pytest.mark.parametrize(
    "text",
    ["smartphone", "donner un smartphone", "parler français", "apprendre à lire", "entre deux salariés", "téléphone",
     "sans rien dire de son smartphone à son chef de chantier ce soir", "visio sans salarié", ""],
)  # fmt: skip
def test_nothing_is_made_up(text):
    assert slugs(text) == []


def test_a_verb_denied_is_not_its_thing_denied():
    assert slugs("une visio qui ne bouffe pas le forfait") == ["little-data"]
    assert slugs("je ne trouve pas le forfait") == []


def test_its_words_stand_aside_and_the_others_do_not():
    reading = read_constraints("garder le lien sans smartphone", KNOWN)
    assert {"smartphon"} <= reading.aside
    assert not {"lien", "gard"} & reading.aside


def test_a_word_that_is_said_elsewhere_too_remains_a_word():
    reading = read_constraints("smartphone prêté à qui est sans smartphone", KNOWN)
    assert [one.slug for one in reading.constraints] == ["no-phone"]
    assert "smartphon" not in reading.aside


def test_one_that_was_refused_is_left_alone():
    assert slugs("sans smartphone", ignored=("no-phone",)) == []


@pytest.mark.django_db
def test_the_page_says_what_was_understood_and_lets_one_refuse_it(client):
    Constraint.objects.filter(slug="sans-smartphone").update(label="sans smartphone", lacking="smartphone")
    html = client.get("/recherche/", {"q": "suivi sans smartphone"}).content.decode()
    assert "compris : sans smartphone" in html
    assert "?q=suivi+sans+smartphone&amp;ignorer=sans-smartphone" in html
    html = client.get("/recherche/", {"q": "suivi sans smartphone", "ignorer": "sans-smartphone"}).content.decode()
    assert "compris : sans smartphone" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "\x00", "x" * 300, "<i>", "à côté"])
def test_a_strange_refusal_is_no_error(client, value):
    assert client.get("/recherche/", {"q": "suivi", "ignorer": value}).status_code == 200
