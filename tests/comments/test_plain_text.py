"""Plain text typed by people becomes safe HTML; figures are said in words."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from practices.comments import services
from practices.comments.models import Comment
from practices.models.tools import DataRange
from practices.plain_text import plain_text_to_html
from practices.templatetags.practices import mb_range, minutes

from .acting import add_address, render_comments, sent

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/'onmouseover='alert(1)",
    "https://example.org/<script>alert(1)</script>",
    "- <b onclick=alert(1)>",
    "## <iframe src=//example.org>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ settings.SECRET_KEY }}{% debug %}",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "\u202egnp.exe",
    "https://",
    "https://[",
    "http://a)))))" + ")" * 500,
    "'; DROP TABLE practices_comment; --",
]


def link(target, shown=""):
    return f'<a href="{target}" rel="nofollow ugc noopener">{shown or target}</a>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("www.exemple.fr/a", link("https://www.exemple.fr/a", "www.exemple.fr/a")),
        ("Voir [https://exemple.fr/c].", f"Voir [{link('https://exemple.fr/c')}]."),
        ("“https://exemple.fr/d”", f"“{link('https://exemple.fr/d')}”"),
        ("https://exemple.fr/f,https://exemple.fr/g", f"{link('https://exemple.fr/f')},{link('https://exemple.fr/g')}"),
        ("https://exemple.fr/o;www.exemple.fr/p", f"{link('https://exemple.fr/o')};{link('https://www.exemple.fr/p', 'www.exemple.fr/p')}"),
        ("https://exemple.fr/k\u200b", f"{link('https://exemple.fr/k')}\u200b"),
        ("{https://exemple.fr/y}", f"{{{link('https://exemple.fr/y')}}}"),
        ("https://exemple.fr/a_(b)", link("https://exemple.fr/a_(b)")),
        ("moi@www.exemple.fr, awww.non", "moi@www.exemple.fr, awww.non"),
    ],
)  # fmt: skip
def test_an_address_ends_where_the_sentence_goes_on(typed, shown):
    assert plain_text_to_html(typed) == f"<p>{shown}</p>"


class TestPlainText:
    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("headings", [False, True])
    def test_nothing_typed_becomes_markup(self, text, headings):
        html = plain_text_to_html(text, headings=headings)
        tags = re.findall(r"<[^>]*>", html)
        allowed = r'</?(p|br|ul|li|h2)>|</a>|<a href="https?://[^"]*" rel="nofollow ugc noopener">'
        assert all(re.fullmatch(allowed, tag) for tag in tags), html

    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.usefixtures("no_other_comment")
    def test_hostile_texts_go_through_the_doors_without_harm(self, client, card, anna, paul, text):
        client.force_login(anna)
        assert client.post(add_address(card), sent(text)).status_code == 303
        comment = Comment.objects.get()
        client.force_login(paul)
        services.report_comment(comment=comment, reporter=anna, reason="autre", details=text)
        doors = [reverse(door, args=[comment.pk]) for door in ("comment_reply", "comment_report")]
        pages = [render_comments(card, paul), *(client.get(door).content.decode() for door in doors)]
        paul.is_superuser = True
        paul.save()
        pages.append(client.get(reverse("comment_moderation")).content.decode())
        for html in pages:
            assert not re.search(
                r"<(script>|img|svg/|iframe|math|b onclick)|<[^>]*href=\"javascript|<[^>]*\son\w+=", html
            )

    def test_paragraphs_lists_and_lines(self):
        text = "Bonjour\nà tous\r\n\r\nÀ prévoir :\n- un lieu\n- du temps\nEt voilà"
        assert plain_text_to_html(text) == (
            "<p>Bonjour<br>à tous</p><p>À prévoir :</p><ul><li>un lieu</li><li>du temps</li></ul><p>Et voilà</p>"
        )

    def test_titles_only_when_asked(self):
        assert plain_text_to_html("## Titre\nTexte", headings=True) == "<h2>Titre</h2><p>Texte</p>"
        assert plain_text_to_html("## Titre") == "<p>## Titre</p>"

    def test_links_are_not_followed_and_lose_the_punctuation(self):
        html = plain_text_to_html("Voir (https://example.org/a?b=1&c=(2)), ou http://example.org.")
        rel = 'rel="nofollow ugc noopener"'
        assert f'<a href="https://example.org/a?b=1&amp;c=(2)" {rel}>https://example.org/a?b=1&amp;c=(2)</a>),' in html
        assert f'<a href="http://example.org" {rel}>http://example.org</a>.' in html

    def test_empty_text_gives_nothing(self):
        assert plain_text_to_html(" \n ") == ""
        assert (
            Template("{% load practices %}{{ x|plain_text }}{{ y|plain_text_with_headings }}").render(
                Context({"x": None, "y": "## A"})
            )
            == "<h2>A</h2>"
        )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "non mesuré"),
        (DataRange(0, 0), "0 Mo"),
        (DataRange(27, 36), "27 à 36 Mo"),
        (DataRange(36, 36), "36 Mo"),
        (DataRange(800, 2400), "0,8 à 2,4 Go"),
        (DataRange(540, 1600), "540 Mo à 1,6 Go"),
        (DataRange(1000, 2000), "1 à 2 Go"),
        (DataRange(1000, 1000), "1 Go"),
    ],
)
def test_megabytes_are_said_in_words(data, words):
    assert mb_range(data) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [(None, ""), (0, "0 min"), (30, "30 min"), (60, "1 h"), (65, "1 h 05"), (90, "1 h 30"), (120, "2 h")],
)
def test_durations_are_said_in_words(duration, words):
    assert minutes(duration) == words
