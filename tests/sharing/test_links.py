"""A link sent to somebody shows what any visitor reads of its page, and nothing of what is not public."""

import io
import json
import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from PIL import Image

from exchange_groups.choices import Confidentiality
from exchange_groups.models import ExchangeGroup, SupportGroup, Topic
from exchange_groups.sessions.models import Session
from kb_site.home.models import TextPage
from kb_site.sharing.kinds import kinds
from practices.models import DossierPage, PracticePage, ResourcePage, ToolPage

pytestmark = pytest.mark.django_db

CARD = "/pratiques/entreprises-parcours/lean-coffee-cip-60-minutes/"
MEMBERS_CARD = "/pratiques/entreprises-parcours/codeveloppement-encadrants/"


def shown_of(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', html))


def graph_of(html: str) -> dict[str, dict]:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {thing["@type"]: thing for thing in json.loads(block[1])["@graph"]}


@pytest.fixture
def public_session() -> Session:
    return next(kind for kind in kinds() if kind.name == "seance").public().exclude(starts_at=None).first()


def a_page_of_each_kind() -> dict[str, str]:
    return {kind.name: kind.path(thing) for kind in kinds() if (thing := kind.public().first())}


def test_each_kind_of_public_page_says_what_it_is_and_can_be_sent(client, settings):
    settings.SITE_URL = "https://exemple.fr"
    pages = a_page_of_each_kind()
    assert set(pages) >= {
        "fiche",
        "outil",
        "ressource",
        "dossier",
        "accueil",
        "page",
        "groupe",
        "groupe-d-appui",
        "seance",
    }
    for kind, address in pages.items():
        html = client.get(address).content.decode()
        shown = shown_of(html)
        assert shown["url"] == f"https://exemple.fr{address}", kind
        assert shown["title"], kind
        assert f'<link rel="canonical" href="https://exemple.fr{address}">' in html
        assert client.get(re.sub("https://exemple.fr", "", shown["image"])).headers["Content-Type"] == "image/png"
        if kind not in {"accueil", "page"}:
            assert 'href="sms:?&amp;body=' in html, kind
            assert 'href="mailto:?subject=' in html, kind


# What is confided, or not for all: nothing of it in the head, whoever opens it.
@pytest.mark.parametrize("role", ["membre", "animation", "coordination"])
def test_what_is_not_public_shows_nothing(signed_in, role):
    browser = signed_in(role)
    visitor = AnonymousUser()
    known = {topic.pk for topic in Topic.objects.visible_to(visitor)}
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    closed = [MEMBERS_CARD]
    closed += [topic.get_absolute_url() for topic in group.topics.all()[:2] if topic.pk not in known]
    hidden = Session.objects.filter(group=group).exclude(pk__in=Session.objects.visible_to(visitor))
    closed += [session.get_absolute_url() for session in hidden[:2]]
    assert len(closed) > 3
    for address in closed:
        html = browser.get(address).content.decode()
        assert "og:" not in html, address
        assert "ld+json" not in html, address


def test_a_group_of_peers_shows_nothing_even_where_it_is_listed(client):
    ExchangeGroup.objects.filter(slug="cip-ile-de-france").update(
        confidentiality=Confidentiality.ENTRE_PAIRS, admits_institutions=False, access="sur_demande"
    )
    page = client.get("/groupes/cip-ile-de-france/")
    assert page.status_code == 200
    assert "og:" not in page.content.decode()
    assert 'class="share"' not in page.content.decode()


def test_the_picture_and_the_code_of_what_is_closed_do_not_exist(signed_in):
    card = PracticePage.objects.get(slug="codeveloppement-encadrants")
    topic = Topic.objects.exclude(pk__in=Topic.objects.visible_to(AnonymousUser())).first()
    for role in (None, "membre", "admin"):
        for address in (f"fiche/{card.pk}.png", f"fiche/{card.pk}.svg", f"sujet/{topic.pk}.png", "fiche/99999999.png"):
            assert signed_in(role).get(f"/partage/{address}").status_code == 404


def test_a_picture_is_light_is_kept_and_is_not_sent_twice(client):
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    answer = client.get(f"/partage/fiche/{card.pk}.png")
    assert len(answer.content) <= 60_000
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert answer.headers["Cache-Control"] == "public, max-age=600", "withdrawn, it is soon gone from everywhere"
    again = client.get(f"/partage/fiche/{card.pk}.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_picture_has_room_for_the_longest_words():
    from kb_site.sharing.kinds import Shared
    from kb_site.sharing.picture import draw

    for title in ("W" * 255, "a " * 127, "x"):
        drawn = draw(Shared(title=title, summary="é" * 200, path="/", label="Fiche pratique"))
        assert len(drawn) <= 60_000


def test_a_card_tells_its_steps_and_the_way_to_it(client):
    graph = graph_of(client.get(CARD).content.decode())
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    assert [step["name"] for step in graph["HowTo"]["step"]] == [step.value["title"] for step in card.steps]
    assert graph["Article"]["headline"] == card.title
    assert [place["position"] for place in graph["BreadcrumbList"]["itemListElement"]] == [1, 2, 3]


def test_a_session_is_an_event_that_does_not_say_how_to_join(client, public_session):
    Session.objects.filter(pk=public_session.pk).update(
        video_link="https://visio.example/secret", phone_number="01 99 00 12 34", phone_code="4242"
    )
    html = client.get(public_session.get_absolute_url()).content.decode()
    event = graph_of(html)["Event"]
    assert event["startDate"] == public_session.starts_at.isoformat()
    assert "secret" not in html
    assert "4242" not in html


def test_words_typed_by_people_never_end_the_block_of_data(client):
    group = ExchangeGroup.objects.get(slug="siae-numeriques")
    topic = Topic.objects.visible_to(AnonymousUser()).filter(group=group).first()
    Topic.objects.filter(pk=topic.pk).update(title="</script><script>alert(1)</script>")
    html = client.get(topic.group.get_absolute_url() + f"{topic.pk}/", follow=True).content.decode()
    topic.refresh_from_db()
    html = client.get(topic.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert graph_of(html)["Article"]["headline"] == "</script><script>alert(1)</script>"


def test_a_members_card_can_be_sent_and_says_that_one_must_sign_in(signed_in):
    html = signed_in("membre").get(MEMBERS_CARD).content.decode()
    assert "réservée aux membres" in html
    assert "/partage/" not in html
    sent = re.search(r"<details class=\"share\">.*?</details>", html, re.DOTALL)[0]
    card = PracticePage.objects.get(slug="codeveloppement-encadrants")
    assert unescape(card.title) in unescape(sent)
    assert card.summary not in unescape(unquote(unescape(sent)))  # for members: it stays behind the sign-in


def test_the_sitemap_lists_all_that_a_visitor_reads_and_opens(client, settings):
    settings.SITE_URL = "https://exemple.fr:8443"
    addresses = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert all(address.startswith("https://exemple.fr:8443/") for address in addresses)
    paths = {address.removeprefix("https://exemple.fr:8443") for address in addresses}
    visitor = AnonymousUser()
    for model in (PracticePage, ToolPage, ResourcePage, DossierPage, TextPage):
        assert {page.get_url() for page in model.objects.visible_to(visitor)} <= paths
    assert {group.get_absolute_url() for group in SupportGroup.objects.all()} <= paths
    assert {topic.get_absolute_url() for topic in Topic.objects.visible_to(visitor)} <= paths
    assert MEMBERS_CARD not in paths
    assert {path: status for path in paths if (status := client.get(path).status_code) != 200} == {}


def test_robots_are_told_where_the_sitemap_is(client, settings):
    settings.SITE_URL = "https://exemple.fr"
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://exemple.fr/sitemap.xml" in text
    assert "Disallow: /admin/" in text
