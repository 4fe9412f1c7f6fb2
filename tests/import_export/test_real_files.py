"""Tables as spreadsheets really make them: what can be understood is, the rest is said; nothing is lost in silence."""

import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import Workbook
from openpyxl.utils.escape import escape

from practices.import_export.durations import read_minutes
from practices.import_export.limits import CellError, FileRefused, Unreadable
from practices.import_export.models import CardImport
from practices.import_export.parsing import read_table
from practices.import_export.services import keep_file
from practices.models import PracticePage

from .tables import ROW, as_file
from .test_import import card, outcomes

pytestmark = pytest.mark.django_db

HEAD = "Identifiant;Titre;Limites"


def titles(content) -> list[str]:
    return [cells["Titre"] for _number, cells in read_table(content).rows]


def workbook(*rows, before=(), hidden=()) -> bytes:
    """An XLSX file whose cards stand after other sheets, and under other lines."""
    book = Workbook()
    first = book.worksheets[0]
    if hidden:
        first.sheet_state = "hidden"
        for row in hidden:
            first.append(row)
        first = book.create_sheet("Fiches")
    for row in (*before, *rows):
        first.append(row)
    book.active = len(book.worksheets) - 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def part_changed(content: bytes, old: bytes, new: bytes) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(copy, "w") as target:
        for part in source.infolist():
            target.writestr(part, source.read(part).replace(old, new))
    return copy.getvalue()


HEADINGS = ["Identifiant", "Titre", "Limites"]
LINE = ["a", "Été à l’école", "Une limite"]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"])
def test_the_letters_of_any_usual_program_are_read(code):
    assert titles(f"{HEAD}\r\na;Été à l’école;Une limite\r\n".encode(code)) == ["Été à l’école"]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("told", [True, False])
def test_what_stands_between_cells_is_found_or_told_by_a_first_line(mark, told):
    text = f"{HEAD}\na;Un titre;Une limite\n".replace(";", mark)
    assert titles((f"sep={mark}\n{text}" if told else text).encode()) == ["Un titre"]


def test_a_quote_never_closed_takes_no_other_line_with_it():
    text = f'{HEAD}\na;"Un titre;Une limite\nb;"Un ""vrai"" titre\nsur deux lignes";x\nc;Le "mot";"5" de long\n'
    assert titles(text.encode()) == ['"Un titre', 'Un "vrai" titre\nsur deux lignes', 'Le "mot"']


def test_headings_stand_under_a_title_and_in_any_visible_sheet():
    assert titles(workbook(HEADINGS, LINE, before=[["Nos fiches 2026"], [], ["Tenu par Awa", "en 2026"]])) == [LINE[1]]
    assert titles(workbook(HEADINGS, LINE, hidden=[HEADINGS, ["z", "Caché", "x"]])) == [LINE[1]]
    assert titles(f"Nos fiches;;\n\n{HEAD}\na;Un titre;x\n".encode()) == ["Un titre"]


def test_a_sheet_that_says_a_wrong_size_is_read_whole():
    content = part_changed(workbook(HEADINGS, LINE), b'<dimension ref="A1:C2"', b'<dimension ref="A1"')
    assert titles(content) == [LINE[1]]


def test_line_breaks_of_excel_are_ends_of_lines():
    assert titles(workbook(HEADINGS, ["a", "Un_x000D_\ndeux", "x"])) == ["Un\ndeux"]
    assert titles(workbook(HEADINGS, ["a", escape("Un\r\ndeux"), "x"])) == ["Un\ndeux"]


@pytest.mark.parametrize("content", ["#N/A", "#VALEUR!", "#REF!"])
def test_an_error_of_the_spreadsheet_is_said_and_never_kept_as_text(content, run):
    for file in (workbook(HEADINGS, ["a", "Un titre", content]), f"{HEAD}\na;Un titre;{content}".encode()):
        report = run(content=file, check=True)
        assert outcomes(report) == ["erreur"]
        assert content in report.lines[0].messages[0]
        assert report.lines[0].wrong == ["Limites"]


def test_a_formula_without_its_result_is_said():
    cell = read_table(workbook(HEADINGS, ["a", "=A2&C2", "x"])).rows[0][1]["Titre"]
    assert isinstance(cell, Unreadable)
    assert "formule" in cell.reason


def test_one_heading_twice_is_refused_unless_both_say_the_same():
    with pytest.raises(FileRefused, match="« Titre » est deux fois"):
        read_table(f"{HEAD};titre\na;Un;x;Deux\n".encode())
    assert titles(f"{HEAD};Titre\na;Un;x;\nb;;x;Deux\n".encode()) == ["Un", "Deux"]


