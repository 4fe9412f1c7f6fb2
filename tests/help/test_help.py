"""The guides of /aide/: one a role, reached from where one works, found by words, printed whole."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from kb_site.help.guides import ROLES, NoSuchHelp, found_in_guides, guide_of, guides, section_of
from practices.editorial.advice.readability import readability

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LINK = re.compile(r'{% help "(\w+)" "([\w-]+)" %}')


def test_each_role_has_its_guide_with_an_address_for_each_section(client):
    home = client.get("/aide/").content.decode()
    for role in ROLES:
        page = client.get(f"/aide/{role}/").content.decode()
        assert f'href="/aide/{role}/"' in home
        for section in guide_of(role).sections:
            assert f'<h2 id="{section.anchor}">' in page
    assert client.get("/aide/astronaute/").status_code == 404


def test_links_beside_what_makes_people_stop_lead_to_a_section():
    used = [found for path in TEMPLATES.rglob("*.html") for found in LINK.findall(path.read_text("utf-8"))]
    assert {role for role, _anchor in used} >= {"edition", "animation", "coordination"}
    for role, anchor in used:
        assert section_of(role, anchor)
    with pytest.raises(NoSuchHelp):
        section_of("edition", "rien")


@pytest.mark.parametrize("role", ROLES)
def test_a_guide_is_short_and_easy_to_read(role):
    guide = guide_of(role)
    told = readability("\n".join(f"{section.title}.\n{section.text}" for section in guide.sections))
    assert told.words <= 600
    assert not [sentence for sentence in told.long_sentences if len(sentence.split()) > 40]


def test_a_guide_is_found_by_words_without_accents_and_by_its_title_first(client):
    found = list(found_in_guides("RELIRE une fiche"))
    assert found[0][1].title == "Relire une fiche"
    assert list(found_in_guides("")) == []
    assert "Rien avec ces mots" in client.get("/aide/?q=zzz").content.decode()
    assert "Noter sans réseau" in client.get("/aide/?q=reseau").content.decode()
    assert client.get("/aide/?q=%3Cscript%3E").status_code == 200


def test_no_two_sections_of_a_guide_share_an_address():
    for guide in guides():
        anchors = [section.anchor for section in guide.sections]
        assert len(set(anchors)) == len(anchors)
