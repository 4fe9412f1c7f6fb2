"""The editors' board: what waits, one action a row, own networks only, in a constant number of queries."""

import datetime
import uuid

import pytest
from django.utils import timezone

from practices.board.panels import Scope, panels
from practices.models import PracticePage, PracticeSectionPage

pytestmark = pytest.mark.django_db
BOARD = "/admin/tableau-de-bord/"


def found(user, name, section=""):
    panel = next(panel for panel in panels() if panel.name == name)
    return panel.find(Scope(user, section), 20)


def titles(user, name, section=""):
    return [row.title for row in found(user, name, section).rows]


def set_review(slug, days):
    PracticePage.objects.filter(slug=slug).update(next_review_at=timezone.localdate() + datetime.timedelta(days=days))


def draft(section, title, *, owner, days_old=0):
    parent = PracticeSectionPage.objects.get(slug=section)
    page = parent.add_child(
        instance=PracticePage(title=title, slug=f"essai-{title.lower().replace(' ', '-')}", live=False, owner=owner)
    )
    page.save_revision(user=owner, clean=False)
    moment = timezone.now() - datetime.timedelta(days=days_old)
    PracticePage.objects.filter(pk=page.pk).update(latest_revision_created_at=moment, has_unpublished_changes=True)
    return page


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), ("attente", 302), ("membre", 302), ("partenaire", 302), ("animation", 302), ("edition", 200),
     ("edition-numerique", 200), ("coordination", 200), ("admin", 200)],
)  # fmt: skip
def test_it_opens_to_those_who_publish(signed_in, role, status):
    assert signed_in(role).get(BOARD).status_code == status


def test_a_stale_card_is_on_the_board_of_its_network_only(account):
    set_review("cafe-visio-du-jeudi", -1)
    assert "Le café visio du jeudi" in titles(account("edition"), "en-retard")
    assert "Le café visio du jeudi" not in titles(account("edition-numerique"), "en-retard")
    assert "Le café visio du jeudi" in titles(account("coordination"), "en-retard")


def test_a_card_due_within_thirty_days_is_announced_and_not_yet_stale(account):
    set_review("cafe-visio-du-jeudi", 30)
    set_review("salle-relais", 31)
    soon = titles(account("coordination"), "a-verifier")
    assert "Le café visio du jeudi" in soon
    assert not any("relais" in title.lower() for title in soon)
    assert "Le café visio du jeudi" not in titles(account("coordination"), "en-retard")


def test_the_filter_by_network_keeps_one_section(account):
    set_review("cafe-visio-du-jeudi", -1)
    assert "Le café visio du jeudi" in titles(account("coordination"), "en-retard", "chantiers-idf")
    assert "Le café visio du jeudi" not in titles(account("coordination"), "en-retard", "numerique-inclusif")


def test_a_foreign_network_in_the_address_opens_nothing_more(account, signed_in):
    set_review("demarche-avec-mandat", -1)
    scope = Scope(account("edition"), "numerique-inclusif")
    assert scope.section is None
    assert signed_in("edition").get(f"{BOARD}?reseau=numerique-inclusif").status_code == 200


def test_a_card_whose_owners_left_waits_for_a_person(account):
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(card_owner=None, backup_owner=None)
    assert "Le café visio du jeudi" in titles(account("coordination"), "sans-responsable")


def test_a_draft_sleeps_after_thirty_days(account):
    draft("chantiers-idf", "Brouillon ancien", owner=account("membre"), days_old=31)
    draft("chantiers-idf", "Brouillon récent", owner=account("membre"), days_old=29)
    assert titles(account("edition"), "brouillons") == ["Brouillon ancien"]
    assert titles(account("edition-numerique"), "brouillons") == []


def test_a_reported_comment_waits_for_the_editors_of_its_card(account):
    from practices.comments.services import post_comment, report_comment

    page = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    comment = post_comment(target=page, author=account("membre"), text="Bonjour", submission_key=uuid.uuid4())
    report_comment(comment=comment, reporter=account("lucie"), reason="autre")
    assert found(account("edition"), "commentaires").count == 1
    assert found(account("coordination"), "commentaires", "chantiers-idf").count == 1
    assert found(account("coordination"), "commentaires", "numerique-inclusif").count == 0
    assert found(account("edition-numerique"), "commentaires").count == 0


def test_a_proposal_in_review_waits_for_its_network(account):
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    task = GroupApprovalTask.objects.create(name="Relecture d’essai")
    task.groups.set(account("edition").groups.filter(name__startswith="Édition"))
    workflow = Workflow.objects.create(name="Essai")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page = draft("chantiers-idf", "Une proposition", owner=account("membre"), days_old=40)
    workflow.start(page, account("membre"))
    assert "Une proposition" in titles(account("edition"), "relectures")
    assert "Une proposition" not in titles(account("edition"), "brouillons")
    assert "Une proposition" not in titles(account("edition-numerique"), "relectures-des-autres")
    PracticePage.objects.filter(pk=page.pk).update(owner=account("edition"))
    assert "Une proposition" not in titles(account("edition"), "relectures")


