"""Invisible characters that come with a paste: never stored, and harmless where they were stored before."""

import csv
import io
import json
import unicodedata
import uuid
from xml.etree import ElementTree

import pytest
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.calendars import feed_of
from exchange_groups.sessions.models import Session
from kb_site.accounts.models import Network, Structure, User
from kb_site.control_characters import as_read, as_stored, cleaned, without_control_characters
from kb_site.mailing import send
from kb_site.mailing.models import Delivery
from practices.comments.models import Comment
from practices.comments.services import edit_comment, post_comment
from practices.editorial.models.proposals import ProposalDraft
from practices.import_export.services import import_cards
from practices.models import PracticePage, PracticeSectionPage, Theme
from search.models import SearchEntry
from search.zero_results.models import SearchGap

from .minutes.conftest import held, line, minutes  # noqa: F401

pytestmark = pytest.mark.django_db
PASTED = "Avec une mesure\x0bfaite\x00 sur\x1f place\ufffe"
KEPT = "Avec une mesure faite sur place"
STORED = "Avec\x0bune mesure\x08\ufffe"  # what was stored before: a database refuses NUL alone


def has_none(text: str) -> bool:
    return without_control_characters(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("deux\x0bmots, deux\x0cmots", "deux mots, deux mots"),
        ("N\x00U\x00L\x1b", "NUL"),
        ("une ligne\r\nune autre\tsuite", "une ligne\r\nune autre\tsuite"),
        ("é œ — « » 👩‍🏭 \u00a0\u202f", "é œ — « » 👩‍🏭 \u00a0\u202f"),
        ("un demi caractère \ud83d", "un demi caractère "),
    ],
)
def test_a_text_loses_what_no_file_may_hold_and_nothing_else(typed, kept):
    assert without_control_characters(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("de\u0301marche", "démarche"),
        ("une ﬁche, un aﬀût", "une fiche, un affût"),
        ("cœur", "cœur"),
        ("N\x00UL", "NUL"),
    ],
)
def test_a_text_is_stored_with_composed_letters_and_none_that_a_printer_glued(typed, kept):
    assert as_stored(typed) == kept
    assert cleaned({"a": [typed]}) == {"a": [kept]}


@pytest.mark.parametrize("words", ["de\u0301marche", "ﬁche"])
def test_a_word_is_found_however_its_letters_are_coded(client, words):
    plain = {"de\u0301marche": "démarche", "ﬁche": "fiche"}[words]
    found = [client.get("/recherche/flux/", {"q": one}).content.count(b"<entry>") for one in (words, plain)]
    assert found[0] == found[1] > 0


# What is stored


def test_a_form_keeps_the_words_alone(signed_in, account):
    browser = signed_in("membre")
    browser.post("/proposer/", {"action": "save", "title": PASTED, "limits": PASTED})
    assert ProposalDraft.objects.get(author=account("membre")).fields["title"] == KEPT
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    browser.post(f"/commentaires/page/{card.pk}/", {"text": PASTED, "submission_key": str(uuid.uuid4()), "parent": ""})
    assert Comment.objects.filter(comment=KEPT).exists()


def test_the_editing_screens_keep_the_words_alone(signed_in):
    browser = signed_in("admin")
    answer = browser.post(
        "/admin/snippets/practices/theme/add/",
        {"name": PASTED, "slug": "mesure-faite", "description": PASTED, "synonyms": ""},
    )
    assert answer.status_code == 302
    assert Theme.objects.get(slug="mesure-faite").description == KEPT


def test_a_service_called_by_a_mail_or_a_command_keeps_the_words_alone(account):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    comment = post_comment(target=card, author=account("membre"), text=PASTED, submission_key=uuid.uuid4())
    comment.refresh_from_db()
    assert comment.comment == KEPT
    edit_comment(comment=comment, author=account("membre"), text=f"{PASTED} !")
    comment.refresh_from_db()
    assert comment.comment == f"{KEPT} !"


def test_a_draft_keeps_the_words_alone():
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi").get_latest_revision_as_object()
    card.context = PASTED
    assert card.save_revision(clean=False).content["context"] == KEPT


@pytest.mark.parametrize("kind", ["csv", "csv with NUL"])
def test_an_imported_table_keeps_the_words_alone(account, kind):
    summary = "Une phrase\x0bcollée" + ("\x00" if "NUL" in kind else "")
    text = f"Identifiant;Titre;En une phrase;Limites\r\nt-vt;Titre;{summary};Une limite\r\n"
    section = PracticeSectionPage.objects.get(slug="chantiers-idf")
    report = import_cards(content=text.encode(), section=section, by=account("edition"))
    assert [one.outcome for one in report.lines] == ["creee"], report
    card = PracticePage.objects.get(sheet_identifier__identifier="t-vt").get_latest_revision_as_object()
    assert card.summary == "Une phrase collée"


