"""A draft, a refused, a scheduled or a withdrawn card appears nowhere to anyone but its author and its network's editors."""

import datetime
import io
import re
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kb_site.accounts.models import Network, User
from practices.choices import Channel, Kind, Modality
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card, withdraw_proposal
from practices.models import PracticePage
from practices.search_documents import all_search_documents, search_document, visible_keys
from search.models import SearchEntry

pytestmark = pytest.mark.django_db

# A word that no other page of the site holds.
RARE = "Zibeline"
ADDRESSES = [
    "/",
    "/pratiques/",
    "/pratiques/?probleme=isolement&reseau=chantiers-idf",
    f"/recherche/?q={RARE}",
    f"/recherche/suggestions/?q={RARE[:4]}",
    f"/recherche/flux/?q={RARE}",
    "/recherche/flux/",
    f"/recherche/ressemblantes/?q={RARE}",
    "/sitemap.xml",
    "/donnees-ouvertes/",
    "/donnees-ouvertes/fiches.csv",
    "/donnees-ouvertes/fiches.json",
    "/donnees-ouvertes/fiches.xlsx",
]
ROLES = [None, "attente", "membre", "partenaire", "animation", "edition-numerique", "edition", "coordination"]


def _propose(account, name="lundi"):
    idea = ProposedCard(
        title=f"{RARE} du {name}",
        summary=f"{RARE} en une phrase.",
        challenges=("isolement",),
        steps=(f"{RARE} une.", f"{RARE} deux."),
        limits=f"{RARE} jamais.",
        objective=f"{RARE}.",
    )
    card = propose_card(author=account("karim"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)
    latest = card.get_latest_revision_as_object()
    latest.kind, latest.modality, latest.channels = Kind.LIEN_COLLECTIF, Modality.DISTANCE_DIFFERE, [Channel.TELEPHONE]
    latest.save_revision(user=account("edition"))
    return PracticePage.objects.get(pk=card.pk)


def in_review(account, *name):
    return _propose(account, *name)


def refused(account, *name):
    card = _propose(account, *name)
    state = card.current_workflow_task_state
    state.task.specific.on_action(state.specific, account("edition"), "reject", comment="Précisez les limites.")
    return card


def withdrawn(account, *name):
    card = _propose(account, *name)
    withdraw_proposal(proposal=card.proposal, by=account("karim"))
    return card


def scheduled(account, *name):
    card = _propose(account, *name)
    latest = card.get_latest_revision_as_object()
    latest.go_live_at = timezone.now() + datetime.timedelta(days=2)
    latest.save_revision(user=account("edition"))
    card = PracticePage.objects.get(pk=card.pk)
    for data in ({}, {"nobody": True, "consents": True, "tools": True}):
        state = PracticePage.objects.get(pk=card.pk).current_workflow_task_state
        state.task.specific.on_action(state.specific, account("edition"), "approve", **data)
    card = PracticePage.objects.get(pk=card.pk)
    assert not card.live
    assert card.approved_schedule
    return card


NOT_PUBLISHED = {"lundi": in_review, "mardi": refused, "mercredi": withdrawn, "jeudi": scheduled}


@pytest.fixture(params=NOT_PUBLISHED.values(), ids=lambda make: make.__name__)
def hidden(request, account):
    return request.param(account)


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as sheet:
            content = b"".join(sheet.read(name) for name in sheet.namelist())
    return content.decode("utf-8", "replace")


def words_shown(page, address):
    """Return the words of hidden cards that a page holds, apart from the question that it repeats."""
    repeats = address in {f"/recherche/?q={RARE}", f"/recherche/flux/?q={RARE}"}
    words = rf"{RARE} du \w+|{RARE} en une" if repeats else rf"{RARE}[^<]*"
    return set(re.findall(words, text_of(page)))


# Their home page tells them what they are asked to review, and nothing else of these cards.
REVIEWERS, TO_REVIEW = {"edition", "coordination"}, {f"{RARE} du lundi"}


def test_cards_not_published_appear_on_no_page(account, signed_in):
    """All at once, each named after a day (NOT_PUBLISHED): every page is read once by each role."""
    for day, make in NOT_PUBLISHED.items():
        make(account, day)
    browsers = {name or "a visitor": signed_in(name) for name in ROLES}
    shown = [
        f"{address} shows {words} to {name}"
        for name, browser in browsers.items()
        for address in ADDRESSES
        if (words := words_shown(browser.get(address), address))
        if (name, address, words) not in [(reviewer, "/", TO_REVIEW) for reviewer in REVIEWERS]
    ]
    assert not shown, "\n".join(shown)


def test_the_address_of_a_card_not_published_does_not_exist(hidden, signed_in):
    address = hidden.url_path.removeprefix("/accueil")
    browsers = {name or "a visitor": signed_in(name) for name in ROLES}
    opened = [
        f"{end} answers {status} to {name}"
        for name, browser in browsers.items()
        for end in (address, f"{address}fiche.md")
        if (status := browser.get(end).status_code) != 404
    ]
    assert not opened, "\n".join(opened)


def test_a_card_not_published_has_no_row_in_the_search_and_changes_no_count(account, hidden, client):
    assert search_document(hidden) is None
    assert not SearchEntry.objects.filter(key=f"page:{hidden.pk}").exists()
    assert f"page:{hidden.pk}" not in {row.key for row in all_search_documents()}
    for user in (AnonymousUser(), account("membre"), account("edition")):
        assert visible_keys([f"page:{hidden.pk}"], user) == set()
        assert not PracticePage.objects.visible_to(user).filter(pk=hidden.pk).exists()


def test_the_author_s_profile_shows_nothing_to_others(hidden, signed_in):
    assert RARE not in signed_in("membre").get("/proposer/mes-propositions/").content.decode()
    assert User.objects.get(email="karim@example.org").proposals.filter(card=hidden).exists()
