"""Legal papers are read on a page, printed, and filled in with an office suite."""

import io

import pytest
from django.test import Client
from docx import Document
from docx.shared import Mm

from practices.models import ResourcePage

pytestmark = pytest.mark.django_db

KIT = {
    "notice-d-information": "notice d'information",
    "fiche-de-registre": "registre des traitements",
    "mandat-pour-une-demarche": "modèle de mandat",
    "accord-groupe-de-messagerie": "accord groupe de messagerie",
    "copies-et-durees": "copies de papiers durée",
}
WARNING = "À valider par votre DPO"


def document(slug):
    response = Client().get(f"/ressources/{slug}/modele.docx")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{slug}.docx"'
    return Document(io.BytesIO(response.content))


def test_each_paper_is_a_french_a4_document_with_its_headings_tables_and_warning():
    for slug in KIT:
        page, office = ResourcePage.objects.get(slug=slug), document(slug)
        text = "\n".join(one.text for one in office.paragraphs)
        assert WARNING in text
        assert office.core_properties.language == "fr-FR"
        assert office.core_properties.author
        size = (office.sections[0].page_width, office.sections[0].page_height)
        assert [round(side / Mm(1)) for side in size] == [210, 297]
        headings = [one.text for one in office.paragraphs if one.style.name == "Heading 1"]
        assert len(headings) == page.body.count("## ")
        assert page.url in text
        assert "##" not in text
        assert "| " not in text
        assert len(office.tables) == page.body.count("\n\n| ")


def test_each_paper_warns_on_its_page_and_leads_to_its_document():
    for slug in KIT:
        html = Client().get(f"/ressources/{slug}/").content.decode()
        assert WARNING in html
        assert f'href="/ressources/{slug}/modele.docx"' in html
    assert "<td>Carte Vitale</td>" in Client().get("/ressources/copies-et-durees/").content.decode()


def test_each_paper_is_found_by_search():
    missing = []
    for slug, words in KIT.items():
        html = Client().get("/recherche/", {"q": words}).content.decode()
        if f"/ressources/{slug}/" not in html:
            missing.append(words)
    assert missing == []


def test_a_card_that_handles_personal_data_leads_to_the_papers_that_serve_with_it():
    html = Client().get("/pratiques/entreprises-parcours/demarche-avec-mandat/conditions/").content.decode()
    assert "/ressources/mandat-pour-une-demarche/" in html


def test_another_resource_has_no_document():
    assert Client().get("/ressources/cnil/modele.docx").status_code == 404


def test_a_model_that_is_not_published_has_no_document():
    ResourcePage.objects.get(slug="copies-et-durees").unpublish()
    assert Client().get("/ressources/copies-et-durees/modele.docx").status_code == 404
