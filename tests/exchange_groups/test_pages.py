"""The pages of groups: light, cheap whatever the number of things they show, closed to whoever may not read."""

import gzip
import re
import uuid

import pytest

from exchange_groups.models import ExchangeGroup, Topic
from exchange_groups.services.topics import open_topic
from practices.comments.models import Comment
from practices.comments.services import post_comment
from tests.answers import elements
from tests.queries import queries_of
from tests.stylesheets import served

pytestmark = pytest.mark.django_db

BLOCKING = served("site", "groups")
CIP = "/groupes/cip-ile-de-france/"
PUBLIC = "/groupes/siae-numeriques/"
WORDS = (
    "Chez nous, trois essais à des heures différentes, puis un courrier papier, court, écrit à la main. Une fois sur "
    "deux, c’est le courrier qui fait rappeler la personne, et nous le gardons dans le dossier (essai {})."
)


def weight(html):
    return len(gzip.compress(html)) + len(gzip.compress(BLOCKING))


@pytest.fixture
def long_topic(account):
    """A topic with twenty replies by several people, some of them answers to others."""
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    topic = open_topic(
        group=group, author=account("membre"), type="question", title="Vingt réponses", body=WORDS.format(0)
    )
    people = [account(name) for name in ("karim", "animation", "edition", "membre")]
    parents = []
    for number in range(20):
        parent = parents[-1] if number % 4 == 3 else None
        comment = post_comment(
            target=topic,
            author=people[number % 4],
            text=WORDS.format(number + 1),
            submission_key=uuid.uuid4(),
            parent=parent,
        )
        if parent is None:
            parents.append(comment)
    return topic


PAGES = [(None, "/groupes/"), (None, PUBLIC), (None, CIP), ("membre", "/groupes/"), ("membre", CIP), ("animation", CIP)]


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_a_page_is_light_and_cheap(signed_in, role, address):
    browser = signed_in(role)
    html = browser.get(address).content
    assert weight(html) <= 14_000
    assert elements(html.decode()) <= 250
    asked = queries_of(browser, address)
    assert len(asked) <= (12 if role else 8), "\n".join(asked)


def test_a_topic_of_twenty_replies_is_light(signed_in, long_topic):
    html = signed_in("membre").get(long_topic.get_absolute_url()).content
    assert html.count(b'<article class="comment') == 20
    # A screen reader goes from article to article by their names.
    assert len(re.findall(rb'<article class="comment[^>]*aria-label="[^"]+"', html)) == 20
    assert weight(html) <= 14_000
    assert elements(html.decode()) <= 250


def test_a_topic_costs_the_same_with_one_reply_or_twenty(signed_in, long_topic):
    browser = signed_in("membre")
    short = Topic.objects.get(title__startswith="Les forfaits")
    few = queries_of(browser, short.get_absolute_url())
    many = queries_of(browser, long_topic.get_absolute_url())
    assert len(many) <= 12, "\n".join(many)
    assert len(many) <= len(few) + 1  # the quoted card of one of them


def test_a_topic_of_several_pages_costs_hardly_more(signed_in, account, long_topic):
    for number in range(30):
        post_comment(target=long_topic, author=account("karim"), text=f"Encore {number}", submission_key=uuid.uuid4())
    browser = signed_in("membre")
    address = long_topic.get_absolute_url()
    html = browser.get(address).content.decode()
    assert "page 1 sur 3" in html
    last = Comment.objects.order_by("-pk").first()
    assert f'id="c{last.pk}"' in browser.get(f"{address}?commentaires=3").content.decode()
    shown = browser.get(f"/commentaires/{last.pk}/")
    assert shown.url == f"{address}?commentaires=3#c{last.pk}"
    assert len(queries_of(browser, address)) <= 12


def test_a_list_of_topics_costs_the_same_whatever_its_length(signed_in, account):
    browser = signed_in("membre")
    few = len(queries_of(browser, CIP))
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    for number in range(14):
        open_topic(group=group, author=account("karim"), type="besoin", title=f"Besoin {number}", body="Il me manque")
    assert len(queries_of(browser, CIP)) == few


def test_what_is_said_in_a_closed_group_is_on_no_page_for_an_outsider(signed_in):
    for role in (None, "attente", "lucie", "partenaire", "coordination", "admin"):
        browser = signed_in(role)
        html = browser.get(CIP).content.decode()
        assert "Poursuite des parcours" in html
        for title in Topic.objects.filter(group__slug="cip-ile-de-france").values_list("title", flat=True):
            assert title not in html
        assert "Quitter le groupe" not in html


def test_a_hidden_group_is_nowhere_for_an_outsider(signed_in):
    for role in (None, "membre", "partenaire"):
        browser = signed_in(role)
        assert "Paroles de permanents" not in browser.get("/groupes/").content.decode()
        appui = "/groupes/appui/poursuite-des-parcours-d-accompagnement/"
        assert "Paroles de permanents" not in browser.get(appui).content.decode()
        expected = 404 if role else 302
        assert browser.get("/groupes/paroles-de-permanents/").status_code == expected
        assert browser.get("/groupes/groupe-qui-n-existe-pas/").status_code == expected


def test_the_coordination_sees_figures_of_a_peer_group_and_not_a_word(signed_in):
    browser = signed_in("coordination")
    assert "Paroles de permanents" in browser.get("/groupes/chiffres/").content.decode()
    html = browser.get("/groupes/paroles-de-permanents/").content.decode()
    assert "Tenir quand on porte tout" not in html
    topic = Topic.objects.get(title="Tenir quand on porte tout")
    assert browser.get(topic.get_absolute_url()).status_code == 404


def test_an_old_title_in_the_address_leads_to_the_topic(signed_in):
    topic = Topic.objects.get(title__startswith="Des casques")
    response = signed_in("membre").get(f"{CIP}sujets/{topic.pk}-ancien-titre/")
    assert response.url == topic.get_absolute_url()


def test_a_long_topic_is_taken_up_again_at_the_first_reply_that_was_not_read(signed_in, account, long_topic):
    from exchange_groups.models import TopicVisit

    browser, replies = (
        signed_in("karim"),
        list(Comment.objects.filter(object_pk=str(long_topic.pk)).order_by("submit_date", "pk")),
    )
    assert "première réponse non lue" not in browser.get(long_topic.get_absolute_url()).content.decode()
    TopicVisit.objects.filter(user=account("karim")).update(seen_at=replies[4].submit_date)
    html = browser.get(long_topic.get_absolute_url()).content.decode()
    assert re.search(r'href="([^"]*)">Reprendre à la première réponse non lue', html)[1].endswith(f"#c{replies[5].pk}")
    assert "première réponse non lue" not in browser.get(long_topic.get_absolute_url()).content.decode()
