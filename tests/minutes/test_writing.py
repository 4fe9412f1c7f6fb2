"""Minutes made from what a session left, corrected line by line by one or several people."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.minutes.models import Minutes, MinutesLine
from exchange_groups.minutes.sections import lines_of, sections_of
from exchange_groups.minutes.services import writing
from exchange_groups.minutes.services.errors import NotHeld
from exchange_groups.minutes.vocabularies import LineKind
from exchange_groups.sessions.models import Note
from exchange_groups.sessions.vocabularies import NoteKind, SessionState

pytestmark = pytest.mark.django_db


def outline(minutes):
    return [
        (part.heading.text if part.heading else "", [line.text for line in part.lines])
        for part in sections_of(lines_of(minutes))
    ]


def section_of(minutes, title):
    return next(part for part in sections_of(lines_of(minutes)) if part.heading and part.heading.text == title)


def address(minutes, end=""):
    return minutes.get_absolute_url() + end


def posted(part, **changes):
    rows = [*([part.heading] if part.heading else []), *part.lines]
    data = {f"{row.pk}-text": row.text for row in rows} | {f"{row.pk}-version": row.version for row in rows}
    return data | {"nouvelle-kind": "note", "nouvelle-text": ""} | changes


# Made from the session


def test_minutes_take_items_and_notes_in_their_order(minutes):
    assert outline(minutes) == [
        ("", ["On commence par les nouvelles."]),
        (
            "Les appels du lundi",
            [
                "Trois structures appellent le lundi.",
                "Un forfait sans limite pour deux postes.",
                "On garde le lundi.",
                "L’appel à trois du lundi.",
                "Écrire la trame d’appel.",
            ],
        ),
        ("Un pad commun", []),
    ]


def test_made_twice_nothing_is_doubled_and_what_was_edited_stays(minutes, held, account, line):
    edited = line("On garde")
    writing.edit_lines(
        minutes=minutes, by=account("karim"), edits={edited.pk: writing.Edit("On garde le lundi à 9 h.", 1)}
    )
    writing.remove_line(minutes=minutes, line_id=line("nouvelles").pk)
    Note.objects.filter(text__startswith="On garde").update(text="Autre chose")
    Note.objects.filter(text__startswith="Trois").update(text="Quatre structures appellent le lundi.")
    held.note(NoteKind.NOTE, "Une note arrivée d’un téléphone resté sans réseau.", item=held.calls)
    for _time in range(2):
        writing.write_minutes(session=held.session, by=account("animation"))
    told = outline(minutes)
    assert told[0][0] == "Les appels du lundi"
    assert told[0][1] == [
        "Quatre structures appellent le lundi.",
        "Un forfait sans limite pour deux postes.",
        "On garde le lundi à 9 h.",
        "L’appel à trois du lundi.",
        "Écrire la trame d’appel.",
        "Une note arrivée d’un téléphone resté sans réseau.",
    ]


def test_a_session_that_was_not_held_has_no_minutes(held):
    held.session.state, held.session.starts_at = SessionState.OUVERTE, timezone.now() + datetime.timedelta(days=1)
    held.session.save()
    with pytest.raises(NotHeld):
        writing.write_minutes(session=held.session, by=None)


def test_a_session_over_by_the_clock_may_be_written_up(held):
    held.session.state = SessionState.OUVERTE
    held.session.save()
    writing.write_minutes(session=held.session, by=None)
    held.session.refresh_from_db()
    assert held.session.state == SessionState.A_REDIGER


# Corrected


def test_the_secretary_corrects_a_line_and_comes_back_to_it(signed_in, minutes, line):
    part = section_of(minutes, "Les appels du lundi")
    changed = line("On garde")
    browser = signed_in("karim")
    data = posted(part, **{f"{changed.pk}-text": "On garde le lundi, à 9 h."})
    response = browser.post(address(minutes, f"points/{part.key}/"), data)
    assert response.status_code == 303
    assert "On garde le lundi, à 9 h." in browser.get(response["Location"]).content.decode()
    changed.refresh_from_db()
    assert (changed.version, changed.changed_by.first_name) == (2, "Karim")


def test_two_editors_never_overwrite_each_other_and_both_texts_are_shown(signed_in, minutes, line):
    part = section_of(minutes, "Les appels du lundi")
    changed, other = line("On garde"), line("Trois")
    here = address(minutes, f"points/{part.key}/")
    first = posted(part, **{f"{changed.pk}-text": "Les mots de Karim."})
    second = posted(part, **{f"{changed.pk}-text": "Les mots d’Inès.", f"{other.pk}-text": "Quatre structures."})
    signed_in("karim").post(here, first)
    response = signed_in("animation").post(here, second)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Les mots de Karim." in page
    assert "Les mots d’Inès." in page
    changed.refresh_from_db()
    other.refresh_from_db()
    assert (changed.text, other.text) == ("Les mots de Karim.", "Quatre structures.")
    again = posted(
        section_of(minutes, "Les appels du lundi"), **{f"{changed.pk}-text": "Les deux.", f"{changed.pk}-version": 2}
    )
    assert signed_in("animation").post(here, again).status_code == 303
    changed.refresh_from_db()
    assert changed.text == "Les deux."


def test_what_is_typed_is_kept_while_one_types(signed_in, minutes, line):
    part = section_of(minutes, "Les appels du lundi")
    changed = line("On garde")
    data = posted(part, autosave="1", **{f"{changed.pk}-text": "En cours de frappe"})
    response = signed_in("karim").post(address(minutes, f"points/{part.key}/"), data)
    assert response.json()["versions"][f"{changed.pk}-version"] == 2
    stale = signed_in("animation").post(address(minutes, f"points/{part.key}/"), data | {f"{changed.pk}-text": "Autre"})
    assert stale.status_code == 409
    changed.refresh_from_db()
    assert changed.text == "En cours de frappe"


def test_lines_are_added_moved_and_taken_away_with_plain_buttons(signed_in, minutes, line):
    browser = signed_in("karim")
    part = section_of(minutes, "Un pad commun")
    here = address(minutes, f"points/{part.key}/")
    for text in ("Première ligne", "Deuxième ligne"):
        fresh = section_of(minutes, "Un pad commun")
        browser.post(here, posted(fresh, **{"nouvelle-text": text, "faire": "ajouter"}))
    second = line("Deuxième")
    browser.post(here, posted(section_of(minutes, "Un pad commun"), faire=f"monter:{second.pk}"))
    assert outline(minutes)[2] == ("Un pad commun", ["Deuxième ligne", "Première ligne"])
    browser.post(here, posted(section_of(minutes, "Un pad commun"), faire=f"retirer:{second.pk}"))
    assert outline(minutes)[2] == ("Un pad commun", ["Première ligne"])
    browser.post(address(minutes, f"lignes/{second.pk}/reprendre/"))
    assert "Deuxième ligne" in outline(minutes)[2][1]


def test_an_action_added_to_the_minutes_is_followed_like_those_of_the_session(signed_in, minutes, account):
    browser = signed_in("karim")
    part = section_of(minutes, "Un pad commun")
    data = posted(part, **{"nouvelle-text": "Ouvrir le pad.", "nouvelle-kind": "action"})
    response = browser.post(address(minutes, f"points/{part.key}/"), data)
    note = Note.objects.open_actions().get(text="Ouvrir le pad.")
    assert response["Location"].endswith(f"/actions/{note.pk}/")
    browser.post(response["Location"], {"doer": account("membre").pk, "doer_name": "", "due_on": "2026-12-18"})
    note.refresh_from_db()
    assert (note.doer.first_name, str(note.due_on)) == ("Awa", "2026-12-18")


def test_an_action_taken_away_is_given_up_and_its_words_are_those_of_the_minutes(minutes, held, line, account):
    action = line("trame")
    writing.edit_lines(
        minutes=minutes, by=account("karim"), edits={action.pk: writing.Edit("Écrire la trame en 5 points.", 1)}
    )
    held.action.refresh_from_db()
    assert held.action.text == "Écrire la trame en 5 points."
    writing.remove_line(minutes=minutes, line_id=action.pk)
    assert not Note.objects.open_actions().filter(session=held.session).exists()


def test_the_summary_is_not_overwritten_either(signed_in, minutes):
    here = address(minutes, "synthese/")
    signed_in("karim").post(here, {"summary": "Une bonne heure.", "amendment_days": 5, "version": 1})
    response = signed_in("animation").post(here, {"summary": "Tout autre chose.", "amendment_days": 5, "version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Une bonne heure." in page
    assert "Tout autre chose." in page
    assert Minutes.objects.get(pk=minutes.pk).summary == "Une bonne heure."


def test_an_empty_line_is_refused_beside_its_field_and_nothing_typed_is_lost(signed_in, minutes, line):
    part = section_of(minutes, "Les appels du lundi")
    data = posted(part, **{f"{line('On garde').pk}-text": " ", f"{line('Trois').pk}-text": "Déjà tapé"})
    response = signed_in("karim").post(address(minutes, f"points/{part.key}/"), data)
    assert response.status_code == 422
    assert "Déjà tapé" in response.content.decode()
    assert MinutesLine.objects.filter(text="Déjà tapé").count() == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x00", "é" * 3000, "{{ 7*7 }} %s '; DROP TABLE"])
def test_hostile_words_do_no_harm(signed_in, minutes, line, text):
    part = section_of(minutes, "Les appels du lundi")
    browser = signed_in("karim")
    data = posted(part, **{f"{line('On garde').pk}-text": text, "faire": "monter:99999999999999999999"})
    response = browser.post(address(minutes, f"points/{part.key}/"), data)
    assert response.status_code in (303, 422)
    assert "<script>alert" not in browser.get(address(minutes)).content.decode()


# Rights


def test_a_draft_is_read_by_those_who_run_the_session_alone(signed_in, minutes):
    statuses = {
        name: signed_in(name).get(address(minutes)).status_code
        for name in ("karim", "animation", "membre", "edition", "partenaire", "coordination", "admin")
    }
    assert statuses == {
        "karim": 200,
        "animation": 200,
        "membre": 404,
        "edition": 404,
        "partenaire": 404,
        "coordination": 404,
        "admin": 404,
    }


def test_kinds_of_lines_cover_kinds_of_notes():
    assert {kind.value for kind in NoteKind} == {kind.value for kind in LineKind} - {"point"}
