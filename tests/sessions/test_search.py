"""Sessions are found by those who may know of them, and by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from exchange_groups.sessions.models import Session
from exchange_groups.sessions.services import preparing
from kb_site.accounts.models import User
from kb_site.accounts.principals import principals_of
from search.models import SearchEntry
from search.queries import SearchQuery
from search.services import run_search

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(db):
    """Return the person as the next request would load them; None: a visitor."""
    return lambda name: User.objects.get(email=f"{name}@example.org") if name else AnonymousUser()


def results(user, text, **facets):
    facets = {name: (value,) for name, value in facets.items()}
    return run_search(SearchQuery(text=text, facets=facets, principals=principals_of(user)), user=user)


def found(user, title):
    return title in [hit.entry.title for hit in results(user, title, type="seance").hits]


OUTSIDE_CIP = [None, "attente", "lucie", "partenaire", "coordination", "admin"]


@pytest.mark.parametrize("name", [*OUTSIDE_CIP, "membre", "karim", "animation"])
def test_a_session_of_a_closed_group_is_found_by_its_members_only(again, name):
    assert found(again(name), "Lean coffee de décembre") is (name not in OUTSIDE_CIP)


@pytest.mark.parametrize("name", [None, "attente", "membre", "coordination"])
def test_a_session_of_peers_is_found_by_no_outsider(again, name):
    assert not found(again(name), "Poser ses limites sans lâcher la personne")
    assert found(again("lucie"), "Poser ses limites sans lâcher la personne")


def test_a_public_session_is_found_by_a_visitor(again, public):
    assert found(again(None), public.title)


def test_totals_and_facets_count_what_one_may_know_of(again):
    for name in (None, "membre", "lucie", "coordination"):
        person = again(name)
        known = Session.objects.visible_to(person).exclude(state="draft").count()
        assert results(person, "", type="seance").total == known
        assert results(person, "").facets["type"].get("seance", 0) == known


def test_how_to_join_is_in_no_entry():
    for entry in SearchEntry.objects.filter(kind="seance"):
        words = f"{entry.title} {entry.summary} {entry.body} {entry.keywords} {entry.card}"
        assert "visio.example.org" not in words
        assert "01 99 00" not in words


def test_a_draft_is_found_by_nobody_and_a_session_once_open(again, draft):
    assert not found(again("animation"), draft.title)
    preparing.open_session(session=draft)
    assert found(again("membre"), draft.title)
    preparing.cancel_session(session=draft, reason="Non")
    assert not found(again("membre"), draft.title)


def test_a_session_closed_to_the_public_leaves_the_search_of_visitors(again, public):
    preparing.change_session(session=public, values={"is_public": False})
    assert not found(again(None), public.title)
    assert found(again("mediateur"), public.title)


def test_a_deleted_session_leaves_the_search(public):
    public.delete()
    assert not SearchEntry.objects.filter(kind="seance", title=public.title).exists()
