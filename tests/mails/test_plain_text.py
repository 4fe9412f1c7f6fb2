"""The text of a mail, derived from its HTML: the elements that mails use, and words that try to break it."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from kb_site.accounts.models import User
from kb_site.mailing.plain_text import text_of
from kb_site.mailing.rendering import render_mail

pytestmark = pytest.mark.django_db  # the name of the site stands in each mail

HOSTILE = [
    "<b>gras</b> & <script>alert(1)</script>",
    '« l’été » "d\'été" &amp; &lt;b&gt; 5 < 6 > 4',
    "[lien](https://mal.example) *un* _deux_ `trois` # quatre",
    "{{ to.email }} {% debug %}",
    "<!-- caché --> <![CDATA[ x ]]> <a href='https://mal.example'>ici</a>",
    "مرحبا بالعالم \u202eesrevni\u202c \u200fRTL",
    "espaces insécables : 12\u00a0000\u202fkm",
]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><p>Deux <b>trois</b>\n  quatre</p>", "Un\n\nDeux trois quatre"),
        ("<p>Un<br>deux</p>", "Un\ndeux"),
        ("<h2>Titre</h2><p class='small'>Petit</p>", "Titre\n\nPetit"),
        ("<blockquote>Un<br><br>deux</blockquote>", "    Un\n\n    deux"),
        ("<ul><li>Un</li>\n<li>Deux<br>lignes</li></ul>", "- Un\n- Deux\n  lignes"),
        ("<ol><li>Un</li><li>Deux</li></ol>", "1. Un\n2. Deux"),
        (
            "<table><tr><th>Où</th><td>Pantin</td></tr><tr><th>Qui</th><td>Awa</td></tr></table>",
            "Où : Pantin\nQui : Awa",
        ),
        ("<p></p>\n<p>Un</p>\n\n<p> </p>", "Un"),
        ("Un mot", "Un mot"),
        ("", ""),
    ],
)
def test_each_element_of_mails_has_its_text(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p><a class="button" href="https://e.fr/?a=1&amp;b=2">Ouvrir</a></p>', "Ouvrir : https://e.fr/?a=1&b=2"),
        ('<p>Voir <a href="https://e.fr/">le site</a></p>', "Voir le site : https://e.fr/"),
        ('<ul><li><a href="https://e.fr/">Titre</a><br>détail</li></ul>', "- Titre\n  https://e.fr/\n  détail"),
        ('<h2><a href="https://e.fr/">Titre</a></h2>', "Titre\nhttps://e.fr/"),
        (
            '<p><a href="https://e.fr/1">Oui</a> <a href="https://e.fr/2">Non</a></p>',
            "Oui : https://e.fr/1\nNon : https://e.fr/2",
        ),
        ('<p><a href="https://e.fr/">https://e.fr/</a></p>', "https://e.fr/"),
        ('<p><a href="tel:0199001234">01 99 00 12 34</a></p>', "01 99 00 12 34"),
    ],
)
def test_a_link_gives_its_whole_address(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("element", ["<p>{{ words }}</p>", "<ul><li>{{ words }}</li></ul>", "<h2>{{ words }}</h2>"])
def test_what_people_type_is_shown_as_typed_in_both_forms(element, words):
    html = Template(element).render(Context({"words": words}))
    assert text_of(html).removeprefix("- ") == words
    assert BeautifulSoup(html, "html.parser").get_text() == words
    assert len(BeautifulSoup(html, "html.parser").find_all(["b", "script", "a"])) == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_a_label_of_link_made_of_what_people_type_keeps_its_own_address(words):
    html = Template('<p><a href="https://e.fr/">{{ words }}</a></p>').render(Context({"words": words}))
    assert text_of(html) == f"{words} : https://e.fr/"


def test_the_lines_that_people_type_stay_lines():
    words = "- un\n1. deux\n\n> trois\n-- \nquatre"
    html = Template("<blockquote>{{ words|linebreaksbr }}</blockquote>").render(Context({"words": words}))
    assert text_of(html) == "    - un\n    1. deux\n\n    > trois\n    --\n    quatre"


@pytest.mark.parametrize("words", HOSTILE)
def test_subject_text_and_html_of_a_mail_show_hostile_words_as_typed(words):
    class Asked:
        need = words
        answer = f"{words}\n{words}"

    class Reader:
        first_name = words

    mail = render_mail("mails/card_request_decided.html", {"asked": Asked, "page": None, "to": Reader})
    assert f"Bonjour {words}," in mail.text
    assert f"    {words}\n    {words}" in mail.text
    shown = BeautifulSoup(mail.html, "html.parser")
    assert f"Bonjour {words}," in shown.get_text()
    assert [*shown.find("blockquote").stripped_strings] == [words, words]


def test_a_subject_holds_its_words_unescaped_on_one_line():
    mail = render_mail(
        "mails/account_to_approve.html", {"person": User(first_name="L’Été & <Cie>\r\nBcc: x@example.org")}
    )
    assert mail.subject == "Un compte à valider : L’Été & <Cie> Bcc: x@example.org"
