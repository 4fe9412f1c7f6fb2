"""A table of cards: checked line by line, imported all or nothing, imported again to update."""

import io
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from practices.import_export.exports import as_csv, as_xlsx, for_export
from practices.import_export.models import CardIdentifier
from practices.import_export.parsing import FileRefused, read_table
from practices.import_export.services import import_cards
from practices.models import PracticePage

from .tables import ROW, as_file

pytestmark = pytest.mark.django_db


def outcomes(report):
    return [line.outcome for line in report.lines]


def card():
    return PracticePage.objects.get(sheet_identifier__identifier="A-1")


def test_a_complete_row_becomes_a_draft(run, account):
    assert outcomes(run(ROW)) == ["creee"]
    made = card()
    assert not made.live
    assert made.title == "Le tour de table du lundi"
    assert made.challenges == ["isolement", "rupture_suivi"]
    assert [step.value["title"] for step in made.steps] == ["Se réunir", "Parler"]
    assert made.steps[0].value["who"] == "l’encadrant"
    assert made.steps[0].value["duration_minutes"] == 5
    assert made.steps[1].value["tip"] == "Commencez par vous."
    assert made.owner == account("edition")
    assert made.get_parent().slug == "chantiers-idf"


def test_the_check_writes_nothing_and_says_the_same(run):
    before = PracticePage.objects.count()
    assert outcomes(run(ROW, check=True)) == ["creee"]
    assert PracticePage.objects.count() == before


def test_asked_to_publish_a_complete_card_goes_live_and_an_incomplete_one_stays_a_draft(run):
    report = run(ROW, ROW | {"Identifiant": "A-2", "Titre": "Sans étapes", "Étapes": ""}, publish=True, role="admin")
    assert outcomes(report) == ["creee", "creee"]
    assert card().live
    assert not PracticePage.objects.get(title="Sans étapes").live
    assert any("deux étapes" in message for message in report.lines[1].messages)


def test_four_eyes_hold_nobody_publishes_what_they_bring_in_not_even_the_change_of_a_published_card(run, section):
    report = run(ROW, publish=True)
    assert not card().live
    assert "une autre personne" in report.lines[0].messages[0]
    content = as_file(
        {"Identifiant": "cafe-visio-du-jeudi", "Titre": "Le café du jeudi"}, columns=["Identifiant", "Titre"]
    )
    report = run(content=content, publish=True)
    assert "une autre personne" in report.lines[0].messages[0]
    known = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    assert (known.title, known.draft_title) == ("Le café visio du jeudi", "Le café du jeudi")


def test_the_same_identifier_updates_the_draft_and_leaves_the_published_card(run):
    run(ROW, publish=True, role="admin")
    report = run(ROW | {"Titre": "Un autre titre"})
    assert outcomes(report) == ["modifiee"]
    assert report.lines[0].changed == ["Titre"]
    assert card().title == "Le tour de table du lundi"
    assert card().get_latest_revision_as_object().title == "Un autre titre"
    assert PracticePage.objects.filter(title="Le tour de table du lundi").count() == 1


def test_importing_the_same_file_again_changes_nothing(run):
    run(ROW)
    revisions = card().revisions.count()
    assert outcomes(run(ROW)) == ["inchangee"]
    assert card().revisions.count() == revisions


def test_a_column_that_the_file_does_not_have_is_left_as_it_is(run):
    run(ROW)
    run({"Identifiant": "A-1", "Titre": "Nouveau titre"}, columns=["Identifiant", "Titre"])
    draft = card().get_latest_revision_as_object()
    assert draft.title == "Nouveau titre"
    assert draft.limits == "Pas à plus de douze."


def test_one_wrong_line_and_nothing_is_imported(run):
    before = PracticePage.objects.count()
    report = run(ROW, ROW | {"Identifiant": "A-2", "Nature": "Sieste"})
    assert outcomes(report) == ["creee", "erreur"]
    assert "« Sieste » n’est pas dans la liste" in report.lines[1].messages[0]
    assert PracticePage.objects.count() == before
    assert not CardIdentifier.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Identifiant": ""}, "« Identifiant » est vide"),
        ({"Titre": ""}, "Titre :"),
        ({"Titre": "x" * 300}, "Titre :"),
        ({"Problèmes": "Faim"}, "« Faim »"),
        ({"Étapes": "Une consigne sans titre"}, "« # »"),
        ({"Durée (min)": "longtemps"}, "n’est pas une durée"),
        ({"Groupe : minimum": "99999"}, "Groupe : minimum"),
        ({"Vérifiée le": "hier"}, "n’est pas une date"),
        ({"Thèmes": "inconnu au bataillon"}, "n’existe pas"),
        ({"Conditions": "rien-de-tel (indispensable)"}, "n’existe pas"),
        ({"Outils": "minitel (repli)"}, "n’a pas de fiche"),
        ({"Sources": "Titre | javascript:alert(1)"}, "n’est pas une adresse"),
        ({"Responsable": "inconnu@example.org"}, "Aucun compte validé"),
    ],
)
def test_each_mistake_is_told_in_words_on_its_line(run, change, words):
    row = ROW | change
    report = run(row, columns=list(row), check=True)
    assert outcomes(report) == ["erreur"]
    assert any(words in message for message in report.lines[0].messages), report.lines[0].messages


