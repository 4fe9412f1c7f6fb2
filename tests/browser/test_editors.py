"""An editor at work in a real browser: from the board to a card confirmed, a table imported; and what axe says."""

import io
import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.import_export.test_import import ROW

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"


@pytest.fixture
def stale_card(site):
    import datetime

    from django.utils import timezone

    from practices.models import PracticePage

    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(next_review_at=yesterday)
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def test_from_the_board_a_stale_card_is_confirmed_and_leaves_the_board(open_page, stale_card):
    page = open_page("/admin/", role="edition", phone=False)
    page.get_by_role("link", name="Vérification en retard").click()
    page.get_by_role("link", name="Vérifier : Le café visio du jeudi").click()
    expect(page.locator("h1")).to_have_text("Toujours vrai ?")
    page.get_by_role("button", name="Oui, tout est encore vrai").click()
    assert "Merci" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Voir la fiche").click()
    assert "est à vérifier" not in page.locator("article").inner_text()
    page.goto("/admin/tableau-de-bord/")
    assert page.get_by_role("link", name="Vérifier : Le café visio du jeudi").count() == 0


def test_the_link_of_the_mail_works_on_a_phone_without_account_nor_javascript(open_page, stale_card, account):
    from practices.lifecycle.tokens import still_true_address

    address = still_true_address(page=stale_card, person=account("edition"))
    page = open_page(address, javascript=False)
    page.get_by_role("button", name="Oui, tout est encore vrai").click()
    assert "Merci, c’est noté" in page.locator("h1").inner_text()


def test_the_editor_of_another_network_does_not_find_the_card_on_the_board(open_page, stale_card):
    page = open_page("/admin/tableau-de-bord/", role="edition-numerique", phone=False)
    assert page.get_by_role("link", name="Vérifier : Le café visio du jeudi").count() == 0
    response = page.goto(f"/verifier/page/{stale_card.pk}/")
    assert response.status == 403


def test_a_table_is_checked_then_imported(open_page, run_jobs, tmp_path):
    book = Workbook()
    book.active.append(list(ROW))
    book.active.append(list(ROW.values()))
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "fiches.xlsx"
    path.write_bytes(stream.getvalue())
    page = open_page("/admin/fiches/tableaux/", role="edition", phone=False)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Vérifier le fichier").click()
    assert "Le fichier est bon" in page.inner_text("main")
    page.get_by_role("button", name="Importer 1 fiche").click()
    run_jobs()
    page.reload()
    assert "C’est importé" in page.inner_text("main")


PAGES = [
    (None, "/donnees-ouvertes/"),
    ("edition", "/verifier/page/{stale_card}/"),
    ("edition", "/admin/tableau-de-bord/"),
    ("edition", "/admin/fiches/tableaux/"),
    ("edition", "/admin/reports/statistiques/"),
]


def test_axe_finds_nothing_in_what_is_ours(wrong_on_pages, stale_card):
    def leave_out_furniture(page):  # Wagtail's own is Wagtail's
        page.evaluate("document.querySelectorAll('#wagtail-sidebar').forEach(e => e.remove())")

    pages = [(role, address.format(stale_card=stale_card.pk)) for role, address in PAGES]
    assert wrong_on_pages(pages, before=leave_out_furniture) == []


def test_axe_finds_nothing_once_confirmed_or_refused(open_page, axe_at_both_widths, stale_card):
    page = open_page(f"/verifier/page/{stale_card.pk}/", role="edition")
    page.get_by_role("button", name="Oui, tout est encore vrai").click()
    assert axe_at_both_widths(page) == []
    page = open_page(f"/verifier/page/{stale_card.pk}/", role="membre")
    assert axe_at_both_widths(page) == []


def test_the_bar_under_a_text_writes_its_marks_and_links_to_a_card_that_one_chooses(open_page, site):
    from practices.models import PracticePage

    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    page = open_page(f"/admin/pages/{card.pk}/edit/", role="edition", phone=False)
    limits = page.locator("textarea[name=limits]")
    limits.fill("Jamais seul")
    bar = page.get_by_role("toolbar", name="Mettre en valeur")
    expect(bar).to_have_count(1)  # of the field one writes in
    limits.select_text()
    page.keyboard.press("Control+b")
    expect(limits).to_have_value("**Jamais seul**")
    page.keyboard.press("Control+End")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Liste", exact=True)).to_be_focused()
    bar.get_by_role("button", name="Attention").click()
    expect(limits).to_have_value("**Jamais seul**\n\nAttention : mots à lire")
    bar.get_by_role("button", name="Lien vers une fiche").click()
    modal = page.locator(".modal")
    modal.get_by_placeholder("Rechercher").fill("cv parle")
    modal.get_by_role("link", name="Le CV parlé").click()
    expect(limits).to_have_value(re.compile(r"mots à lire\[Le CV parlé.*\]\(/pratiques/.+/\)$"))
