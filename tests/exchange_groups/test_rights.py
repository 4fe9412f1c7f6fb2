"""Who sees, reads, writes and leads: the rules of groups, apart from any page."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from exchange_groups.choices import Access, Confidentiality, GroupState
from exchange_groups.listings import topics_of
from exchange_groups.models import ExchangeGroup, Invitation, Membership, Topic
from exchange_groups.permissions import groups_open_to
from exchange_groups.services import charters, invitations, memberships
from exchange_groups.services.errors import EntryRefused, LastFacilitator, WrongDoor
from kb_site.accounts.groups import COORDINATION, PARTNERS
from kb_site.accounts.models import User
from kb_site.accounts.principals import principals_of
from practices.comments.services import delete_comment
from tests.factories import GroupFactory, UserFactory, facilitator_of, member_of, say, topic_in

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


@pytest.fixture
def group(db):
    """A group whose members alone read it; anybody knows that it exists."""
    return GroupFactory()


@pytest.fixture
def peers(db):
    """A group of peers, by invitation."""
    return GroupFactory(access=Access.INVITATION, confidentiality=Confidentiality.ENTRE_PAIRS)


@pytest.fixture
def public(db):
    return GroupFactory(confidentiality=Confidentiality.PUBLIC)


def again(user):
    """The same person at their next request: what is remembered of their rights is forgotten."""
    return User.objects.get(pk=user.pk) if user.pk else user


def sees(user, group):
    return ExchangeGroup.objects.visible_to(again(user)).filter(pk=group.pk).exists()


def reads(user, group):
    """Whether this person reads a group: the group says so, and so do the lists of groups and of topics."""
    reader, fresh = again(user), ExchangeGroup.objects.get(pk=group.pk)
    said = fresh.may_be_read_by(reader)
    assert ExchangeGroup.objects.readable_by(reader).filter(pk=group.pk).exists() == said
    return said


def reads_topic(user, topic):
    reader, fresh = again(user), Topic.objects.get(pk=topic.pk)
    said = fresh.is_visible_to(reader)
    assert Topic.objects.visible_to(reader).filter(pk=topic.pk).exists() == said
    return said


def coordinator():
    return UserFactory(group=COORDINATION)


class TestExistence:
    def test_anybody_knows_of_a_group_that_one_may_ask_to_enter(self, group):
        assert sees(VISITOR, group)
        assert sees(UserFactory(status=User.Status.PENDING), group)
        assert sees(UserFactory(), group)

    @pytest.mark.parametrize(
        "kind",
        [
            {"access": Access.INVITATION, "confidentiality": Confidentiality.MEMBRES},
            {"access": Access.SUR_DEMANDE, "confidentiality": Confidentiality.ENTRE_PAIRS},
        ],
    )
    def test_only_a_group_both_of_peers_and_by_invitation_is_hidden(self, kind):
        assert sees(VISITOR, GroupFactory(**kind))

    def test_a_peer_group_by_invitation_exists_only_for_its_members_and_the_coordination(self, peers):
        assert not any(sees(person, peers) for person in (VISITOR, UserFactory(), UserFactory(group=PARTNERS)))
        assert sees(member_of(peers), peers)
        assert sees(coordinator(), peers)

    def test_who_left_a_hidden_group_or_whose_account_waits_knows_of_it_no_more(self, peers):
        left, waiting = member_of(peers), member_of(peers)
        memberships.leave(group=peers, user=left)
        User.objects.filter(pk=waiting.pk).update(status=User.Status.PENDING)
        assert not sees(left, peers)
        assert not sees(waiting, peers)

    def test_a_member_of_another_group_knows_no_more_of_a_hidden_one(self, group, peers):
        assert not sees(member_of(group), peers)

    def test_a_standing_invitation_shows_the_group_to_the_person_invited(self, peers):
        person, other = UserFactory(email="awa@exemple.fr"), UserFactory()
        invitation = Invitation.objects.create(group=peers, email="Awa@Exemple.fr")
        assert sees(person, peers)
        assert not sees(other, peers)
        invitations.revoke_invitation(invitation=invitation)
        assert not sees(person, peers)

    def test_an_invitation_that_has_run_out_or_was_used_shows_nothing(self, peers):
        late, gone = UserFactory(), UserFactory()
        now = timezone.now()
        Invitation.objects.create(group=peers, email=late.email, expires_at=now - datetime.timedelta(minutes=1))
        assert not sees(late, peers)
        used = Invitation.objects.create(group=peers, email=gone.email)
        invitations.accept_invitation(invitation=used, user=gone)
        assert sees(gone, peers)
        memberships.leave(group=peers, user=gone)
        assert not sees(gone, peers)

    def test_a_group_in_preparation_is_known_to_its_facilitators_and_the_coordination(self):
        group = GroupFactory(state=GroupState.PREPARING)
        leader, member, invited = facilitator_of(group), member_of(group), UserFactory()
        Invitation.objects.create(group=group, email=invited.email)
        assert sees(leader, group)
        assert sees(coordinator(), group)
        assert not any(sees(person, group) for person in (VISITOR, UserFactory(), member, invited))

    def test_a_group_is_listed_once_however_many_invitations_one_has(self, peers):
        person = UserFactory()
        for _time in range(2):
            Invitation.objects.create(group=peers, email=person.email)
        assert list(ExchangeGroup.objects.visible_to(person).filter(pk=peers.pk)) == [peers]


class TestReading:
    def test_a_visitor_reads_what_was_said_in_public_only(self, group, public):
        said, public_talk = topic_in(group), topic_in(public)
        assert (reads(VISITOR, group), reads_topic(VISITOR, said)) == (False, False)
        assert (reads(VISITOR, public), reads_topic(VISITOR, public_talk)) == (True, True)

    def test_members_read_their_group_and_no_other(self, group, peers):
        member = member_of(group)
        assert reads_topic(member, topic_in(group))
        assert not reads_topic(member, topic_in(peers))

    def test_neither_coordination_nor_administration_reads_a_group_without_being_in_it(self, group):
        topic = topic_in(group)
        for person in (coordinator(), UserFactory(is_superuser=True)):
            assert not reads(person, group)
            assert not reads_topic(person, topic)

    def test_what_was_said_before_a_group_became_public_stays_with_its_members(self, group):
        topic = topic_in(group)
        group.confidentiality = Confidentiality.PUBLIC
        group.save()
        assert not reads_topic(VISITOR, topic)
        assert reads_topic(VISITOR, topic_in(group))

    def test_a_public_group_in_preparation_is_read_by_its_facilitators(self, public):
        leader, member, topic = facilitator_of(public), member_of(public), topic_in(public)
        ExchangeGroup.objects.filter(pk=public.pk).update(state=GroupState.PREPARING)
        for person, may in ((leader, True), (member, False), (VISITOR, False)):
            assert reads(person, public) is may
            assert reads_topic(person, topic) is may

    def test_a_topic_removed_or_merged_is_read_by_nobody(self, group):
        member, removed, merged = member_of(group), topic_in(group), topic_in(group)
        Topic.objects.filter(pk=removed.pk).update(is_removed=True)
        Topic.objects.filter(pk=merged.pk).update(merged_into=topic_in(group))
        assert not reads_topic(member, removed)
        assert not reads_topic(member, merged)

    def test_a_partner_never_reads_a_group_that_does_not_admit_institutions_even_with_a_membership(self, group):
        partner, before = UserFactory(group=PARTNERS), topic_in(group)
        with pytest.raises(EntryRefused):
            memberships.join(group=group, user=partner)
        member_of(group, partner)
        assert not reads_topic(partner, before)
        ExchangeGroup.objects.filter(pk=group.pk).update(admits_institutions=True)
        assert reads(partner, group)
        assert not reads_topic(partner, before), "what was said before admitted none"
        assert reads_topic(partner, topic_in(ExchangeGroup.objects.get(pk=group.pk)))

    def test_a_partner_by_the_job_is_one_too(self, group):
        assert not reads(member_of(group, UserFactory(role="partenaire")), group)

    def test_a_peer_group_cannot_admit_institutions(self, peers):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExchangeGroup.objects.filter(pk=peers.pk).update(admits_institutions=True)

    def test_a_new_version_of_the_charter_closes_the_talk_until_it_is_accepted(self, group):
        person, topic = member_of(group), topic_in(group)
        assert group.may_be_written_by(person)
        charter = charters.publish_charter(group=group, text="Une règle de plus", by=None)
        assert charter.version == 2
        assert not reads(person, group)
        assert not reads_topic(person, topic)
        charters.accept_charter(charter=charter, user=person)
        assert reads(person, group)
        assert group.may_be_written_by(again(person))

    def test_a_group_without_charter_is_read_by_its_members_at_once(self, group):
        ExchangeGroup.objects.filter(pk=group.pk).update(charter=None)
        person = UserFactory()
        Membership.objects.create(group=group, user=person)
        assert reads(person, group)

    @pytest.mark.parametrize("change", [{"status": User.Status.PENDING}, {"is_active": False}])
    def test_an_account_that_is_no_longer_approved_or_is_closed_loses_its_groups(self, group, change):
        person, topic = member_of(group), topic_in(group)
        User.objects.filter(pk=person.pk).update(**change)
        assert not reads_topic(person, topic)
        assert not Membership.objects.of_approved_accounts().filter(user=person).exists()

    def test_an_administrator_who_is_a_member_shares_the_talk_without_approval(self, group):
        administrator = member_of(group, UserFactory(is_superuser=True, status=User.Status.PENDING))
        assert reads(administrator, group)

    def test_leaving_takes_the_principal_away_at_once(self, group):
        person, principal = member_of(group), f"exchange-group:{group.pk}"
        assert principal in principals_of(person)
        memberships.leave(group=group, user=person)
        assert principal not in principals_of(person)
        assert group.pk not in groups_open_to(person)

    def test_whoever_has_left_is_a_former_member_and_nobody_else(self, group):
        here, gone = member_of(group), member_of(group)
        topics = topic_in(group, here), topic_in(group, gone)
        memberships.leave(group=group, user=gone)
        authors = {line.topic: line.author for line in topics_of(group, again(here), QueryDict()).lines}
        assert [authors[topic] for topic in topics] == [here.public_name, "Ancien membre"]

    @pytest.mark.parametrize("state", [GroupState.PAUSED, GroupState.CLOSED])
    def test_a_group_in_pause_or_closed_is_read_and_no_longer_written(self, group, state):
        person = member_of(group)
        group.state = state
        assert group.may_be_read_by(person)
        assert not group.may_be_written_by(person)


class TestLeading:
    def test_each_door_lets_in_as_the_group_says(self, group):
        person, on_request = UserFactory(), GroupFactory(access=Access.SUR_DEMANDE)
        with pytest.raises(WrongDoor):
            memberships.join(group=on_request, user=person)
        with pytest.raises(WrongDoor):
            memberships.ask_to_join(group=group, user=person)
        assert memberships.join(group=group, user=person).role == "member"
        with pytest.raises(EntryRefused):
            memberships.join(group=group, user=UserFactory(status=User.Status.PENDING))

    def test_the_last_facilitator_hands_over_before_leaving(self, group):
        facilitator, other = facilitator_of(group), member_of(group)
        with pytest.raises(LastFacilitator):
            memberships.leave(group=group, user=facilitator)
        membership = Membership.objects.get(group=group, user=other)
        memberships.change_role(membership=membership, role="facilitator", by=facilitator)
        memberships.leave(group=group, user=facilitator)
        assert not group.may_be_managed_by(facilitator)
        assert group.may_be_managed_by(other)

    def test_a_group_is_managed_by_its_facilitators_alone(self, group):
        member, leader_of_another = member_of(group), facilitator_of(GroupFactory())
        assert not any(group.may_be_managed_by(one) for one in (VISITOR, member, leader_of_another, coordinator()))
        leader = facilitator_of(group)
        charters.publish_charter(group=group, text="Autre version", by=None)
        assert group.may_be_managed_by(leader), "even before accepting the new charter"
        User.objects.filter(pk=leader.pk).update(status=User.Status.PENDING)
        assert not group.may_be_managed_by(again(leader))

    def test_who_comes_from_an_institution_manages_a_group_that_admits_them_only(self, group):
        leader = facilitator_of(group, UserFactory(group=PARTNERS))
        assert not group.may_be_managed_by(leader)
        ExchangeGroup.objects.filter(pk=group.pk).update(admits_institutions=True)
        assert group.may_be_managed_by(leader)

    def test_a_group_is_unled_once_nobody_who_leads_it_may_act(self, group):
        leader = facilitator_of(group)
        member_of(group)
        assert group not in ExchangeGroup.objects.unled()
        User.objects.filter(pk=leader.pk).update(is_active=False)
        assert group in ExchangeGroup.objects.unled()
        ExchangeGroup.objects.filter(pk=group.pk).update(state=GroupState.CLOSED)
        assert group not in ExchangeGroup.objects.unled()


def test_the_rights_of_a_person_cost_one_query_for_all_their_groups(django_assert_num_queries):
    groups = [GroupFactory() for _group in range(3)]
    person = again(member_of(groups[1], member_of(groups[0])))
    with django_assert_num_queries(1):
        for group in groups:
            group.may_be_read_by(person)
            group.may_be_written_by(person)
            group.is_facilitated_by(person)


def test_the_last_word_of_a_topic_moves_it_up_and_counts_exactly(group):
    author, helper = member_of(group), member_of(group)
    topic = topic_in(group, author)
    reply = say(topic, author, "Je précise")
    topic.refresh_from_db()
    assert (topic.reply_count, topic.answer_count) == (1, 0)
    say(topic, helper, "J’en ai six", parent=reply)
    delete_comment(comment=reply, author=author)
    topic.refresh_from_db()
    assert (topic.reply_count, topic.answer_count) == (1, 1)
    assert timezone.now() - topic.last_activity_at < datetime.timedelta(minutes=1)
