"""Papers: files, the sheet to sign, certificates; each with the rights of its page."""

import io

import pytest
from django.conf import settings
from docx import Document

from exchange_groups.minutes.models import Minutes

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_the_file_says_what_the_page_says(signed_in, minutes):
    browser = signed_in("karim")
    told = words_of(browser.get(minutes.get_absolute_url().rstrip("/") + ".docx").content)
    markdown = browser.get(minutes.get_absolute_url().rstrip("/") + ".md").content.decode()
    for expected in ("Les appels du lundi", "On garde le lundi.", "Awa", "Une collègue invitée", "Besoin"):
        assert expected in told
        assert expected in markdown


def test_the_file_is_an_a4_page_in_french_with_a_table_of_what_was_settled(signed_in, minutes):
    document = Document(io.BytesIO(signed_in("karim").get(minutes.get_absolute_url().rstrip("/") + ".docx").content))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert (document.core_properties.language, document.core_properties.author) == ("fr-FR", settings.SITE_NAME)
    assert "Heading 1" in {paragraph.style.name for paragraph in document.paragraphs}
    head, decision, action = ([cell.text for cell in row.cells] for row in document.tables[0].rows)
    assert head == ["Nature", "Quoi", "Qui", "Pour le", "État"]
    assert decision[:3] == ["Décision", "On garde le lundi.", ""]
    assert action[1:3] == ["Écrire la trame d’appel.", "Awa D."]
    assert action[4] == "à faire"


def test_the_public_file_holds_the_public_words_alone(client):
    public = Minutes.objects.public().select_related("session").get()
    address = public.get_public_url().rstrip("/")
    told = words_of(client.get(address + ".docx").content) + client.get(address + ".md").content.decode()
    assert "Nous conseillons l’audio d’abord" in told
    for hidden in (
        "Refaire les relevés",
        "Une fiche «\u00a0Mesurer",
        *(one.name for one in public.session.registrations.all()),
    ):
        assert hidden not in told


@pytest.mark.parametrize("text", ["\x0b\x1b[31m", "a\ud7ff\ufffe", "<w:p>&amp;</w:p>", "**gras**\n# titre"])
def test_hostile_words_make_a_file_all_the_same(signed_in, minutes, line, text):
    decision = line("On garde")
    decision.text = f"On garde {text}"
    decision.save()
    response = signed_in("karim").get(minutes.get_absolute_url().rstrip("/") + ".docx")
    assert "On garde" in words_of(response.content)


def test_files_have_the_rights_of_the_page(signed_in, minutes):
    for ending in ("docx", "md"):
        address = minutes.get_absolute_url().rstrip("/") + f".{ending}"
        got = {
            name: signed_in(name).get(address).status_code for name in (None, "membre", "partenaire", "coordination")
        }
        assert got == {None: 302, "membre": 404, "partenaire": 404, "coordination": 404}
    assert signed_in("karim").get(minutes.get_absolute_url().rstrip("/") + ".exe").status_code == 404


def test_the_sheet_lists_those_who_registered_and_leaves_lines_for_others(signed_in, held):
    page = signed_in("animation").get(held.session.get_absolute_url() + "emargement/").content.decode()
    assert "Une collègue invitée" in page
    assert page.count('<th scope="row">') == 5 + 4


def test_a_certificate_is_for_oneself_and_for_those_who_run_the_session(signed_in, held, account):
    own = held.session.registrations.get(user=account("membre"))
    here = held.session.get_absolute_url() + f"attestations/{own.pk}/"
    page = signed_in("membre").get(here).content.decode()
    assert account("membre").get_full_name() in page
    assert "60 minutes" in page
    expected = {"karim": 200, "animation": 200, "edition": 404, "partenaire": 404, "coordination": 404}
    assert {name: signed_in(name).get(here).status_code for name in expected} == expected


def test_who_was_not_there_has_no_certificate(signed_in, held, account):
    excused = held.session.registrations.get(user=account("edition"))
    here = held.session.get_absolute_url() + f"attestations/{excused.pk}/"
    assert signed_in("edition").get(here).status_code == 404
