"""How one enters, stays in and leaves a group; what is told to whom by mail."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from exchange_groups.choices import Access, Confidentiality
from exchange_groups.mails import group_invitation, group_member_removed, group_request_decided
from exchange_groups.models import CharterAcceptance, Invitation, JoinRequest, Membership
from exchange_groups.services import charters, invitations, memberships
from exchange_groups.tasks import send_invitation
from kb_site.accounts.groups import PARTNERS
from kb_site.mailing.models import Delivery
from kb_site.mailing.send import render
from kb_site.notifications.services import follow_of, unfollow
from tests.factories import GroupFactory, UserFactory, facilitator_of, member_of

from .conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db):
    """A group that one asks to enter."""
    return GroupFactory(access=Access.SUR_DEMANDE)


@pytest.fixture
def leader(group):
    return facilitator_of(group)


@pytest.fixture
def person(db):
    """Somebody who is in no group."""
    return UserFactory()


@pytest.fixture
def asked(group, person):
    """The request of this person, which waits."""
    return memberships.ask_to_join(group=group, user=person, message="Je suis aussi les parcours.")


def is_in(person, group):
    return Membership.objects.current().filter(group=group, user=person).exists()


class TestOpenGroup:
    def test_one_click_then_the_charter_then_the_talk(self, person):
        group = GroupFactory()
        browser, address = browser_of(person), group.get_absolute_url()
        assert "Entrer dans le groupe" in browser.get(address).content.decode()
        response = browser.post(address + "entrer/")
        assert (response.status_code, response.url) == (303, address + "charte/")
        assert "Sujets</h2>" not in browser.get(address).content.decode()
        assert browser.get(address + "sujets/nouveau/").url == address + "charte/"
        assert browser.post(address + "charte/").status_code == 303
        assert "Sujets</h2>" in browser.get(address).content.decode()
        assert CharterAcceptance.objects.filter(user=person, charter=group.charter).exists()

    def test_entering_twice_is_once(self, person):
        group = GroupFactory()
        for _time in range(2):
            memberships.join(group=group, user=person)
        assert Membership.objects.filter(group=group, user=person).count() == 1

    def test_who_left_comes_back_as_a_member(self):
        group = GroupFactory()
        person = member_of(group)
        memberships.leave(group=group, user=person)
        memberships.join(group=group, user=person)
        membership = Membership.objects.get(group=group, user=person)
        assert (membership.left_at, membership.departure) == (None, "")


def test_who_enters_follows_the_group_once_and_may_stop(person):
    group = GroupFactory()
    memberships.join(group=group, user=person)
    assert follow_of(user=person, obj=group) is None  # its charter comes first
    charters.accept_charter(charter=group.charter, user=person)
    assert follow_of(user=person, obj=group) is not None
    unfollow(user=person, obj=group)
    charter = charters.publish_charter(group=group, text="Autre version", by=None)
    charters.accept_charter(charter=charter, user=person)
    assert follow_of(user=person, obj=group) is None


class TestRequests:
    def test_asking_waits_for_the_facilitator_who_accepts(self, group, leader, person):
        browser, address = browser_of(person), group.get_absolute_url()
        response = browser.post(address + "entrer/", {"message": "J’encadre, et je suis aussi les parcours."})
        assert response.status_code == 303
        assert "attend la réponse" in browser.get(address).content.decode()
        asked = JoinRequest.objects.get(user=person)
        page = browser_of(leader).get(address + "animer/demandes/").content.decode()
        assert "je suis aussi les parcours" in page
        decide = reverse("manage_request", args=[group.slug, asked.pk])
        assert browser_of(leader).post(decide, {"decision": "accepter"}).status_code == 303
        assert is_in(person, group)
        sent = Delivery.objects.get(mail="group_request_decided")
        assert sent.recipient == person

    def test_a_refusal_needs_a_reason_which_the_person_reads(self, group, leader, person, asked):
        address = reverse("manage_request", args=[group.slug, asked.pk])
        browser = browser_of(leader)
        response = browser.post(address, {"decision": "refuser"})
        assert response.status_code == 422
        assert "Dites pourquoi" in response.content.decode()
        browser.post(address, {"decision": "refuser", "reason": "Un groupe de médiateurs s’ouvre bientôt"})
        assert not is_in(person, group)
        message = render(group_request_decided(to=person, request=asked.pk), person, key="essai")
        assert "Un groupe de médiateurs s’ouvre bientôt" in message.body
        own = browser_of(person).get(group.get_absolute_url()).content.decode()
        assert "Un groupe de médiateurs s’ouvre bientôt" in own
        with pytest.raises(memberships.AlreadyDecided):
            memberships.decide_request(request=asked, by=leader, accept=True)

    def test_a_request_is_withdrawn(self, group, person, asked):
        browser_of(person).post(group.get_absolute_url() + "demande/retirer/")
        asked.refresh_from_db()
        assert asked.state == JoinRequest.State.WITHDRAWN

    def test_a_request_of_another_group_is_not_decided_here(self, asked):
        other = GroupFactory()
        address = reverse("manage_request", args=[other.slug, asked.pk])
        assert browser_of(facilitator_of(other)).post(address, {"decision": "accepter"}).status_code == 404

    def test_the_mails_say_it_in_plain_words(self, group, leader, person, asked):
        memberships.decide_request(request=asked, by=leader, accept=True)
        message = render(group_request_decided(to=person, request=asked.pk), person, key="k")
        assert message.subject == f"Vous êtes dans le groupe « {group.name} »"
        for words in (message.body, strip_tags(message.alternatives[0][0])):
            assert f"Bonjour {person.first_name}," in words
            assert f"Votre demande est acceptée : vous êtes dans le groupe « {group.name} »." in words


class TestInvitations:
    def test_pasted_addresses_are_invited_once_each(self, group, leader):
        member = member_of(group)
        pasted = f"Lucie Démo <lucie@exemple.fr>; nouveau@exemple.fr,\n LUCIE@exemple.fr {member.email}"
        address = group.get_absolute_url() + "animer/invitations/"
        assert browser_of(leader).post(address, {"emails": pasted}).status_code == 303
        assert set(group.invitations.values_list("email", flat=True)) == {"lucie@exemple.fr", "nouveau@exemple.fr"}

    @pytest.mark.parametrize("pasted", ["", "personne", "a@b", "x@example.org " * 3 + "faux@@example.org"])
    def test_what_is_no_address_is_said_and_kept(self, group, leader, pasted):
        response = browser_of(leader).post(group.get_absolute_url() + "animer/invitations/", {"emails": pasted})
        assert response.status_code == 422
        assert not group.invitations.exists()

    def test_the_mail_leaves_once_and_holds_the_link(self, group, leader):
        (invitation,) = invitations.invite_by_mail(group=group, emails=["nouveau@exemple.fr"], by=leader)
        for _try in range(2):
            send_invitation(invitation=str(invitation.pk))
        (message,) = mail.outbox
        assert message.to == ["nouveau@exemple.fr"]
        assert invitation.token in message.body
        assert invitation.token in message.alternatives[0][0]

    def test_who_is_invited_twice_has_one_invitation_until_it_is_spent(self, group, leader):
        (first,) = invitations.invite_by_mail(group=group, emails=["nouveau@exemple.fr"], by=leader)
        assert invitations.invite_by_mail(group=group, emails=["nouveau@exemple.fr"], by=leader) == [first]
        invitations.revoke_invitation(invitation=first)
        assert invitations.invite_by_mail(group=group, emails=["nouveau@exemple.fr"], by=leader) != [first]

    def test_a_named_invitation_opens_to_its_own_address_only(self, group, leader, person):
        other = UserFactory()
        (invitation,) = invitations.invite_by_mail(group=group, emails=[person.email], by=leader)
        address = reverse("group_invitation", args=[invitation.token])
        assert browser_of(None).get(address).status_code == 302
        assert browser_of(other).post(address).status_code == 410
        assert not is_in(other, group)
        assert "Vous êtes invité" in browser_of(person).get(address).content.decode()
        assert browser_of(person).post(address).status_code == 303
        assert is_in(person, group)
        assert browser_of(person).post(address).status_code == 302

    def test_a_link_lets_in_as_many_as_it_says(self, group, leader, person):
        link = invitations.make_link(group=group, by=leader, uses=1)
        address = reverse("group_invitation", args=[link.token])
        assert browser_of(person).post(address).status_code == 303
        assert browser_of(UserFactory()).post(address).status_code == 410
        assert browser_of(UserFactory(group=PARTNERS)).get(address).status_code == 410

    def test_a_partner_never_enters_a_peer_group_by_link(self):
        peers = GroupFactory(access=Access.INVITATION, confidentiality=Confidentiality.ENTRE_PAIRS)
        partner, link = UserFactory(group=PARTNERS), invitations.make_link(group=peers, by=facilitator_of(peers))
        response = browser_of(partner).post(reverse("group_invitation", args=[link.token]))
        assert response.status_code == 410
        assert peers.name not in response.content.decode()
        assert not is_in(partner, peers)

    @pytest.mark.parametrize("change", ["expired", "revoked"])
    def test_a_spent_invitation_opens_nothing(self, group, leader, person, change):
        link = invitations.make_link(group=group, by=leader)
        if change == "expired":
            Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        else:
            address = reverse("manage_revocation", args=[group.slug, link.pk])
            assert browser_of(facilitator_of(GroupFactory())).post(address).status_code == 404
            assert browser_of(leader).post(address).status_code == 303
        assert browser_of(person).post(reverse("group_invitation", args=[link.token])).status_code == 410
        assert not is_in(person, group)
        assert group_invitation(to=None, invitation=link.pk) is None

    @pytest.mark.parametrize("token", ["x", "00000000000000000000000000000000:abc", "é", "a" * 500])
    def test_a_forged_token_is_refused(self, person, token):
        assert browser_of(person).get(f"/groupes/invitation/{token}/").status_code == 410


class TestFacilitation:
    def test_a_new_version_of_the_charter_is_kept_beside_the_former(self, group, leader):
        member_of(group)
        address = group.get_absolute_url() + "animer/charte/"
        browser_of(leader).post(address, {"text": "Une règle neuve"})
        html = browser_of(leader).get(address).content.decode()
        assert "acceptée par 1 membres sur 2" in html
        assert "2 acceptation(s)" in html
        assert [version.version for version in charters.versions_of(group)] == [2, 1]
        browser_of(leader).post(address, {"text": "Une règle neuve"})
        assert charters.versions_of(group).count() == 2

    def test_a_member_is_removed_with_a_reason_that_they_read(self, group, leader):
        removed = member_of(group)
        membership = Membership.objects.get(group=group, user=removed)
        address = reverse("manage_removal", args=[group.slug, membership.pk])
        browser = browser_of(leader)
        assert browser.post(address, {"reason": ""}).status_code == 422
        assert browser.post(address, {"reason": "A recopié une situation hors du groupe"}).status_code == 303
        assert "A recopié une situation" in browser_of(removed).get(group.get_absolute_url()).content.decode()
        composed = group_member_removed(to=removed, membership=membership.pk)
        assert "A recopié" in render(composed, removed, key="essai").body
        assert browser.post(address, {"reason": "Encore"}).status_code == 404

    def test_a_group_is_closed_and_reopened(self, group, leader, client):
        member, browser, address = member_of(group), browser_of(leader), group.get_absolute_url()
        browser.post(address + "animer/", {"state": "closed", "reason": "Nous avons fini."})
        html = browser_of(member).get(address).content.decode()
        assert "Nous avons fini." in html
        assert "Nouveau sujet" not in html
        for other in (client, browser_of(UserFactory())):
            page = other.get(address).content.decode()
            assert group.name in page
            assert "Nous avons fini." not in page, "a word to the members is theirs"
        browser.post(address + "animer/", {"state": "active", "reason": ""})
        assert "Nouveau sujet" in browser_of(member).get(address).content.decode()

    def test_facilitation_is_shared_and_handed_over(self, group, leader):
        other, manage = member_of(group), group.get_absolute_url() + "animer/"
        membership = Membership.objects.get(group=group, user=other)
        browser_of(leader).post(reverse("manage_role", args=[group.slug, membership.pk]))
        assert browser_of(other).get(manage).status_code == 200
        own = Membership.objects.get(group=group, user=leader)
        response = browser_of(leader).post(reverse("manage_role", args=[group.slug, own.pk]))
        assert response.url == group.get_absolute_url()
        assert browser_of(leader).get(manage).status_code == 404

    def test_the_pages_cost_the_same_whatever_the_number_of_members(
        self, group, leader, asked, django_assert_max_num_queries
    ):
        for _member in range(3):
            member_of(group)
        browser = browser_of(leader)
        for page in ("animer/", "animer/membres/", "animer/demandes/", "animer/invitations/", "animer/charte/"):
            browser.get(group.get_absolute_url() + page)
            with django_assert_max_num_queries(16):
                browser.get(group.get_absolute_url() + page)
