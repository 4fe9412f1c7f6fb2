"""A card in use: a step a screen with the sentences to say, a sheet in plain words for the employee, a gauge of data."""

import gzip
import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices import plain_words
from practices.choices import Channel, DataProcessed, Kind
from practices.models import PracticePage
from practices.models.tools import DataRange
from practices.sayings import Part, parts_of
from practices.templatetags.practices import data_level
from tests.stylesheets import served

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
MEMBERS_CARD = "/pratiques/entreprises-parcours/codeveloppement-encadrants/"
CSS = served("site", "walk")
RANGES = {"none": (0, 0), "light": (27, 36), "medium": (300, 300), "heavy": (540, 1600)}


def test_whole_sentences_between_quotes_are_to_be_said():
    assert list(parts_of("Dites : « Bonjour, je vous appelle demain. » Puis écoutez.")) == [
        Part("Dites :", said=False),
        Part("Bonjour, je vous appelle demain.", said=True),
        Part("Puis écoutez.", said=False),
    ]


@pytest.mark.parametrize("quoted", ["« quand on a le temps »", "« Le café visio du jeudi »", "« D’accord. »"])
def test_a_name_an_expression_or_a_word_is_not(quoted):
    assert list(parts_of(f"Lisez {quoted} ensemble.")) == [Part(f"Lisez {quoted} ensemble.", said=False)]


def test_a_list_of_sentences_leaves_no_empty_dash():
    said = list(parts_of("- « Qu’est-ce qui vous manque ? »\n- « Qui peut vous aider ici ? »"))
    assert [part.text for part in said if part.said] == ["Qu’est-ce qui vous manque ?", "Qui peut vous aider ici ?"]
    assert len(said) == 2


def test_every_answer_has_its_plain_sentence():
    assert set(plain_words.WHAT_IT_IS) == set(Kind)
    assert set(plain_words.HOW) == set(Channel)
    assert set(plain_words.KEPT) == {*DataProcessed, ""}
    assert set(plain_words.DATA) == {*RANGES, "unknown"}


@pytest.mark.parametrize(("level", "data"), RANGES.items())
def test_the_gauge_says_how_much_data_an_hour_takes(level, data):
    assert data_level(DataRange(*data)) == level
    html = Template("{% include 'components/data.html' %}").render(Context({"data": DataRange(*data)}))
    assert f"data--{level}" in html
    assert "Mo" in html or "Go" in html


@pytest.mark.django_db
def test_each_step_is_a_screen_with_the_way_to_the_next(client):
    html = client.get(CARD + "pas-a-pas/").content.decode()
    steps = PracticePage.objects.get(slug="cafe-visio-du-jeudi").steps
    assert re.findall(r'<section class="pace" id="([\w-]+)"', html) == [
        "depart", *(f"etape-{number}" for number in range(1, len(steps) + 1)), "fin",
    ]  # fmt: skip
    for anchor in re.findall(r'href="#([\w-]+)"', html):
        assert f'id="{anchor}"' in html
    said = re.findall(r"<blockquote>(.*?)</blockquote>", html)
    sent = [unquote(words) for words in re.findall(r'href="sms:\?&amp;body=(.*?)"', html)]
    assert len(said) > 2
    assert [words.replace("&#x27;", "'") for words in said] == sent


@pytest.mark.django_db
def test_the_sheet_of_the_employee_tells_the_card_in_plain_words(client):
    html = client.get(CARD + "pour-la-personne/").content.decode()
    for words in (
        "On se retrouve à plusieurs",
        "Vous parlez au téléphone.",
        "Un téléphone à soi",
        "Vous pouvez dire non.",
    ):
        assert words in html
    assert "Un animateur nommé" not in html  # the team's to bring


@pytest.mark.django_db
def test_words_that_editors_wrote_for_the_person_take_the_place_of_those_that_follow_from_the_card(client):
    card = PracticePage.objects.get(slug="appel-de-suivi-jour-et-heure-fixes")
    html = client.get(f"{card.url}pour-la-personne/").content.decode()
    assert "<h2>On parle de quoi ?</h2>" in html
    assert "Vous ne voulez pas parler d’un point ?" in html
    assert "On fait le point à deux" not in html
    for stays in ("Ce qu’on écrit sur vous", "Vous pouvez dire non.", "Qui appeler :"):
        assert stays in html
    revision = card.save_revision()
    assert "On parle de quoi" in revision.content["words_for_the_person"]  # kept in the history, like the rest


@pytest.mark.django_db
def test_the_conditions_of_a_card_are_checked_and_lifted_on_one_page(client):
    assert 'href="conditions/"' in client.get(CARD).content.decode()
    html = client.get(CARD + "conditions/").content.decode()
    links = PracticePage.objects.get(slug="cafe-visio-du-jeudi").condition_links.all()
    assert html.count("<h3>Lever</h3>") == len(links) > 0
    assert html.index("Indispensable") < html.index("Recommandée")
    for link in links:
        assert link.condition.question in html
        assert reverse("diagnostic_lift", args=[link.condition.slug]) in html


@pytest.mark.django_db
@pytest.mark.parametrize("use", ["pas-a-pas/", "conditions/", "pour-la-personne/"])
def test_they_are_read_by_those_who_read_the_card_lightly(client, signed_in, use):
    assert client.get(MEMBERS_CARD + use).status_code == 302
    assert signed_in("attente").get(MEMBERS_CARD + use).status_code == 403
    assert client.get(CARD.replace("cafe", "the") + use).status_code == 404
    member = signed_in("membre")
    assert member.get(MEMBERS_CARD + use).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        html = member.get(CARD + use).content
    assert len(queries) <= 12
    assert len(gzip.compress(html)) + len(gzip.compress(CSS)) <= 14_000
    assert len(re.findall(rb"<[a-z]", html)) <= 250
