"""Import and export in the admin, open data and Markdown: who opens what, and what is in it."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from practices.import_export.models import CardImport
from practices.import_export.services import run_queued_import, undo_import
from practices.models import PracticePage, PracticeSectionPage

from .test_import import ROW, as_file

pytestmark = pytest.mark.django_db
SHEETS = "/admin/fiches/tableaux/"
CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
MEMBERS_CARD = "/pratiques/entreprises-parcours/codeveloppement-encadrants/"


def send(client, content=None, section="chantiers-idf", **other):
    file = SimpleUploadedFile("fiches.csv", content or as_file(ROW))
    section = PracticeSectionPage.objects.get(slug=section)
    return client.post(SHEETS, {"file": file, "section": section.pk, **other})


@pytest.mark.parametrize("path", ["", "modele.xlsx", "../exporter/fiches.csv"])
@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), ("attente", 302), ("membre", 302), ("partenaire", 302), ("animation", 302), ("edition", 200),
     ("coordination", 200), ("admin", 200)],
)  # fmt: skip
def test_the_admin_side_opens_to_editors(signed_in, role, status, path):
    address = SHEETS + path if not path.startswith("..") else "/admin/fiches/exporter/fiches.csv"
    answer = signed_in(role).get(address)
    answer.getvalue()  # a file is closed once it is read
    assert answer.status_code == status


def test_a_file_is_checked_shown_then_imported_by_the_worker(signed_in):
    client = signed_in("edition")
    response = send(client)
    assert response.status_code == 303
    html = client.get(response["Location"]).content.decode()
    assert "Le fichier est bon" in html
    assert "Importer 1 fiche" in html
    assert not PracticePage.objects.filter(title=ROW["Titre"]).exists()
    assert client.post(response["Location"]).status_code == 303
    kept = CardImport.objects.get()
    run_queued_import(card_import_id=kept.pk)
    run_queued_import(card_import_id=kept.pk)
    assert PracticePage.objects.filter(title=ROW["Titre"]).count() == 1
    kept.refresh_from_db()
    assert kept.state == CardImport.State.DONE
    assert bytes(kept.content) == b""
    assert "C’est importé" in client.get(response["Location"]).content.decode()


def test_asking_twice_imports_once(signed_in):
    client = signed_in("edition")
    address = send(client)["Location"]
    client.post(address)
    assert client.post(address, follow=True).status_code == 200
    assert CardImport.objects.get().state == CardImport.State.QUEUED


def test_a_file_with_a_wrong_line_shows_it_and_has_no_button(signed_in):
    client = signed_in("edition")
    address = send(client, as_file(ROW | {"Nature": "<script>alert(1)</script>"}))["Location"]
    html = client.get(address).content.decode()
    assert "1 ligne à corriger" in html
    assert "<script>alert(1)" not in html
    assert "Importer 1 fiche" not in html
    client.post(address)
    assert CardImport.objects.get().state == CardImport.State.CHECKED


def test_a_refused_file_says_why_beside_its_field(signed_in):
    response = send(signed_in("edition"), b"PK\x03\x04 rien")
    assert response.status_code == 422
    assert "n’est pas un classeur" in response.content.decode()


def test_the_section_of_another_network_is_not_offered_nor_accepted(signed_in):
    client = signed_in("edition")
    assert "Réseau Numérique inclusif" not in client.get(SHEETS).content.decode()
    assert send(client, section="numerique-inclusif").status_code == 422
    assert not CardImport.objects.exists()


def test_nobody_sees_the_import_of_another_editor(signed_in):
    address = send(signed_in("edition"))["Location"]
    assert signed_in("edition-numerique").get(address).status_code == 404
    assert signed_in("edition-numerique").post(address).status_code == 404


def test_rights_lost_before_the_import_runs_stop_it(signed_in, account):
    client = signed_in("edition")
    client.post(send(client)["Location"])
    account("edition").groups.clear()
    run_queued_import(card_import_id=CardImport.objects.get().pk)
    assert CardImport.objects.get().state == CardImport.State.FAILED
    assert not PracticePage.objects.filter(title=ROW["Titre"]).exists()


def left_for_another_network(card, section):
    """The card, moved there by somebody who may, and renamed by its new editors in a draft."""
    card.move(PracticeSectionPage.objects.exclude(pk=section.pk).first(), pos="last-child")
    card = PracticePage.objects.get(pk=card.pk)
    card.title = "Un titre que son réseau prépare"
    card.save_revision()
    return card


def test_a_card_that_left_for_another_network_is_told_of_no_more_and_its_identifier_serves_again(run, section):
    run(ROW)
    card = left_for_another_network(PracticePage.objects.get(sheet_identifier__identifier="A-1"), section)
    [line] = run(ROW).lines
    assert line.outcome == "creee"
    assert card.title not in str(line)
    assert PracticePage.objects.get(sheet_identifier__identifier="A-1").get_parent().pk == section.pk


def test_nor_by_the_undoing_of_its_import(section, account):
    by = account("edition")
    kept = CardImport.objects.create(
        section=section, created_by=by, file_name="a.csv", content=as_file(ROW), state=CardImport.State.QUEUED
    )
    run_queued_import(card_import_id=kept.pk)
    left_for_another_network(PracticePage.objects.get(title=ROW["Titre"]), section)
    assert undo_import(card_import=kept, by=by) == ["une fiche partie dans un autre réseau"]


def test_the_template_names_every_column_and_says_what_to_write(signed_in):
    book = load_workbook(io.BytesIO(signed_in("edition").get(f"{SHEETS}modele.xlsx").content))
    headings = [cell.value for cell in book.worksheets[0][1]]
    told = [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)]
    assert headings == told
    assert headings[:2] == ["Identifiant", "Titre"]


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))


def test_an_editor_exports_own_network_and_the_coordination_all(signed_in):
    own = rows_of(signed_in("edition").get("/admin/fiches/exporter/fiches.csv?reseau=numerique-inclusif"))
    assert {row["Réseau"] for row in own} == {"Réseau des chantiers franciliens"}
    every = rows_of(signed_in("coordination").get("/admin/fiches/exporter/fiches.csv"))
    assert len({row["Réseau"] for row in every}) == 3
    one = rows_of(signed_in("coordination").get("/admin/fiches/exporter/fiches.csv?reseau=numerique-inclusif"))
    assert {row["Réseau"] for row in one} == {"Réseau Numérique inclusif"}


@pytest.mark.parametrize("role", [None, "membre", "coordination"])
def test_open_data_holds_public_cards_with_a_licence_and_no_account(signed_in, role):
    PracticePage.objects.filter(slug="salle-relais").update(licence="")
    document = json.loads(signed_in(role).get("/donnees-ouvertes/fiches.json").getvalue())
    urls = [card["url"] for card in document["fiches"]]
    assert any(url.endswith(CARD) for url in urls)
    assert not any("codeveloppement" in url or "salle-relais" in url for url in urls)
    assert all(card["licence"]["url"].startswith("https://") for card in document["fiches"])
    for kind in ("csv", "json"):
        assert "@example.org" not in signed_in(role).get(f"/donnees-ouvertes/fiches.{kind}").getvalue().decode()


def test_open_data_comes_in_three_formats_and_no_other(client):
    assert load_workbook(io.BytesIO(client.get("/donnees-ouvertes/fiches.xlsx").getvalue())).active.max_row > 10
    assert len(rows_of(client.get("/donnees-ouvertes/fiches.csv"))) > 10
    assert client.get("/donnees-ouvertes/fiches.pdf").status_code == 404


def test_a_text_that_opens_with_a_sign_is_disarmed_in_csv_and_xlsx(client):
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(summary="=cmd|'/c calc'!A1")
    summaries = [row["En une phrase"] for row in rows_of(client.get("/donnees-ouvertes/fiches.csv"))]
    assert "'=cmd|'/c calc'!A1" in summaries
    book = load_workbook(io.BytesIO(client.get("/donnees-ouvertes/fiches.xlsx").getvalue()))
    formulas = [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_exports_ask_the_database_a_constant_number_of_queries(client, django_assert_max_num_queries):
    client.get("/donnees-ouvertes/fiches.json").getvalue()
    with django_assert_max_num_queries(12):
        client.get("/donnees-ouvertes/fiches.json").getvalue()


def test_a_card_as_markdown_has_what_the_card_says(client):
    response = client.get(f"{CARD}fiche.md")
    text = response.content.decode()
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    for words in ("# Le café visio du jeudi", "## Limites", "### 1. Choisir l’heure de la pause", "Licence Ouverte"):
        assert words in text
    assert "fiche.md" in client.get(CARD).content.decode()


def test_the_markdown_of_a_members_card_is_for_members(signed_in):
    assert signed_in(None).get(f"{MEMBERS_CARD}fiche.md").status_code == 302
    assert signed_in("attente").get(f"{MEMBERS_CARD}fiche.md").status_code == 403
    assert signed_in("membre").get(f"{MEMBERS_CARD}fiche.md").status_code == 200


def test_a_draft_has_no_markdown(client):
    PracticePage.objects.get(slug="cafe-visio-du-jeudi").unpublish()
    assert client.get(f"{CARD}fiche.md").status_code == 404