def ods(*rows: list[str], style: str = "") -> bytes:
    def cells(row):
        return "".join(
            f'<table:table-cell office:value-type="string">{"".join(f"<text:p>{one}</text:p>" for one in cell.split("|"))}</table:table-cell>'
            for cell in row
        )

    def sheet(lines, name, look=""):
        body = "".join(f"<table:table-row>{cells(row)}</table:table-row>" for row in lines)
        empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        return f'<table:table table:name="{name}" table:style-name="{look}">{body}{empty}</table:table>'

    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    hidden = '<style:style style:name="cachee"><style:table-properties table:display="false"/></style:style>'
    content = (
        f"<office:document-content{names}><office:automatic-styles>{hidden}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheet([HEADINGS, ['z', 'Caché', 'x']], 'Vieux', 'cachee')}{sheet(rows, 'Fiches')}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", style + content)
    return stream.getvalue()


def test_a_workbook_of_libreoffice_is_read():
    assert titles(ods(HEADINGS, ["a", "Un titre|sur deux lignes", "x"])) == ["Un titre\nsur deux lignes"]
    with pytest.raises(FileRefused):
        read_table(ods(HEADINGS, LINE, style='<!DOCTYPE a [<!ENTITY b "c">]>'))
    with pytest.raises(FileRefused):
        read_table(b"PK\x03\x04 application/vnd.oasis.opendocument.spreadsheet cut")


def test_an_old_or_protected_workbook_is_told_how_to_be_saved():
    with pytest.raises(FileRefused, match="XLSX ou en ODS"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("45", 45), ("45.0", 45), ("45 min", 45), ("1h30", 90), ("1 h 30", 90), ("1:30", 90), ("2h", 120), ("1,5 h", 90),
        ("30-45", 45), ("de 30 à 45 minutes", 45), ("1-2 h", 120), ("1h à 1h30", 90), ("90’", 90), ("", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_people_write_it(said, minutes):
    assert read_minutes(said) == minutes


@pytest.mark.parametrize("said", ["longtemps", "30-45-60", "-", "45 €", "h"])
def test_what_is_not_a_duration_is_said(said):
    with pytest.raises(CellError, match="n’est pas une durée"):
        read_minutes(said)


def test_lists_by_commas_days_and_numbers_with_words_are_understood(run):
    row = ROW | {
        "Problèmes": "Isolement, rupture_suivi", "Durée (min)": "1h30", "Groupe : maximum": "8 personnes",
        "Vérifiée le": "31 mars 2026",
    }  # fmt: skip
    report = run(row, columns=list(row))
    assert outcomes(report) == ["creee"], report.lines[0].messages
    made = card().get_latest_revision_as_object()
    assert made.challenges == ["isolement", "rupture_suivi"]
    assert (made.duration_minutes, made.group_size_max) == (90, 8)
    assert str(made.last_verified_at) == "2026-03-31"
    assert ("Durée (min)", "90") in report.lines[0].understood


def test_an_empty_cell_leaves_what_a_card_always_has(run):
    row = ROW | {"Visibilité": "", "À revoir (mois)": ""}
    assert outcomes(run(row, columns=list(row))) == ["creee"]
    assert card().visibility == "public"
    PracticePage.objects.filter(pk=card().pk).update(visibility="membres")
    card().save_revision(clean=False)
    run(row | {"Titre": "Un autre titre"}, columns=list(row))
    assert card().get_latest_revision_as_object().visibility == "membres"


def test_wrong_cells_are_corrected_on_the_screen_then_the_file_is_imported(signed_in, section, account):
    content = as_file(ROW | {"Nature": "Sieste"}, ROW | {"Identifiant": "A-2", "Titre": ""})
    kept = keep_file(name="fiches.csv", content=content, section=section, by=account("edition"), publish=False)
    browser = signed_in("edition")
    where = reverse("card_import", args=[kept.pk])
    page = browser.get(where).content.decode()
    assert "Sieste</textarea>" in page
    browser.post(where, {"corriger": "1", "cell-2-0": "Garder le lien en groupe", "cell-3-0": "Le deuxième"})
    kept = CardImport.objects.get(pk=kept.pk)
    assert kept.report["counts"]["erreur"] == 0, kept.report
    assert [line["title"] for line in kept.report["lines"]] == ["Le tour de table du lundi", "Le deuxième"]
    assert "Ce qui est compris" in browser.get(where).content.decode()
