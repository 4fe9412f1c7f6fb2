"""Each network reviews its own cards in two steps; an author never decides on their own card."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry, Workflow
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from kb_site.accounts.groups import editors_group_name
from kb_site.accounts.models import Network
from kb_site.home.site_structure import ensure_site_structure
from practices.editorial.models.review import ReviewDeadline, ReviewQuestion
from practices.editorial.services.proposals import propose_card
from practices.editorial.services.review import NotTheAuthor, answer_question
from practices.models import PracticePage, PracticeSectionPage
from tests.practices.test_images import picture

from .conftest import IDEA, TICKED, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queued")]


def test_a_network_has_its_own_workflow_of_two_tasks_and_the_structure_may_be_set_up_again():
    workflows = Workflow.objects.count()
    for section in PracticeSectionPage.objects.all():
        names = [task.name.split(" – ")[0] for task in section.get_workflow().tasks]
        assert names == ["Relecture réseau", "Confidentialité"]
    ensure_site_structure(name="Essai", host="localhost", port=8000)
    assert Workflow.objects.count() == workflows


def test_a_card_is_published_once_both_steps_are_accepted(proposed, decide):
    decide("edition", proposed, "approve")
    assert not fresh(proposed).live
    assert fresh(proposed).current_workflow_task.name.startswith("Confidentialité")
    decide("edition", proposed, "approve", **TICKED)
    assert fresh(proposed).live


def test_the_checklist_must_be_ticked_in_full(proposed, decide):
    decide("edition", proposed, "approve")
    decide("edition", proposed, "approve", **(TICKED | {"consents": ""}))
    assert not fresh(proposed).live
    assert fresh(proposed).workflow_in_progress


def test_a_refused_item_of_the_checklist_is_said_in_the_refusal(proposed, decide):
    decide("edition", proposed, "approve")
    decide("edition", proposed, "reject", nobody="Le prénom dans l’étape 2.")
    state = fresh(proposed).current_workflow_state.current_task_state
    assert state.comment == "« Personne n’est reconnaissable » : Le prénom dans l’étape 2."
    assert state.status == "rejected"


@pytest.mark.parametrize("reason", ["", "   ", "non"])
def test_a_refusal_without_a_reason_changes_nothing(proposed, decide, reason, queued):
    decide("edition", proposed, "reject", comment=reason)
    assert fresh(proposed).workflow_in_progress
    assert queued("card_to_correct") == []


def test_an_incomplete_card_is_not_published_and_the_editor_reads_why(account, decide, signed_in):
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    decide("edition", card, "approve")
    state = fresh(card).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[card.pk, "approve", state.pk])
    answer = signed_in("edition").post(address, TICKED, headers={"x-requested-with": "XMLHttpRequest"})
    assert "Nature" in answer.json()["html"]
    assert not fresh(card).live


@pytest.mark.parametrize(
    "name", ["edition-numerique", "edition-parcours", "membre", "karim", "animation", "partenaire"]
)
@pytest.mark.parametrize("action", ["approve", "reject", "ask", "due"])
def test_only_the_editors_of_the_network_decide(proposed, decide, name, action):
    answer = decide(name, proposed, action, comment="Une raison assez longue.", question="Une question assez longue ?")
    assert answer.status_code in (302, 403)
    state = fresh(proposed).current_workflow_task_state
    assert state.status == "in_progress"
    assert state.task.name.startswith("Relecture réseau")
    assert not ReviewQuestion.objects.filter(card=proposed).exists()


def test_coordination_may_decide_for_any_network(proposed, decide):
    decide("coordination", proposed, "approve")
    assert fresh(proposed).current_workflow_task.name.startswith("Confidentialité")


@pytest.mark.parametrize("author", ["edition", "coordination", "admin"])
def test_an_author_never_approves_their_own_card(account, decide, author):
    card = propose_card(author=account(author), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    assert decide(author, card, "approve").status_code in (302, 403)
    state = fresh(card).current_workflow_task_state
    assert state.task.name.startswith("Relecture réseau")
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state.specific, account(author), "approve")


@pytest.fixture
def editing_form(signed_in):
    """Open the editing screen of a card; return what sends its form, with these changes."""

    def read(name, card):
        address = reverse("wagtailadmin_pages:edit", args=[card.pk])
        form = querydict_from_html(signed_in(name).get(address).content.decode(), form_id="page-edit-form")
        steps = [
            ("step", {name: value or "" for name, value in step.value.items()})
            for step in fresh(card).get_latest_revision_as_object().steps
        ]
        streams = {"steps": streamfield(steps), "sources": streamfield([])}
        form.update(nested_form_data(streams))

        def send(**changes):
            form.update(changes)
            return signed_in(name).post(address, form)

        return send

    return read


@pytest.mark.parametrize(("author", "published"), [("edition", False), ("membre", True)])
def test_an_editor_publishes_a_new_card_from_the_editing_screen_unless_it_is_their_own(
    account, editing_form, proposed, author, published
):
    PracticePage.objects.filter(pk=proposed.pk).update(owner=account(author))
    fresh(proposed).current_workflow_state.cancel(user=account("coordination"))
    editing_form("edition", proposed)(**{"action-publish": "1"})
    assert fresh(proposed).live is published


def test_a_photo_says_what_it_shows_before_the_card_goes_further(proposed, editing_form, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    photo = get_image_model().objects.create(title="Une photo", file=ContentFile(picture(), name="photo.jpg"))
    answer = editing_form("edition", proposed)(photo=str(photo.pk), photo_description=" ")
    assert "Dites ce que montre la photo." in answer.content.decode()
    assert fresh(proposed).get_latest_revision_as_object().photo is None


def test_a_card_in_review_is_published_by_its_review_alone(proposed, editing_form):
    editing_form("edition", proposed)(**{"action-publish": "1"})
    assert not fresh(proposed).live
    assert fresh(proposed).workflow_in_progress


@pytest.mark.parametrize(("author", "accepted"), [("edition", False), ("membre", True)])
def test_an_editor_accepts_a_card_from_the_editing_screen_unless_it_is_their_own(
    account, editing_form, proposed, author, accepted
):
    PracticePage.objects.filter(pk=proposed.pk).update(owner=account(author))
    editing_form("edition", proposed)(**{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert fresh(proposed).current_workflow_task.name.startswith("Confidentialité") is accepted


@pytest.mark.parametrize(("reason", "refused"), [("{}", False), ('{"comment": "Précisez les limites."}', True)])
def test_the_editing_screen_cannot_refuse_without_a_reason(proposed, editing_form, reason, refused):
    decision = {"action-workflow-action": "1", "workflow-action-name": "reject", "workflow-action-extra-data": reason}
    editing_form("edition", proposed)(**decision)
    assert fresh(proposed).workflow_in_progress is not refused


@pytest.mark.parametrize("changes", [{}, {"objective": "Un but."}], ids=["unchanged", "changed"])
def test_an_incomplete_card_may_be_refused_from_the_editing_screen(account, editing_form, changes):
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    reason = '{"comment": "Précisez les limites."}'
    decision = {"action-workflow-action": "1", "workflow-action-name": "reject", "workflow-action-extra-data": reason}
    editing_form("edition", card)(**decision, **changes)
    assert not fresh(card).workflow_in_progress
    if changes:
        assert fresh(card).get_latest_revision_as_object().objective == "Un but."


def test_an_incomplete_draft_is_saved_from_the_editing_screen(account, editing_form):
    card = propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    editing_form("edition", card)(objective="Un but.")
    assert fresh(card).get_latest_revision_as_object().objective == "Un but."


def test_a_new_card_is_not_created_and_published_in_one_go(account):
    section = PracticeSectionPage.objects.get(slug="chantiers-idf")
    assert not section.permissions_for_user(account("edition")).can_publish_subpage()
    assert section.permissions_for_user(account("edition")).can_add_subpage()


def test_only_the_editors_concerned_are_told(proposed, account, decide, queued):
    assert queued("card_to_review") == [account("edition").pk]
    decide("edition", proposed, "approve")
    assert queued("card_to_review") == [account("edition").pk] * 2


def test_where_the_only_editor_is_the_author_the_coordination_is_told(account, queued):
    propose_card(author=account("edition"), network=Network.objects.get(slug="chantiers-idf"), idea=IDEA)
    assert queued("card_to_review") == [account("coordination").pk]


def test_a_question_reaches_the_author_and_the_answer_the_reviewer(proposed, decide, account, queued):
    decide("edition", proposed, "ask", question="Combien de personnes écoutent ?")
    question = ReviewQuestion.objects.get(card=proposed)
    assert fresh(proposed).workflow_in_progress
    assert queued("question_to_author") == [account("membre").pk]
    with pytest.raises(NotTheAuthor):
        answer_question(question=question, by=account("karim"), text="Vingt.")
    answer_question(question=question, by=account("membre"), text="Une vingtaine.")
    answer_question(question=question, by=account("membre"), text="Une vingtaine.")
    assert queued("question_answered") == [account("edition").pk]


def test_a_date_of_review_may_be_set_and_taken_away_but_not_in_the_past(proposed, decide):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    decide("edition", proposed, "due", due_on="2020-01-01")
    assert not ReviewDeadline.objects.exists()
    decide("edition", proposed, "due", due_on=tomorrow.isoformat())
    assert ReviewDeadline.objects.get().due_on == tomorrow
    decide("edition", proposed, "due", due_on="")
    assert not ReviewDeadline.objects.exists()


def test_the_history_of_a_card_tells_its_review(proposed, decide, signed_in):
    decide("edition", proposed, "ask", question="Combien de personnes écoutent ?")
    decide("edition", proposed, "reject", comment="Dites qui peut écouter le message.")
    actions = set(PageLogEntry.objects.filter(page=proposed.pk).values_list("action", flat=True))
    assert {"wagtail.workflow.start", "review.ask", "wagtail.workflow.reject"} <= actions
    html = signed_in("edition").get(reverse("wagtailadmin_pages:history", args=[proposed.pk])).content.decode()
    assert "Combien de personnes écoutent ?" in html


def test_an_editor_belongs_to_the_group_of_one_network(account):
    names = {group.name for group in account("edition").groups.all()}
    assert editors_group_name(Network.objects.get(slug="chantiers-idf")) in names
    assert editors_group_name(Network.objects.get(slug="numerique-inclusif")) not in names