# What was stored before


@pytest.fixture
def spoilt(db):
    """A published card, its row in search and a session that hold such characters."""
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    PracticePage.objects.filter(pk=card.pk).update(title=STORED, summary=STORED, limits=STORED, credits=STORED)
    SearchEntry.objects.filter(key=f"page:{card.pk}").update(title=STORED, summary=STORED)
    return PracticePage.objects.get(pk=card.pk)


@pytest.mark.parametrize("params", [{}, {"format": "rss"}, {"q": "visio\x0b"}, {"q": "visio\x08", "format": "rss"}])
def test_feeds_stay_readable(client, spoilt, params):
    answer = client.get("/recherche/flux/", {"q": "visio"} | params)
    ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    assert has_none(answer.content.decode())
    assert "Avec une mesure" in answer.content.decode()


def test_the_sitemap_stays_readable(client, spoilt):
    ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314


def test_calendar_files_stay_readable(client, signed_in, account):
    session = Session.objects.get(title="Lean coffee de décembre")
    Session.objects.filter(pk=session.pk).update(title=STORED, objective=STORED, place=STORED, phone_number="\x0b01")
    ExchangeGroup.objects.filter(pk=session.group_id).update(name=STORED)
    one = signed_in("membre").get(f"{Session.objects.get(pk=session.pk).get_absolute_url()}agenda.ics")
    for content in (one.content, feed_of(account("membre"))):
        assert has_none(content.decode())
        summaries = {str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")}
        assert "Avec une mesure" in summaries


def test_tables_of_cards_stay_readable(signed_in, spoilt):
    browser = signed_in("admin")

    def content(address):
        return b"".join(browser.get(address))

    sheet = load_workbook(io.BytesIO(content("/admin/fiches/exporter/fiches.xlsx"))).worksheets[0]
    assert "Avec une mesure" in [row[1].value for row in sheet.iter_rows()]
    rows = list(
        csv.reader(io.StringIO(content("/admin/fiches/exporter/fiches.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert "Avec une mesure" in [row[1] for row in rows]
    cards = json.loads(content("/donnees-ouvertes/fiches.json"))["fiches"]
    assert "Avec une mesure" in [card["title"] for card in cards]
    assert has_none(browser.get(f"{spoilt.url}fiche.md").content.decode())


def test_reports_of_the_editing_screens_stay_readable(signed_in, spoilt):
    SearchGap.objects.update(words=STORED)
    User.objects.filter(pk=spoilt.card_owner_id).update(first_name="\x0b")
    browser = signed_in("admin")
    for address in ("/admin/reports/fraicheur/", "/admin/recherches-sans-reponse/"):
        for kind in ("xlsx", "csv"):
            answer = browser.get(address, {"export": kind, "state": ""})
            assert answer.status_code == 200, address
            words = b"".join(answer)
            if kind == "xlsx":
                load_workbook(io.BytesIO(words))


def test_the_report_for_funders_stays_readable(signed_in):
    Network.objects.update(description=STORED)
    Structure.objects.filter(pk__in=Structure.objects.values("pk")[:1]).update(name=STORED)
    ExchangeGroup.objects.filter(slug="cip-ile-de-france").update(name=STORED)
    browser = signed_in("coordination")
    load_workbook(io.BytesIO(browser.get("/besoins/rapport.xlsx").content))
    assert has_none(browser.get("/besoins/rapport.csv").content.decode("utf-8-sig"))


@pytest.mark.usefixtures("minutes")
def test_minutes_stay_readable(held, signed_in):  # noqa: F811
    Session.objects.filter(pk=held.session.pk).update(title=STORED)
    answer = signed_in("animation").get(
        f"{Session.objects.get(pk=held.session.pk).get_absolute_url()}compte-rendu.docx"
    )
    assert Document(io.BytesIO(answer.content)).paragraphs[0].text == "Avec une mesure"


def test_mails_leave(account, mailoutbox):
    session = Session.objects.get(title="Lean coffee de décembre")
    Session.objects.filter(pk=session.pk).update(title=STORED)
    to = account("membre")
    delivery = Delivery.objects.create(key="essai", mail="session_cancelled", recipient=to, ids={"session": session.pk})
    Session.objects.filter(pk=session.pk).update(state="cancelled")
    send.send(delivery.pk)
    assert [has_none(mail.subject) for mail in mailoutbox] == [True]


def test_marks_piled_on_a_letter_and_letters_that_nobody_sees_are_contained():
    assert len(as_read("Z" + "\u0334\u0335\u0336\u0321" * 40 + "algo")) == len("Z..algo")
    assert as_read("\u3164\u2800\U000e0041\u115f") == ""
    for words in ("Nguyễn Thị", "E\u0301té", "👷\u200d♀️", "שָׁלוֹם", "مُحَمَّد"):
        assert as_read(words) == unicodedata.normalize("NFC", words)
