"""In a real browser: the letter before it leaves, and a review that an editor stops."""

import pytest

from practices.editorial.proposed_card import ProposedCard

REASON = "Une autre fiche dit déjà cela : complétons-la ensemble."


@pytest.fixture
def proposed(site, account):
    from kb_site.accounts.models import Network
    from practices.editorial.services.proposals import propose_card

    idea = ProposedCard(
        title="Le répondeur du mardi", challenges=("isolement",), steps=("Un.", "Deux."), limits="Jamais."
    )
    return propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)


def test_the_letter_is_read_in_its_frame_before_it_leaves(open_page, proposed):
    page = open_page("/admin/lettre/", role="admin", phone=False)
    frame = page.frame_locator("iframe")
    assert "Bonjour" in frame.locator("body").inner_text()
    assert frame.locator("a[href]").count() > 1
    assert page.locator("iframe + *").inner_text(), "what follows the frame stays outside it"


def test_an_editor_stops_a_review_and_its_author_reads_why(open_page, proposed):
    page = open_page(f"/admin/pages/{proposed.pk}/edit/", role="edition", phone=False)
    page.locator("footer").get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("link", name="Arrêter la relecture").click()
    page.get_by_label("Pourquoi arrêter la relecture").fill(REASON)
    page.get_by_role("button", name="Arrêter la relecture").click()
    assert "prévenu" in page.locator(".messages").inner_text()

    author = open_page(f"/proposer/mes-propositions/{proposed.proposal.pk}/", role="membre")
    assert author.locator(".progress h2").inner_text() == "Relecture arrêtée"
    assert REASON in author.locator(".progress").inner_text()