def test_a_card_in_review_says_until_when_and_who_reads_it_now_the_most_urgent_first(account):
    from django.contrib.contenttypes.models import ContentType
    from wagtail.admin.models import EditingSession
    from wagtail.models import Page

    from kb_site.accounts.models import Network
    from practices.editorial.models.review import ReviewDeadline
    from practices.editorial.proposed_card import ProposedCard
    from practices.editorial.services.proposals import propose_card

    def propose(title):
        idea = ProposedCard(title=title, challenges=("isolement",), steps=("Un", "Deux"), limits="Aucune")
        return propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)

    propose("Sans date")
    dated, late = propose("Avec une date"), propose("En retard")
    today = timezone.localdate()
    ReviewDeadline.objects.create(card=dated, due_on=today + datetime.timedelta(days=9))
    ReviewDeadline.objects.create(card=late, due_on=today - datetime.timedelta(days=1))
    pages = ContentType.objects.get_for_model(Page)
    session = {"user": account("coordination"), "content_type": pages, "last_seen_at": timezone.now()}
    EditingSession.objects.create(object_id=str(dated.pk), **session)
    rows = {row.title: row.facts for row in found(account("edition"), "relectures").rows}
    assert [title for title in rows if title in {"Sans date", "Avec une date", "En retard"}] == [
        "En retard", "Avec une date", "Sans date",
    ]  # fmt: skip
    assert "en retard : à relire avant le" in rows["En retard"]
    assert "Denise D. relit en ce moment" in rows["Avec une date"]
    assert "relire avant" not in rows["Sans date"]


def test_the_page_and_the_home_page_show_counts_and_one_action_a_row(signed_in):
    set_review("cafe-visio-du-jeudi", -1)
    html = signed_in("edition").get(BOARD).content.decode()
    assert 'aria-label="Vérifier : Le café visio du jeudi"' in html
    home = signed_in("edition").get("/admin/").content.decode()
    assert "Ce qui vous attend" in home
    assert "Vérification en retard" in home


def test_its_queries_do_not_grow_with_what_waits(signed_in, account, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in("coordination")
    client.get(BOARD)
    set_review("cafe-visio-du-jeudi", -1)
    set_review("salle-relais", 3)
    draft("chantiers-idf", "Brouillon 0", owner=account("membre"), days_old=40)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(BOARD)
    PracticePage.objects.update(next_review_at=timezone.localdate() - datetime.timedelta(days=1))
    for number in range(1, 15):
        draft("chantiers-idf", f"Brouillon {number}", owner=account("membre"), days_old=40)
    set_review("salle-relais", 3)
    with CaptureQueriesContext(connection) as many:
        client.get(BOARD)
    assert len(many) <= len(few)
    assert len(many) <= 41


def test_searches_without_result_and_requests_wait_for_every_editor(account):
    from search.card_requests.models import CardRequest
    from search.zero_results.models import SearchGap

    today = timezone.localdate()
    SearchGap.objects.create(digest="x", words="permis bateau", without_result=4, days=3, last_day=today)
    SearchGap.objects.create(digest="y", words="", without_result=9, days=1, last_day=today)
    CardRequest.objects.create(need="Parler du sommeil", asked_by=account("membre"))
    assert "« permis bateau »" in titles(account("edition"), "recherches")
    assert "« »" not in titles(account("edition"), "recherches")
    assert "Parler du sommeil" in titles(account("edition-numerique"), "demandes")
    assert found(account("coordination"), "recherches", "chantiers-idf").count == 0


def test_the_address_keeps_the_network_and_the_matter_shown(signed_in):
    set_review("cafe-visio-du-jeudi", -1)
    html = signed_in("coordination").get(f"{BOARD}?reseau=chantiers-idf&quoi=en-retard").content.decode()
    assert 'id="en-retard"' in html
    assert 'id="recherches"' not in html
    assert "?reseau=numerique-inclusif&amp;quoi=en-retard" in html
    assert 'id="en-retard"' in signed_in("coordination").get(f"{BOARD}?quoi=inconnu").content.decode()


def test_a_card_in_review_stands_on_the_board_once(account):
    from kb_site.accounts.models import Network
    from practices.editorial.proposed_card import ProposedCard
    from practices.editorial.services.proposals import propose_card

    idea = ProposedCard(title="Une seule fois", challenges=("isolement",), steps=("Un", "Deux"), limits="Aucune")
    propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)
    for role, place in (("edition", "relectures"), ("coordination", "relectures")):
        holds = [panel.name for panel in panels() if "Une seule fois" in titles(account(role), panel.name)]
        assert holds == [place], role


def test_the_figures_of_the_year_count_what_was_done_in_ones_networks(account, signed_in):
    from wagtail.log_actions import log

    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    before = dict(Scope(account("edition")).counts_of_the_year)
    log(instance=card, action="practices.still_true", user=account("edition"))
    after = Scope(account("edition")).counts_of_the_year
    assert {words: after[words] - before[words] for words in after if after[words] != before[words]} == {
        "« toujours vrai »": 1
    }
    assert Scope(account("edition-numerique")).counts_of_the_year["« toujours vrai »"] == 0
    assert "Depuis le 1er janvier" in signed_in("edition").get(BOARD).content.decode()
