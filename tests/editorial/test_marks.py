"""Texts of editors show what matters, and stay readable where nothing shows it."""

import re

import pytest
from django.core.exceptions import ValidationError

from practices.editorial.proposed_card import ProposedCard, line_of
from practices.import_export.blocks import read_steps, write_steps
from practices.marks import as_markdown, without_marks
from practices.models import PracticePage
from practices.plain_text import marked_line_to_html, plain_text_in_line, plain_text_to_html
from practices.search_documents import search_document

from ..comments.test_plain_text import HOSTILE

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Appelez **la veille**.", "<p>Appelez <strong>la veille</strong>.</p>"),
        ("2 ** 3 et ** rien **", "<p>2 ** 3 et ** rien **</p>"),
        ("Voir [le café](/pratiques/idf/cafe/).", '<p>Voir <a href="/pratiques/idf/cafe/">le café</a>.</p>'),
        ("**[Lire](https://exemple.fr/a)**", f'<p><strong><a href="https://exemple.fr/a" {REL}>Lire</a></strong></p>'),
        ("Pas [ici](//ailleurs.fr/), ni [là](/\\ailleurs.fr)", "<p>Pas [ici](//ailleurs.fr/), ni [là](/\\ailleurs.fr)</p>"),
        ("1. Cadrer\n2) Couper", "<ol><li>Cadrer</li><li>Couper</li></ol>"),
        ("3. Envoyer", '<ol start="3"><li>Envoyer</li></ol>'),
        ("Attention : pas de photo.", '<div class="notice"><p><strong>Attention :</strong> pas de photo.</p></div>'),
        (
            "Bon à savoir\u00a0:\n- gratuit\n- sans compte\n\nEnsuite",
            '<div class="tip"><p><strong>Bon à savoir :</strong></p><ul><li>gratuit</li><li>sans compte</li></ul></div><p>Ensuite</p>',
        ),
        ("Faites attention : lisez", "<p>Faites attention : lisez</p>"),
        (
            "| Outil | Prix |\n|---|---|\n| SMS | **0 €** |\n| Visio |",
            '<table><tr><th scope="col">Outil</th><th scope="col">Prix</th></tr>'
            "<tr><td>SMS</td><td><strong>0 €</strong></td></tr><tr><td>Visio</td><td></td></tr></table>",
        ),
        ("Data : [[zoom-audio]]", "<p>Data : [[zoom-audio]]</p>"),
    ],
)  # fmt: skip
def test_marks_show_in_the_texts_of_editors(typed, shown):
    assert plain_text_to_html(typed, marked=True) == shown


def test_what_members_write_holds_no_mark():
    typed = "**moi** [ici](/pratiques/)\n1. un\n| a | b |\n\nAttention : x"
    assert not re.search("<(strong|ol|table|div|a)", plain_text_to_html(typed))


@pytest.mark.parametrize(
    "text", [*HOSTILE, "[x](javascript:alert(1))", "**<script>**", "| <img src=x onerror=a()> | b |"]
)
def test_no_mark_becomes_a_hole(text):
    tags = re.findall(r"<[^>]*>", plain_text_to_html(text, headings=True, marked=True) + marked_line_to_html(text))
    allowed = r'</?(p|br|ul|ol|li|h2|strong|table|tr|td|div)>|<th scope="col">|</th>|</a>|<a href="(https?:/)?/[^"]*"( rel="[a-z ]*")?>'
    assert all(re.fullmatch(allowed, tag) for tag in tags), tags


def test_a_text_without_its_marks_is_what_one_reads_aloud():
    typed = "## Avant\n**Appelez** [la fiche](/pratiques/idf/x/) et [le site](https://exemple.fr/)\n| A | B |\n|---|---|\n| 1 | |"
    assert without_marks(typed) == "Avant\nAppelez la fiche et le site (https://exemple.fr/)\nA · B\n1"
    assert plain_text_in_line("Pas pour :\n- **les mineurs**\n- le soir") == "Pas pour : les mineurs ; le soir"


def test_a_text_as_markdown_has_whole_addresses_and_real_tables(settings):
    settings.SITE_URL = "https://pratiques.exemple.fr"
    assert as_markdown("Voir [x](/outils/sms/)\n| A | B |\n| 1 | 2 |\nFin") == (
        "Voir [x](https://pratiques.exemple.fr/outils/sms/)\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nFin"
    )


@pytest.fixture
def marked_card(db):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.limits = f"Attention : **jamais** de santé par SMS.\nVoir [le même]({card.url})."
    card.steps = [
        ("step", {"title": "Prévenir", "instruction": "« **Bonjour**, je vous appelle jeudi à 10 h. »\n\n1. Noter\n2. Relire", "tip": "**Avant** midi", "who": "", "duration_minutes": 5}),
        ("step", {"title": "Appeler", "instruction": "| Quand | Qui |\n|---|---|\n| Lundi | **CIP** |", "tip": "", "who": "CIP", "duration_minutes": None}),
    ]  # fmt: skip
    card.save_revision().publish()
    return card


class TestEveryReaderOfACard:
    def test_its_page_shows_them(self, client, marked_card):
        html = client.get(marked_card.url).content.decode()
        assert '<div class="notice"><p><strong>Attention :</strong> <strong>jamais</strong>' in html
        assert "<ol><li>Noter</li><li>Relire</li></ol>" in html
        assert '<tr><th scope="col">Quand</th><th scope="col">Qui</th></tr>' in html
        assert "<strong>Avant</strong> midi" in html
        assert "**" not in html

    def test_a_sentence_to_send_by_sms_holds_none(self, client, marked_card):
        html = client.get(f"{marked_card.url}pas-a-pas/").content.decode()
        assert "<blockquote>Bonjour, je vous appelle jeudi à 10 h.</blockquote>" in html
        assert "**" not in html

    def test_search_reads_the_words(self, marked_card):
        body = search_document(marked_card).body
        assert "jamais de santé" in body
        assert "Lundi · CIP" in body
        assert not re.search(r"\*\*|\]\(|\|", body)

    def test_a_table_of_cards_comes_back_identical(self, marked_card):
        assert read_steps(write_steps(marked_card))[1][1]["instruction"] == marked_card.steps[1].value["instruction"]

    def test_a_correction_of_its_author_keeps_the_steps_that_did_not_change(self, marked_card):
        before = [dict(child.value) for child in marked_card.steps]
        lines = tuple(line_of(child.value) for child in marked_card.steps)
        ProposedCard(title="Autre titre", steps=(*lines, "Remercier. Un mot suffit.")).apply_to(marked_card)
        assert [dict(child.value) for child in marked_card.steps][:2] == before
        assert marked_card.steps[2].value["title"] == "Remercier"

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("[la fiche](/pratiques/nulle/part/)", "aucune page de ce site n’est à cette adresse"),
            ("| a | b | c | d | e |\n| 1 | 2 | 3 | 4 | 5 |", "4 colonnes et 8 lignes au plus"),
        ],
    )
    def test_a_link_to_nowhere_and_a_table_too_wide_are_said_beside_the_field(self, marked_card, typed, told):
        marked_card.limits = typed
        with pytest.raises(ValidationError) as refused:
            marked_card.full_clean()
        assert told in refused.value.message_dict["limits"][0]

    def test_links_to_what_is_there_or_was_are_taken(self, marked_card):
        kept = marked_card.url
        marked_card.slug = "ailleurs-depuis"
        marked_card.save()
        marked_card.limits = f"[avant]({kept}) [le diagnostic](/diagnostic/) [tout](/pratiques/?theme=sante)"
        marked_card.full_clean()