def test_an_identifier_twice_in_a_file_is_an_error(run):
    assert outcomes(run(ROW, ROW, check=True)) == ["creee", "erreur"]


def test_unknown_columns_are_told_and_ignored(run):
    row = ROW | {"Couleur": "bleu"}
    report = run(row, columns=list(row), check=True)
    assert report.ignored == ["Couleur"]
    assert outcomes(report) == ["creee"]


def test_headings_are_understood_without_accents_nor_case(run):
    row = {heading.upper().replace("É", "E"): value for heading, value in ROW.items()}
    assert outcomes(run(row, columns=list(row), check=True)) == ["creee"]


def test_the_editor_of_another_network_imports_nothing_here(run):
    before = PracticePage.objects.count()
    report = run(ROW, role="edition-numerique")
    assert outcomes(report) == ["erreur"]
    assert "Vous ne pouvez pas" in report.lines[0].messages[0]
    assert PracticePage.objects.count() == before


def test_a_member_imports_nothing(run):
    assert outcomes(run(ROW, role="membre", publish=True)) == ["erreur"]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_what_was_exported_comes_back_unchanged(section, account, write):
    cards = for_export(PracticePage.objects.child_of(section).order_by("pk"))
    assert cards.filter(live=False).exists(), "drafts come back too"
    file = io.BytesIO()
    write(cards, {}, to=file, with_personal=True)
    report = import_cards(content=file.getvalue(), section=section, by=account("edition"))
    assert set(outcomes(report)) == {"inchangee"}, [
        (line.title, line.outcome, line.messages) for line in report.lines if line.outcome != "inchangee"
    ]
    assert len(report.lines) == cards.count() > 3


def test_an_incomplete_row_becomes_a_draft_that_says_what_it_lacks(run):
    report = run(
        {"Identifiant": "A-1", "Titre": "À compléter"}, columns=["Identifiant", "Titre"], publish=True, role="admin"
    )
    assert outcomes(report) == ["creee"]
    assert "Brouillon à compléter : En une phrase, Nature" in report.lines[0].messages[0]
    assert not card().live
    again = run({"Identifiant": "A-1", "Titre": "À compléter"}, columns=["Identifiant", "Titre"])
    assert outcomes(again) == ["inchangee"]


def test_a_published_card_keeps_what_it_must_have(run):
    run(ROW, publish=True, role="admin")
    report = run(ROW | {"Limites": ""})
    assert outcomes(report) == ["erreur"]
    assert "Limites" in report.lines[0].messages[0]


def test_a_file_of_a_french_spreadsheet_is_read(run):
    content = as_file(ROW).decode().encode("cp1252", "replace")
    assert outcomes(run(content=content, check=True)) == ["creee"]


def test_an_xlsx_workbook_is_read_numbers_and_dates_included(run):
    import datetime

    book = Workbook()
    row = ROW | {"Durée (min)": 30, "Vérifiée le": datetime.datetime(2026, 3, 1)}
    book.active.append(list(row))
    book.active.append(list(row.values()))
    stream = io.BytesIO()
    book.save(stream)
    assert outcomes(run(content=stream.getvalue())) == ["creee"]
    assert card().duration_minutes == 30
    assert str(card().last_verified_at) == "2026-03-01"


def test_a_formula_in_a_cell_stays_a_text(run):
    run(ROW | {"Limites": '=HYPERLINK("http://x")'})
    assert card().limits.startswith("=HYPERLINK")


# Hostile files


