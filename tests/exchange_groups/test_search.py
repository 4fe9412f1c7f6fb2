"""Topics are found by those who may read them, and by nobody else: hits, totals, facets and what is typed ahead."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from exchange_groups.models import ExchangeGroup, Membership, Topic
from exchange_groups.services import charters, memberships, moderation
from kb_site.accounts.models import User
from kb_site.accounts.principals import principals_of
from search.models import SearchEntry
from search.queries import SearchQuery
from search.services import run_search

pytestmark = pytest.mark.django_db

WORDS = "casques pour la salle relais"
TITLE = "Des casques pour la salle relais"


def results(user, text=WORDS, **facets):
    facets = {name: (value,) for name, value in facets.items()}
    return run_search(SearchQuery(text=text, facets=facets, principals=principals_of(user)), user=user)


def found(user, text=WORDS):
    return TITLE in [hit.entry.title for hit in results(user, text).hits]


@pytest.fixture
def again(account):
    """Return the person as the next request would load them."""
    return lambda name: User.objects.get(email=f"{name}@example.org")


@pytest.mark.parametrize(
    ("name", "expected"),
    [(None, False), ("attente", False), ("lucie", False), ("partenaire", False), ("coordination", False), ("admin", False),
     ("membre", True), ("karim", True), ("animation", True)],
)  # fmt: skip
def test_a_topic_is_found_by_the_members_of_its_group_only(again, name, expected):
    assert found(again(name) if name else AnonymousUser()) is expected


def test_totals_and_facets_tell_an_outsider_nothing(again):
    for name in (None, "lucie", "coordination"):
        person = again(name) if name else AnonymousUser()
        readable = Topic.objects.visible_to(person).count()
        everything = results(person, text="")
        assert everything.facets["type"].get("sujet", 0) == readable
        assert results(person, text="", type="sujet").total == readable
    member = again("membre")
    assert results(member, text="", type="sujet").total == Topic.objects.visible_to(member).count() > readable


def test_a_reply_makes_its_topic_found_and_a_correction_takes_its_words_away(again):
    from practices.comments.models import Comment
    from practices.comments.services import delete_comment

    karim = again("karim")
    reply = Comment.objects.get(comment__startswith="Un SMS le vendredi")
    assert any("remplacé la visio" in hit.entry.title for hit in results(karim, "rituel vendredi").hits)
    delete_comment(comment=reply, author=karim)
    entry = SearchEntry.objects.get(title__startswith="Nous avons remplacé la visio")
    assert "rituel" not in entry.body


def test_leaving_takes_effect_at_once(again):
    assert found(again("membre"))
    memberships.leave(group=ExchangeGroup.objects.get(slug="cip-ile-de-france"), user=again("membre"))
    assert not found(again("membre"))


def test_a_new_charter_hides_until_it_is_accepted(again):
    cip = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    charter = charters.publish_charter(group=cip, text="Nouvelle règle", by=again("animation"))
    assert not found(again("membre"))
    charters.accept_charter(charter=charter, user=again("membre"))
    assert found(again("membre"))


def test_a_change_of_confidentiality_takes_effect_at_once(again):
    group = ExchangeGroup.objects.get(slug="siae-numeriques")
    text = "relevés heure de visio"
    assert any("relevés" in hit.entry.title for hit in results(AnonymousUser(), text).hits)
    group.confidentiality = "membres"
    group.save()
    assert not any("relevés" in hit.entry.title for hit in results(AnonymousUser(), text).hits)
    assert any("relevés" in hit.entry.title for hit in results(again("mediateur"), text).hits)


def test_a_moved_merged_or_removed_topic_follows(again):
    topic = Topic.objects.get(title=TITLE)
    moderation.move_topic(topic=topic, to=ExchangeGroup.objects.get(slug="encadrants-techniques"))
    assert not found(again("membre"))
    assert found(again("lucie"))
    topic = Topic.objects.get(pk=topic.pk)
    topic.is_removed = True
    topic.save()
    assert not SearchEntry.objects.filter(key=f"topic:{topic.pk}").exists()


def test_a_masked_author_is_in_no_row_of_the_search(again):
    topic = Topic.objects.get(title__startswith="Les forfaits")
    entry = SearchEntry.objects.get(key=f"topic:{topic.pk}")
    everything = " ".join(map(str, (entry.title, entry.summary, entry.body, entry.keywords, entry.card, entry.facets)))
    assert topic.masked
    assert "Awa" not in everything


def test_a_partner_made_member_by_mistake_finds_nothing(again):
    Membership.objects.create(group=ExchangeGroup.objects.get(slug="paroles-de-permanents"), user=again("partenaire"))
    assert not results(again("partenaire"), "Tenir quand on porte tout", type="sujet").hits


def test_titles_are_suggested_to_members_only(signed_in):
    for name, expected in {None: False, "lucie": False, "coordination": False, "membre": True}.items():
        suggested = signed_in(name).get("/recherche/suggestions/", {"q": "casques"})
        assert suggested.status_code == 200
        assert ("casques pour la salle" in suggested.content.decode()) is expected


def test_a_word_said_in_a_closed_group_corrects_nobody_else(again):
    from practices.comments.services import post_comment

    topic = Topic.objects.get(title=TITLE)
    for number in range(3):
        post_comment(target=topic, author=again("karim"), text=f"zygomatique {number}", submission_key=uuid.uuid4())
    for name in (None, "lucie", "coordination"):
        person = again(name) if name else AnonymousUser()
        assert "zygomatique" not in str(results(person, "zygomatiqe"))


def test_who_writes_a_topic_is_shown_topics_of_their_groups_and_cards_and_nobody_else_is(signed_in, topic):
    address = f"/recherche/ressemblantes/?pour=sujet&q={topic.title}"
    assert topic.title in signed_in("karim").get(address).content.decode()
    assert topic.title not in signed_in("partenaire").get(address).content.decode()
    assert topic.title not in signed_in(None).get(address).content.decode()
    assert topic.title not in signed_in("karim").get(f"/recherche/ressemblantes/?q={topic.title}").content.decode()
