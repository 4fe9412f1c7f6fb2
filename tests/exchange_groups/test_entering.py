"""How one enters, stays in and leaves a group; what is told to whom by mail."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from exchange_groups.mails import group_invitation, group_member_removed, group_request_decided
from exchange_groups.models import CharterAcceptance, ExchangeGroup, Invitation, JoinRequest, Membership
from exchange_groups.services import charters, invitations, memberships
from exchange_groups.tasks import send_invitation
from kb_site.mailing.models import Delivery
from kb_site.mailing.send import render

pytestmark = pytest.mark.django_db

CIP = "/groupes/cip-ile-de-france/"


def is_in(person, group):
    return Membership.objects.current().filter(group=group, user=person).exists()


class TestOpenGroup:
    def test_one_click_then_the_charter_then_the_talk(self, signed_in, account):
        browser, address = signed_in("membre"), "/groupes/encadrants-techniques/"
        assert "Entrer dans le groupe" in browser.get(address).content.decode()
        response = browser.post(address + "entrer/")
        assert (response.status_code, response.url) == (303, address + "charte/")
        assert "Sujets</h2>" not in browser.get(address).content.decode()
        assert browser.get(address + "sujets/nouveau/").url == address + "charte/"
        assert browser.post(address + "charte/").status_code == 303
        assert "Sujets</h2>" in browser.get(address).content.decode()
        assert CharterAcceptance.objects.filter(user=account("membre"), charter__group__slug="encadrants-techniques")

    def test_entering_twice_is_once(self, account):
        group = ExchangeGroup.objects.get(slug="siae-numeriques")
        for _time in range(2):
            memberships.join(group=group, user=account("lucie"))
        assert Membership.objects.filter(group=group, user=account("lucie")).count() == 1

    def test_who_left_comes_back_as_a_member(self, account):
        group = ExchangeGroup.objects.get(slug="siae-numeriques")
        memberships.leave(group=group, user=account("mediateur"))
        memberships.join(group=group, user=account("mediateur"))
        membership = Membership.objects.get(group=group, user=account("mediateur"))
        assert (membership.left_at, membership.departure) == (None, "")


def test_who_enters_follows_the_group_once_and_may_stop(account):
    from kb_site.notifications.services import follow_of, unfollow

    group, person = ExchangeGroup.objects.get(slug="encadrants-techniques"), account("membre")
    memberships.join(group=group, user=person)
    assert follow_of(user=person, obj=group) is None  # its charter comes first
    charters.accept_charter(charter=group.charter, user=person)
    assert follow_of(user=person, obj=group) is not None
    unfollow(user=person, obj=group)
    charter = charters.publish_charter(group=group, text="Autre version", by=account("edition-parcours"))
    charters.accept_charter(charter=charter, user=person)
    assert follow_of(user=person, obj=group) is None


class TestRequests:
    def test_asking_waits_for_the_facilitator_who_accepts(self, signed_in, account, cip):
        browser = signed_in("lucie")
        response = browser.post(CIP + "entrer/", {"message": "J’encadre, et je suis aussi les parcours."})
        assert response.status_code == 303
        assert "attend la réponse" in browser.get(CIP).content.decode()
        asked = JoinRequest.objects.get(user=account("lucie"))
        page = signed_in("animation").get(CIP + "animer/demandes/").content.decode()
        assert "je suis aussi les parcours" in page
        address = reverse("manage_request", args=[cip.slug, asked.pk])
        assert signed_in("animation").post(address, {"decision": "accepter"}).status_code == 303
        assert is_in(account("lucie"), cip)
        sent = Delivery.objects.get(mail="group_request_decided")
        assert sent.recipient == account("lucie")

    def test_a_refusal_needs_a_reason_which_the_person_reads(self, signed_in, account, cip):
        asked = JoinRequest.objects.get(user=account("mediateur"))
        address = reverse("manage_request", args=[cip.slug, asked.pk])
        browser = signed_in("animation")
        response = browser.post(address, {"decision": "refuser"})
        assert response.status_code == 422
        assert "Dites pourquoi" in response.content.decode()
        browser.post(address, {"decision": "refuser", "reason": "Un groupe de médiateurs s’ouvre bientôt"})
        assert not is_in(account("mediateur"), cip)
        composed = group_request_decided(to=account("mediateur"), request=asked.pk)
        message = render(composed, account("mediateur"), key="essai")
        assert "Un groupe de médiateurs s’ouvre bientôt" in message.body
        assert "Un groupe de médiateurs s’ouvre bientôt" in signed_in("mediateur").get(CIP).content.decode()
        with pytest.raises(memberships.AlreadyDecided):
            memberships.decide_request(request=asked, by=account("animation"), accept=True)

    def test_a_request_is_withdrawn(self, signed_in, account):
        signed_in("mediateur").post(CIP + "demande/retirer/")
        assert JoinRequest.objects.get(user=account("mediateur")).state == "withdrawn"

    def test_a_request_of_another_group_is_not_decided_here(self, signed_in):
        asked = JoinRequest.objects.get()
        address = reverse("manage_request", args=["encadrants-techniques", asked.pk])
        assert signed_in("edition-parcours").post(address, {"decision": "accepter"}).status_code == 404


class TestInvitations:
    def test_pasted_addresses_are_invited_once_each(self, signed_in, cip):
        pasted = "Lucie Démo <lucie@example.org>; nouveau@example.net,\n LUCIE@example.org karim@example.org"
        assert signed_in("animation").post(CIP + "animer/invitations/", {"emails": pasted}).status_code == 303
        assert set(Invitation.objects.values_list("email", flat=True)) == {"lucie@example.org", "nouveau@example.net"}

    @pytest.mark.parametrize("pasted", ["", "personne", "a@b", "x@example.org " * 3 + "faux@@example.org"])
    def test_what_is_no_address_is_said_and_kept(self, signed_in, pasted):
        response = signed_in("animation").post(CIP + "animer/invitations/", {"emails": pasted})
        assert response.status_code == 422
        assert not Invitation.objects.exists()

    def test_the_mail_leaves_once_and_holds_the_link(self, account, cip):
        (invitation,) = invitations.invite_by_mail(group=cip, emails=["nouveau@example.net"], by=account("animation"))
        for _try in range(2):
            send_invitation(invitation=str(invitation.pk))
        (message,) = mail.outbox
        assert message.to == ["nouveau@example.net"]
        assert invitation.token in message.body
        assert invitation.token in message.alternatives[0][0]

    def test_a_named_invitation_opens_to_its_own_address_only(self, signed_in, account, cip):
        (invitation,) = invitations.invite_by_mail(group=cip, emails=["lucie@example.org"], by=account("animation"))
        address = reverse("group_invitation", args=[invitation.token])
        assert signed_in(None).get(address).status_code == 302
        assert signed_in("mediateur").post(address).status_code == 410
        assert not is_in(account("mediateur"), cip)
        assert "Vous êtes invité" in signed_in("lucie").get(address).content.decode()
        assert signed_in("lucie").post(address).status_code == 303
        assert is_in(account("lucie"), cip)
        assert signed_in("lucie").post(address).status_code == 302

    def test_a_link_lets_in_as_many_as_it_says(self, signed_in, account):
        peers = ExchangeGroup.objects.get(slug="paroles-de-permanents")
        link = invitations.make_link(group=peers, by=account("animation"), uses=1)
        address = reverse("group_invitation", args=[link.token])
        assert signed_in("membre").post(address).status_code == 303
        assert signed_in("mediateur").post(address).status_code == 410
        assert signed_in("partenaire").get(address).status_code == 410

    def test_a_partner_never_enters_a_peer_group_by_link(self, signed_in, account):
        peers = ExchangeGroup.objects.get(slug="paroles-de-permanents")
        address = reverse("group_invitation", args=[invitations.make_link(group=peers, by=account("animation")).token])
        response = signed_in("partenaire").post(address)
        assert response.status_code == 410
        assert "Paroles de permanents" not in response.content.decode()
        assert not is_in(account("partenaire"), peers)

    @pytest.mark.parametrize("change", ["expired", "revoked"])
    def test_a_spent_invitation_opens_nothing(self, signed_in, account, cip, change):
        link = invitations.make_link(group=cip, by=account("animation"))
        if change == "expired":
            Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        else:
            address = reverse("manage_revocation", args=[cip.slug, link.pk])
            assert signed_in("edition-parcours").post(address).status_code == 404
            assert signed_in("animation").post(address).status_code == 303
        assert signed_in("lucie").post(reverse("group_invitation", args=[link.token])).status_code == 410
        assert not is_in(account("lucie"), cip)
        assert group_invitation(to=None, invitation=link.pk) is None

    @pytest.mark.parametrize("token", ["x", "00000000000000000000000000000000:abc", "é", "a" * 500])
    def test_a_forged_token_is_refused(self, signed_in, token):
        assert signed_in("lucie").get(f"/groupes/invitation/{token}/").status_code == 410


class TestFacilitation:
    def test_a_new_version_of_the_charter_is_kept_beside_the_former(self, signed_in, account, cip):
        signed_in("animation").post(CIP + "animer/charte/", {"text": "Une règle neuve"})
        html = signed_in("animation").get(CIP + "animer/charte/").content.decode()
        assert "acceptée par 1 membres sur 4" in html
        assert "4 acceptation(s)" in html
        assert [version.version for version in charters.versions_of(cip)] == [2, 1]
        signed_in("animation").post(CIP + "animer/charte/", {"text": "Une règle neuve"})
        assert charters.versions_of(cip).count() == 2

    def test_a_member_is_removed_with_a_reason_that_they_read(self, signed_in, account, cip):
        membership = Membership.objects.get(group=cip, user=account("karim"))
        address = reverse("manage_removal", args=[cip.slug, membership.pk])
        browser = signed_in("animation")
        assert browser.post(address, {"reason": ""}).status_code == 422
        assert browser.post(address, {"reason": "A recopié une situation hors du groupe"}).status_code == 303
        assert "A recopié une situation" in signed_in("karim").get(CIP).content.decode()
        composed = group_member_removed(to=account("karim"), membership=membership.pk)
        assert "A recopié" in render(composed, account("karim"), key="essai").body
        assert browser.post(address, {"reason": "Encore"}).status_code == 404

    def test_a_group_is_closed_and_reopened(self, signed_in, cip):
        browser = signed_in("animation")
        browser.post(CIP + "animer/", {"state": "closed", "reason": "Nous avons fini."})
        html = signed_in("membre").get(CIP).content.decode()
        assert "Nous avons fini." in html
        assert "Nouveau sujet" not in html
        browser.post(CIP + "animer/", {"state": "active", "reason": ""})
        assert "Nouveau sujet" in signed_in("membre").get(CIP).content.decode()

    def test_facilitation_is_shared_and_handed_over(self, signed_in, account, cip):
        membership = Membership.objects.get(group=cip, user=account("karim"))
        signed_in("animation").post(reverse("manage_role", args=[cip.slug, membership.pk]))
        assert signed_in("karim").get(CIP + "animer/").status_code == 200
        own = Membership.objects.get(group=cip, user=account("animation"))
        response = signed_in("animation").post(reverse("manage_role", args=[cip.slug, own.pk]))
        assert response.url == CIP
        assert signed_in("animation").get(CIP + "animer/").status_code == 404

    def test_the_pages_cost_the_same_whatever_the_number_of_members(
        self, signed_in, account, cip, django_assert_max_num_queries
    ):
        browser = signed_in("animation")
        for address in ("animer/", "animer/membres/", "animer/demandes/", "animer/invitations/", "animer/charte/"):
            browser.get(CIP + address)
            with django_assert_max_num_queries(16):
                browser.get(CIP + address)


def test_the_mails_say_it_in_plain_words(account, cip):
    asked = JoinRequest.objects.get(user=account("mediateur"))
    memberships.decide_request(request=asked, by=account("animation"), accept=True)
    message = render(group_request_decided(to=account("mediateur"), request=asked.pk), account("mediateur"), key="k")
    assert message.subject == "Vous êtes dans le groupe « CIP d’Île-de-France »"
    for words in (message.body, strip_tags(message.alternatives[0][0])):
        assert "Bonjour Yann," in words
        assert "Votre demande est acceptée : vous êtes dans le groupe « CIP d’Île-de-France »." in words
