"""What is held about people: every row that names an account is exported, and has an end that was decided."""

import datetime
import json
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from exchange_groups.models import ExchangeGroup, JoinRequest, Membership, TopicDraft
from exchange_groups.services.facilitators import look_after_leadership
from exchange_groups.services.memberships import enter
from exchange_groups.services.topics import keep_draft, open_topic
from kb_site.accounts.models import Network, User
from kb_site.accounts.services import erasure
from kb_site.notifications import services as notifications
from kb_site.personal_data import AtEnd, export_of, held, relations
from practices.comments.services import post_comment
from practices.editorial.models.proposals import ProposalDraft
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card, save_draft
from practices.experiences.models import Experience
from practices.models import PracticePage
from search.card_requests.models import CardRequest, Support
from search.saved.models import SavedSearch

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 24)
OPTIONAL = "socialaccount."  # installed by configuration alone


@pytest.fixture
def awa(member):
    return member("awa@exemple.fr", first_name="Awa", last_name="Essai")


@pytest.fixture
def group():
    return ExchangeGroup.objects.get(slug="cip-ile-de-france")


def test_every_row_that_names_an_account_has_a_line_in_its_apps_table():
    forgotten = [name for name, _model, _field in relations() if name not in held()]
    assert forgotten == [], "add them to the data_retention.py of their app"


def test_no_table_names_a_row_that_is_gone():
    known = {name for name, _model, _field in relations()}
    assert [name for name in held() if name not in known and not name.startswith(OPTIONAL)] == []


def test_what_stays_has_its_reason_and_what_loses_its_name_may_be_without():
    assert [name for name, line in held().items() if line.at_end is not AtEnd.ERASED and not line.why] == []
    fields = {name: field for name, _model, field in relations()}
    unsigned = [name for name, line in held().items() if line.at_end is AtEnd.UNSIGNED]
    assert [name for name in unsigned if not fields[name].null] == []


def fill(awa, group):
    """Leave something of one's own in every app."""
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    enter(group, awa)
    open_topic(group=group, author=awa, type="question", title="Ma question", body="Mes mots dans un groupe")
    keep_draft(group=group, user=awa, fields={"title": "Un sujet en cours", "body": "…"})
    save_draft(author=awa, fields={"title": "Une fiche en cours"})
    SavedSearch.objects.create(user=awa, name="Ma recherche", query="q=essai")
    request = CardRequest.objects.create(need="Une fiche qui manque", asked_by=awa)
    Support.objects.create(request=request, user=awa)
    notifications.follow(user=awa, obj=card)
    post_comment(target=card, author=awa, text="Mes mots sous une fiche", submission_key=uuid.uuid4())
    JoinRequest.objects.create(group=ExchangeGroup.objects.exclude(pk=group.pk)[0], user=awa, message="Bonjour à tous")
    Experience.objects.create(
        practice=card, author=awa, outcome="reussi", tried_on=TODAY, worked="Mes mots d’expérience",
        submission_key=uuid.uuid4(),
    )  # fmt: skip


def test_the_export_holds_what_each_app_keeps_of_a_person(awa, group):
    fill(awa, group)
    text = json.dumps(export_of(awa), ensure_ascii=False)
    for words in (
        "Un sujet en cours", "Une fiche en cours", "Ma recherche", "Une fiche qui manque", "Mes mots sous une fiche",
        "Mes mots dans un groupe", "Bonjour à tous", "Mes mots d’expérience",
    ):  # fmt: skip
        assert words in text


def test_the_end_of_an_account_erases_what_was_for_its_own_use_and_keeps_what_others_read(awa, group):
    fill(awa, group)
    erasure.erase(user=awa, today=TODAY)
    for model in (TopicDraft, SavedSearch, Support, JoinRequest):
        assert not model.objects.filter(user=awa).exists()
    assert not ProposalDraft.objects.filter(author=awa).exists()
    assert not awa.follows.exists()
    assert Experience.objects.get(author=awa).worked == "Mes mots d’expérience"
    assert CardRequest.objects.filter(need="Une fiche qui manque").exists()
    membership = Membership.objects.get(user=awa, group=group)
    assert membership.left_at
    assert membership.departure == "compte"


def test_the_credits_of_a_card_lose_the_name_of_an_erased_author_in_every_version(awa):
    idea = ProposedCard(title="Une fiche d’Awa", challenges=("isolement",), steps=("Un", "Deux"), limits="Aucune")
    card = propose_card(author=awa, network=Network.objects.get(slug="chantiers-idf"), idea=idea)
    card.get_latest_revision_as_object().save_revision(clean=False)
    assert card.credits == "Awa E."
    erasure.erase(user=awa, today=TODAY)
    card.refresh_from_db()
    assert card.credits == "Ancien membre"
    assert {version.content["credits"] for version in card.revisions.all()} == {"Ancien membre"}


def test_the_log_of_the_administration_forgets_the_name(awa):
    account = ContentType.objects.get_for_model(User)
    values = {"action": "wagtail.edit", "timestamp": "2026-11-24T10:00:00Z", "content_type": account}
    ModelLogEntry.objects.create(object_id=str(awa.pk), label="Awa Essai", uuid=uuid.uuid4(), **values)
    erasure.erase(user=awa, today=TODAY)
    assert ModelLogEntry.objects.get(object_id=str(awa.pk), content_type=account).label == "Ancien membre"


# A group that its facilitator leaves behind


@pytest.fixture
def led_by_awa(awa, group):
    Membership.objects.filter(group=group, role="facilitator").update(role="member")
    enter(group, awa, role="facilitator")
    return group


def test_coordinators_are_told_once_of_a_group_that_an_erased_account_leaves_without_facilitator(
    awa, led_by_awa, sent, signed_in
):
    erasure.erase(user=awa, today=TODAY)
    look_after_leadership(groups=ExchangeGroup.objects.filter(pk=led_by_awa.pk))
    mails = sent()
    assert {mail.subject for mail in mails} == {f"Plus personne n’anime « {led_by_awa} »"}
    assert len({mail.to[0] for mail in mails}) == len(mails)
    assert "coordination@example.org" in {mail.to[0] for mail in mails}
    page = signed_in("coordination").get("/groupes/chiffres/").content.decode()
    assert f"Proposer quelqu’un pour « {led_by_awa} »" in page


def test_a_facilitator_without_structure_leaves_a_group_unled_until_somebody_leads_again(awa, led_by_awa, account):
    groups = ExchangeGroup.objects.filter(pk=led_by_awa.pk)
    assert look_after_leadership(groups=groups) == 0
    User.objects.filter(pk=awa.pk).update(status=User.Status.DETACHED)
    assert look_after_leadership(groups=groups) == 1
    assert look_after_leadership(groups=groups) == 0, "told once"
    Membership.objects.filter(group=led_by_awa, user=account("membre")).update(role="facilitator", left_at=None)
    look_after_leadership(groups=groups)
    led_by_awa.refresh_from_db()
    assert led_by_awa.unled_since is None
    Membership.objects.filter(group=led_by_awa, role="facilitator").update(role="member")
    assert look_after_leadership(groups=groups) == 1, "a second time is told again"


def test_a_closed_group_needs_no_facilitator(awa, led_by_awa):
    ExchangeGroup.objects.filter(pk=led_by_awa.pk).update(state="closed")
    User.objects.filter(pk=awa.pk).update(is_active=False)
    assert look_after_leadership(groups=ExchangeGroup.objects.filter(pk=led_by_awa.pk)) == 0
