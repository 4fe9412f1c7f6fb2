"""Who sees, reads, writes and leads: the rules of groups, apart from any page."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange_groups.models import ExchangeGroup, Invitation, Membership, Topic
from exchange_groups.permissions import groups_open_to
from exchange_groups.services import charters, invitations, memberships
from exchange_groups.services.errors import EntryRefused, LastFacilitator, WrongDoor
from kb_site.accounts.models import User
from kb_site.accounts.principals import principals_of

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


@pytest.fixture
def group():
    return lambda slug: ExchangeGroup.objects.get(slug=slug)


def seen(user):
    return set(ExchangeGroup.objects.visible_to(user).values_list("slug", flat=True))


def read(user):
    return set(Topic.objects.visible_to(user).values_list("group__slug", flat=True))


PEERS = "paroles-de-permanents"
LISTED = {"cip-ile-de-france", "encadrants-techniques", "siae-numeriques", "urgence-distance-2020"}


def test_a_visitor_knows_what_closed_groups_are_for_and_reads_the_public_one_only():
    assert seen(VISITOR) == LISTED
    assert read(VISITOR) == {"siae-numeriques"}


def test_a_peer_group_by_invitation_exists_only_for_its_members_and_the_coordination(account):
    assert PEERS not in seen(account("membre"))
    assert PEERS not in seen(account("partenaire"))
    assert PEERS in seen(account("karim"))
    assert PEERS in seen(account("coordination"))


def test_a_standing_invitation_shows_the_group_to_the_person_invited(account, group):
    person = account("membre")
    invitation = Invitation.objects.create(group=group(PEERS), email="Membre@Example.org")
    assert PEERS in seen(person)
    invitations.revoke_invitation(invitation=invitation)
    assert PEERS not in seen(person)


def test_members_read_their_groups_and_nothing_else(account):
    assert read(account("membre")) == {"cip-ile-de-france", "siae-numeriques", "urgence-distance-2020"}
    assert read(account("karim")) == {"cip-ile-de-france", "siae-numeriques", PEERS}


@pytest.mark.parametrize("name", ["coordination", "admin"])
def test_neither_coordination_nor_administration_reads_a_group_without_being_in_it(account, name):
    assert read(account(name)) == {"siae-numeriques"}


def test_a_partner_never_reads_a_group_that_does_not_admit_institutions_even_with_a_membership(account, group):
    partner = account("partenaire")
    cip = group("cip-ile-de-france")
    with pytest.raises(EntryRefused):
        memberships.ask_to_join(group=cip, user=partner)
    Membership.objects.create(group=cip, user=partner)
    charters.accept_charter(charter=cip.charter, user=partner)
    assert read(partner) == {"siae-numeriques"}
    ExchangeGroup.objects.filter(pk=cip.pk).update(admits_institutions=True)
    assert "cip-ile-de-france" not in read(User.objects.get(pk=partner.pk)), "what was said before admitted none"
    cip.refresh_from_db()
    Topic.objects.create(group=cip, title="Dit depuis", body="Bienvenue")
    assert "cip-ile-de-france" in read(User.objects.get(pk=partner.pk))


def test_a_peer_group_cannot_admit_institutions(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeGroup.objects.filter(slug=PEERS).update(admits_institutions=True)


def test_a_new_version_of_the_charter_closes_the_talk_until_it_is_accepted(account, group):
    cip, person = group("cip-ile-de-france"), account("membre")
    assert cip.may_be_written_by(person)
    charter = charters.publish_charter(group=cip, text="Une règle de plus", by=account("animation"))
    assert charter.version == 2
    person = account("membre")
    assert not cip.may_be_read_by(person)
    assert not Topic.objects.visible_to(person).filter(group=cip).exists()
    assert cip.may_be_read_by(account("animation"))
    charters.accept_charter(charter=charter, user=person)
    assert cip.may_be_written_by(person)


def test_an_account_that_is_no_longer_approved_loses_its_groups(account):
    person = account("membre")
    person.status = User.Status.PENDING
    person.save()
    assert read(account("membre")) == {"siae-numeriques"}


def test_leaving_takes_the_principal_away_at_once(account, group):
    person, cip = account("membre"), group("cip-ile-de-france")
    principal = f"exchange-group:{cip.pk}"
    assert principal in principals_of(person)
    memberships.leave(group=cip, user=person)
    assert principal not in principals_of(person)
    assert cip.pk not in groups_open_to(person)


def test_a_group_in_pause_or_closed_is_read_and_no_longer_written(account, group):
    person = account("membre")
    for state in ("paused", "closed"):
        ExchangeGroup.objects.filter(slug="cip-ile-de-france").update(state=state)
        cip = group("cip-ile-de-france")
        assert cip.may_be_read_by(person)
        assert not cip.may_be_written_by(person)


def test_a_group_in_preparation_is_known_to_its_facilitators_and_the_coordination(account, group):
    ExchangeGroup.objects.filter(slug="siae-numeriques").update(state="preparing")
    for name, expected in {"edition-numerique": True, "mediateur": False, "coordination": True}.items():
        assert ("siae-numeriques" in seen(account(name))) is expected
    assert read(account("mediateur")) == {"encadrants-techniques"}
    assert "siae-numeriques" in read(account("edition-numerique"))


def test_each_door_lets_in_as_the_group_says(account, group):
    person = account("lucie")
    with pytest.raises(WrongDoor):
        memberships.join(group=group("cip-ile-de-france"), user=person)
    with pytest.raises(WrongDoor):
        memberships.ask_to_join(group=group("encadrants-techniques"), user=account("membre"))
    assert memberships.join(group=group("siae-numeriques"), user=person).role == "member"
    with pytest.raises(EntryRefused):
        memberships.join(group=group("siae-numeriques"), user=account("attente"))


def test_the_last_facilitator_hands_over_before_leaving(account, group):
    cip, facilitator = group("cip-ile-de-france"), account("animation")
    with pytest.raises(LastFacilitator):
        memberships.leave(group=cip, user=facilitator)
    karim = Membership.objects.get(group=cip, user=account("karim"))
    memberships.change_role(membership=karim, role="facilitator", by=facilitator)
    memberships.leave(group=cip, user=facilitator)
    assert not cip.may_be_managed_by(account("animation"))


def test_the_rights_of_a_person_cost_one_query_for_all_their_groups(account, django_assert_num_queries):
    person = account("karim")
    groups = list(ExchangeGroup.objects.all())
    with django_assert_num_queries(1):
        for group in groups:
            group.may_be_read_by(person)
            group.may_be_written_by(person)
            group.is_facilitated_by(person)


def test_the_last_word_of_a_topic_moves_it_up_and_counts_exactly(account):
    import uuid

    from practices.comments.services import delete_comment, post_comment

    topic = Topic.objects.get(title__startswith="Des casques")
    reply = post_comment(target=topic, author=account("edition"), text="Je précise", submission_key=uuid.uuid4())
    topic.refresh_from_db()
    assert (topic.reply_count, topic.answer_count) == (1, 0)
    post_comment(target=topic, author=account("karim"), text="J’en ai six", submission_key=uuid.uuid4(), parent=reply)
    delete_comment(comment=reply, author=account("edition"))
    topic.refresh_from_db()
    assert (topic.reply_count, topic.answer_count) == (1, 1)
    assert timezone.now() - topic.last_activity_at < datetime.timedelta(minutes=1)
