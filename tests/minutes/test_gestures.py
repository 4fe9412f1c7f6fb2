"""Lines carried from point to point, and gestures taken back."""

import pytest

from exchange_groups.minutes.sections import lines_of, sections_of
from exchange_groups.minutes.services import writing

from .test_writing import address, outline, posted, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def karim(signed_in):
    return signed_in("karim")


@pytest.fixture
def press(karim, minutes):
    """Press a button of the section of the calls, and return what comes next."""

    def pressed(verb, line, **more):
        here = section_of(minutes, "Les appels du lundi")
        sent = posted(here, faire=f"{verb}:{line.pk}", **more)
        return karim.post(address(minutes, f"points/{here.key}/"), sent)

    return pressed


def words(minutes):
    return [(line.kind, line.text) for part in sections_of(lines_of(minutes)) for line in part.lines]


def undo(browser, minutes):
    answer = browser.post(address(minutes, "defaire/"), follow=True)
    return answer.content.decode()


def test_a_line_is_dropped_before_another_one_of_another_point(karim, minutes, line, held):
    first, moved = line("On commence"), line("On garde le lundi")
    answer = karim.post(address(minutes, f"lignes/{moved.pk}/placer/"), {"point": "0", "avant": str(first.pk)})
    assert answer["Location"] == f"{address(minutes)}#ligne-{moved.pk}"
    assert outline(minutes)[0][1] == ["On garde le lundi.", "On commence par les nouvelles."]
    assert line("On garde le lundi").note.item is None
    page = karim.get(address(minutes)).content.decode()
    assert "Une ligne est déplacée." in page
    assert "C’est défait." in undo(karim, minutes)
    assert "On garde le lundi." in outline(minutes)[1][1]
    assert line("On garde le lundi").note.item == held.calls
    assert "Une ligne est déplacée." not in karim.get(address(minutes)).content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"point": "x", "avant": "²"}, {"point": "9" * 30}, {"point": "999999", "avant": "1"}]
)
def test_a_place_that_is_not_there_moves_nothing_out_of_sight(karim, minutes, line, sent):
    assert karim.post(address(minutes, f"lignes/{line('Trois').pk}/placer/"), sent).status_code == 303
    assert len(words(minutes)) == 6


@pytest.mark.parametrize(
    ("verb", "about", "more"),
    [
        ("monter", "Un forfait", {}),
        ("retirer", "Écrire la trame", {}),
        ("joindre", "Un forfait", {}),
        ("nature", "Un forfait", {"kind": "action"}),
        ("nature", "Écrire la trame", {"kind": "note"}),
    ],
)
def test_each_gesture_is_taken_back(karim, minutes, line, press, verb, about, more):
    before = words(minutes)
    chosen = line(about)
    press(verb, chosen, **{f"{chosen.pk}-{name}": value for name, value in more.items()})
    assert words(minutes) != before
    undo(karim, minutes)
    assert words(minutes) == before
    action = line("Écrire la trame").note
    assert (action.kind, action.state) == ("action", "to_do")


def test_a_line_that_was_cut_is_whole_again(karim, minutes, line, press, account):
    chosen = line("Trois")
    writing.set_words(chosen, "Trois structures.\nElles appellent.", by=account("karim"))
    before = words(minutes)
    press("couper", chosen)
    assert len(words(minutes)) == len(before) + 1
    undo(karim, minutes)
    assert words(minutes) == before


def test_what_somebody_else_changed_since_is_not_taken_back(karim, minutes, line, press, account):
    press("joindre", line("Un forfait"))
    joined = line("Trois structures")
    writing.set_words(joined, "Les mots d’Inès.", by=account("animation"))
    assert "Ces lignes ont changé depuis" in undo(karim, minutes)
    assert "Les mots d’Inès." in dict.fromkeys(text for _kind, text in words(minutes))


def test_a_gesture_is_taken_back_by_whom_made_it(karim, signed_in, minutes, line, press):
    press("retirer", line("Trois"))
    assert "C’est défait" not in undo(signed_in("animation"), minutes)
    assert "Trois" not in str(words(minutes))
