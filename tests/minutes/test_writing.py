"""Minutes made from what a session left, corrected line by line by one or several people."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.minutes.choices import LineKind
from exchange_groups.minutes.models import Minutes, MinutesLine
from exchange_groups.minutes.sections import lines_of, sections_of
from exchange_groups.minutes.services import writing
from exchange_groups.minutes.services.errors import NotEditable, NotHeld, TooLong
from exchange_groups.sessions.choices import NoteKind, SessionState
from exchange_groups.sessions.models import Note

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
    held.session.state, held.session.starts_at = SessionState.OPEN, timezone.now() + datetime.timedelta(days=1)
    held.session.save()
    with pytest.raises(NotHeld):
        writing.write_minutes(session=held.session, by=None)


def test_a_session_over_by_the_clock_may_be_written_up(held):
    held.session.state = SessionState.OPEN
    held.session.save()
    writing.write_minutes(session=held.session, by=None)
    held.session.refresh_from_db()
    assert held.session.state == SessionState.TO_WRITE_UP


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


# A line under the wrong point


def move(browser, minutes, moved, to):
    return browser.post(address(minutes, f"lignes/{moved.pk}/deplacer/"), {"point": to})


def test_a_line_is_moved_to_another_point_with_plain_buttons(signed_in, minutes, line, held):
    browser = signed_in("karim")
    here, there = section_of(minutes, "Les appels du lundi"), section_of(minutes, "Un pad commun")
    moved, typed = line("Trois structures"), line("On garde")
    data = posted(here, faire=f"deplacer:{moved.pk}", **{f"{typed.pk}-text": "Tapé juste avant"})
    response = browser.post(address(minutes, f"points/{here.key}/"), data)
    assert response.status_code == 303
    typed.refresh_from_db()
    assert typed.text == "Tapé juste avant"
    page = browser.get(response["Location"]).content.decode()
    assert "Trois structures appellent le lundi." in page
    assert "Un pad commun" in page
    response = move(browser, minutes, moved, there.key)
    assert (response.status_code, response["Location"]) == (303, address(minutes, f"points/{here.key}/"))
    assert "« Un pad commun »" in browser.get(response["Location"]).content.decode()
    assert outline(minutes)[2] == ("Un pad commun", ["Trois structures appellent le lundi."])
    moved.note.refresh_from_db()
    assert moved.note.item == held.late
    move(browser, minutes, moved, 0)
    assert outline(minutes)[0] == ("", ["On commence par les nouvelles.", "Trois structures appellent le lundi."])
    moved.note.refresh_from_db()
    assert moved.note.item is None


def test_a_line_that_was_moved_stays_where_it_is_when_notes_are_taken_in_again(minutes, line, held):
    writing.move_to_section(minutes=minutes, line_id=line("Trois").pk, section=line("Un pad").pk)
    held.note(NoteKind.NOTE, "Arrivée depuis.", item=held.calls)
    writing.write_minutes(session=held.session, by=None)
    assert outline(minutes)[2][1] == ["Trois structures appellent le lundi."]
    assert outline(minutes)[1][1][-1] == "Arrivée depuis."


def test_words_typed_on_a_line_that_someone_moved_meanwhile_are_kept(signed_in, minutes, line):
    here = section_of(minutes, "Les appels du lundi")
    moved = line("Trois")
    typed = posted(here, **{f"{moved.pk}-text": "Quatre structures."})
    move(signed_in("animation"), minutes, moved, line("Un pad").pk)
    assert signed_in("karim").post(address(minutes, f"points/{here.key}/"), typed).status_code == 303
    assert outline(minutes)[2][1] == ["Quatre structures."]
    saved = posted(here, autosave="1", **{f"{moved.pk}-text": "Cinq.", f"{moved.pk}-version": 2})
    answer = signed_in("karim").post(address(minutes, f"points/{here.key}/"), saved)
    assert answer.json()["versions"][f"{moved.pk}-version"] == 3


def test_words_that_two_people_gave_a_moved_line_are_both_shown(signed_in, minutes, line, account):
    here = section_of(minutes, "Les appels du lundi")
    moved = line("Trois")
    typed = posted(here, **{f"{moved.pk}-text": "Les mots de Karim."})
    move(signed_in("animation"), minutes, moved, line("Un pad").pk)
    edits = {moved.pk: writing.Edit("Les mots d’Inès.", 1)}
    writing.edit_lines(minutes=minutes, by=account("animation"), edits=edits)
    response = signed_in("karim").post(address(minutes, f"points/{here.key}/"), typed)
    assert response.status_code == 409
    assert "Les mots de Karim." in response.content.decode()
    assert "Les mots d’Inès." in response.content.decode()


@pytest.mark.parametrize("point", ["", "x", "-1", "9" * 40, "²", "\x00", "999999"])
def test_a_point_that_is_not_there_is_refused_beside_its_field(signed_in, minutes, line, point):
    before = outline(minutes)
    response = move(signed_in("karim"), minutes, line("Trois"), point)
    assert response.status_code == 422
    assert 'id="id_point_error"' in response.content.decode()
    assert outline(minutes) == before


def test_what_is_not_a_standing_line_of_these_minutes_is_not_moved(signed_in, minutes, line):
    heading, gone = line("Un pad"), line("Trois")
    writing.remove_line(minutes=minutes, line_id=gone.pk)
    elsewhere = MinutesLine.objects.exclude(minutes=minutes).exclude(kind=LineKind.POINT).first()
    for wrong in (heading, gone, elsewhere):
        assert move(signed_in("karim"), minutes, wrong, 0).status_code == 404


def test_a_line_of_validated_minutes_is_not_moved(signed_in, minutes, line):
    moved, there = line("Trois"), line("Un pad")
    Minutes.objects.filter(pk=minutes.pk).update(state="validated")
    assert move(signed_in("karim"), minutes, moved, there.pk)["Location"] == address(minutes)
    with pytest.raises(NotEditable):
        writing.move_to_section(minutes=minutes, line_id=moved.pk, section=there.pk)
    assert outline(minutes)[2] == ("Un pad commun", [])


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


def test_a_line_becomes_of_another_kind_and_an_action_is_followed(signed_in, minutes, line, held):
    part, need = section_of(minutes, "Les appels du lundi"), line("forfait")
    here = address(minutes, f"points/{part.key}/")
    browser = signed_in("karim")
    response = browser.post(here, posted(part, **{"faire": f"nature:{need.pk}", f"{need.pk}-kind": "action"}))
    note = Note.objects.open_actions().get(text__contains="forfait")
    assert response["Location"].endswith(f"/actions/{note.pk}/")
    part = section_of(minutes, "Les appels du lundi")
    browser.post(here, posted(part, **{"faire": f"nature:{need.pk}", f"{need.pk}-kind": "decision"}))
    need.refresh_from_db()
    note.refresh_from_db()
    assert (need.kind, note.kind, note.state) == ("decision", "decision", "")
    browser.post(
        here,
        posted(
            section_of(minutes, "Les appels du lundi"), **{"faire": f"nature:{need.pk}", f"{need.pk}-kind": "point"}
        ),
    )
    need.refresh_from_db()
    assert need.kind == "decision"


def test_a_line_is_cut_at_its_ends_of_lines_and_joined_again(signed_in, minutes, line):
    part, decision = section_of(minutes, "Les appels du lundi"), line("On garde")
    here = address(minutes, f"points/{part.key}/")
    browser = signed_in("karim")
    words = {f"{decision.pk}-text": "On garde le lundi.\n\nOn essaie le jeudi."}
    browser.post(here, posted(part, **words, faire=f"couper:{decision.pk}"))
    lines = outline(minutes)[1][1]
    place = lines.index("On garde le lundi.")
    assert lines[place + 1] == "On essaie le jeudi."
    second = line("On essaie")
    assert second.kind == "decision"
    browser.post(here, posted(section_of(minutes, "Les appels du lundi"), faire=f"joindre:{second.pk}"))
    assert outline(minutes)[1][1][place] == "On garde le lundi.\nOn essaie le jeudi."
    first = section_of(minutes, "Les appels du lundi").lines[0]
    browser.post(here, posted(section_of(minutes, "Les appels du lundi"), faire=f"joindre:{first.pk}"))
    assert first.text in outline(minutes)[1][1]  # a title takes in no line


def test_two_lines_too_long_together_stay_apart(minutes, line, account):
    decision = line("On garde")
    before = section_of(minutes, "Les appels du lundi").lines
    previous = before[[one.pk for one in before].index(decision.pk) - 1]
    MinutesLine.objects.filter(pk=previous.pk).update(text="x" * 1999)
    with pytest.raises(TooLong):
        writing.join_line(minutes=minutes, by=account("karim"), line_id=decision.pk)
    decision.refresh_from_db()
    assert decision.removed_at is None


def test_a_note_taken_away_leaves_the_draft_unless_its_line_was_edited(minutes, held, line, account):
    need, decision = line("forfait"), line("On garde")
    writing.set_words(decision, "On garde le lundi, à 9 h.", by=account("karim"))
    held.session.notes.filter(pk__in=[need.note_id, decision.note_id]).update(removed_at=timezone.now())
    writing.write_minutes(session=held.session, by=None)
    told = outline(minutes)[1][1]
    assert "On garde le lundi, à 9 h." in told
    assert not any("forfait" in text for text in told)
