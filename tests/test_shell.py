"""The shell around every page: where one is, the five places of the bar, what waits to be read."""

import re

import pytest

pytestmark = pytest.mark.django_db


def links(html, label):
    nav = re.search(rf'<nav[^>]*aria-label="{label}">(.*?)</nav>', html, re.DOTALL)[1]
    found = re.findall(r"<a ([^>]*)>(.*?)</a>", nav, re.DOTALL)
    said = lambda attributes, words: re.search('aria-label="(.*?)"', attributes) or [0, re.sub(r"<[^>]+>", "", words)]  # noqa: E731
    return [(said(attributes, words)[1].strip(), attributes) for attributes, words in found]


def marked(html):
    both = links(html, "Raccourcis") + links(html, "Menu principal")
    return [
        (words, re.search('aria-current="(.*?)"', attributes)[1])
        for words, attributes in both
        if "aria-current" in attributes
    ]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", ("Accueil", "page")),
        ("/recherche/?q=wifi", ("Chercher", "page")),
        ("/groupes/siae-numeriques/", ("Groupes", "true")),
        ("/seances/", ("Séances", "page")),
        ("/pratiques/chantiers-idf/cafe-visio-du-jeudi/", ("Pratiques", "true")),
        ("/outils/zoom/", ("Outils", "true")),
        ("/diagnostic/", ("Diagnostic", "page")),
    ],
)
def test_the_place_where_one_is_is_marked(client, address, place):
    assert marked(client.get(address).content.decode()) == [place]


def test_no_place_is_marked_on_a_page_that_belongs_to_none(client):
    assert marked(client.get("/charte/").content.decode()) == []


def test_a_visitor_has_five_places_at_hand_the_last_one_to_sign_in(client):
    html = client.get("/").content.decode()
    assert [words for words, _ in links(html, "Raccourcis")] == [
        "Accueil",
        "Chercher",
        "Groupes",
        "Séances",
        "Connexion",
    ]


def test_what_waits_to_be_read_is_counted_beside_oneself(signed_in, account):
    from django.contrib.contenttypes.models import ContentType

    from exchange_groups.models import Topic
    from kb_site.notifications.models import Notification

    topic, member = Topic.objects.first(), account("membre")
    Notification.objects.filter(recipient=member).delete()
    assert links(signed_in("membre").get("/").content.decode(), "Raccourcis")[-1][0] == "Moi"
    Notification.objects.create(
        recipient=member, kind="topic_reply", key="essai", cadence="never", object_id=topic.pk,
        content_type=ContentType.objects.get_for_model(Topic),
    )  # fmt: skip
    assert links(signed_in("membre").get("/").content.decode(), "Raccourcis")[-1][0] == "Moi, 1 à lire"