def zip_of(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"Identifiant;Titre\n",
        b"PK\x03\x04 not a zip",
        b"\x00\x01\x02;\x00\n\x00;\x00",
        zip_of(a=b"0" * 70_000_000),
        zip_of(**{f"part{number}": b"" for number in range(300)}),
        zip_of(**{"xl/workbook.xml": b"<x/>"}),
        b"Identifiant;Titre\n" + b"a;" + b"x" * 30_000,
        b";".join(b"c%d" % number for number in range(200)) + b"\n1",
        b"x" * (6 * 1024 * 1024),
    ],
    ids=[
        "empty",
        "blank",
        "headings only",
        "cut zip",
        "nul",
        "bomb",
        "many parts",
        "no sheet",
        "long cell",
        "wide",
        "big",
    ],
)
def test_a_hostile_file_is_refused_in_words(content):
    with pytest.raises(FileRefused) as refusal:
        read_table(content)
    assert str(refusal.value)


def test_ten_thousand_rows_are_refused_before_any_is_read(run):
    with pytest.raises(FileRefused, match="plus de 2000 fiches"):
        run(*[ROW | {"Identifiant": str(number)} for number in range(10_000)])


NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


def sheet_of(rows: bytes) -> bytes:
    return b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (NAMESPACE, rows)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (STRINGS, b"<sst %s>%s</sst>" % (NAMESPACE, b"<si><t>a</t></si>" * 3_300_000)),
        (SHEET, sheet_of((b"<row>" + b"<c><v>1</v></c>" * 80 + b"</row>") * 40_000)),
        (SHEET, sheet_of(b"<row>" + b"<c/>" * 14_000_000 + b"</row>")),
        (SHEET, sheet_of(b"<row/>" * 9_000_000)),
        (STYLES, b"<styleSheet %s><cellXfs>%s</cellXfs></styleSheet>" % (NAMESPACE, b"<xf/>" * 9_000_000)),
    ],
    ids=["shared strings", "cells", "one endless row", "empty rows", "styles"],
)
def test_a_small_workbook_that_would_be_read_for_long_is_refused_within_a_second(part, content):
    book = Workbook()
    book.active.append(["Identifiant", "Titre"])
    book.save(stream := io.BytesIO())
    copy = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            target.writestr(one.filename, content if one.filename == part else source.read(one))
        if part not in source.namelist():
            target.writestr(part, content)
    assert len(copy.getvalue()) < 1_000_000
    begun = time.process_time()
    with pytest.raises(FileRefused, match="trop gros une fois ouvert"):
        read_table(copy.getvalue())
    assert time.process_time() - begun < 1


def test_an_entity_bomb_in_a_workbook_is_refused():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>'
    )
    book = Workbook()
    book.active.append(["Identifiant", "Titre"])
    book.active.append(["1", "x"])
    stream = io.BytesIO()
    book.save(stream)
    copy = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(copy, "w") as target:
        for part in source.infolist():
            target.writestr(part, bomb if part.filename.endswith("sheet1.xml") else source.read(part))
    with pytest.raises(FileRefused):
        read_table(copy.getvalue())


def test_a_file_that_is_not_a_table_of_cards_says_what_is_missing(run):
    report = run(content=b"nom;prenom\nDupont;Jean\n", check=True)
    assert outcomes(report) == ["erreur"]
    assert "« Identifiant » est vide ou absente" in report.lines[0].messages[0]


# The command


def test_the_command_checks_then_imports(tmp_path, capsys):
    path = tmp_path / "fiches.csv"
    path.write_bytes(as_file(ROW))
    arguments = [str(path), "--network", "chantiers-idf", "--user", "edition@example.org"]
    call_command("import_cards", *arguments, "--dry-run")
    assert "Essai, rien n’est écrit : 1 creee" in capsys.readouterr().out
    assert not CardIdentifier.objects.exists()
    call_command("import_cards", *arguments)
    assert not card().live


def test_the_command_fails_loudly_and_imports_nothing(tmp_path):
    path = tmp_path / "fiches.csv"
    path.write_bytes(as_file(ROW | {"Nature": "?"}))
    with pytest.raises(CommandError, match="rien n’a été importé"):
        call_command("import_cards", str(path), "--network", "chantiers-idf", "--user", "edition@example.org")
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_cards", str(path), "--network", "x", "--user", "edition@example.org")
    with pytest.raises(CommandError, match="Aucun compte validé"):
        call_command("import_cards", str(path), "--network", "chantiers-idf", "--user", "attente@example.org")


def test_checking_asks_the_database_as_much_for_many_lines_as_for_few(run, django_assert_max_num_queries):
    rows = [ROW | {"Identifiant": str(number), "Thèmes": "cafe-visio"} for number in range(200)]
    with django_assert_max_num_queries(14):
        run(*rows, columns=[*ROW, "Thèmes"], check=True)
