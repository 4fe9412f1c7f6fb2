"""What was said in confidence stays so: nobody opens a group that has talk, nor lets themselves in, by any door."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from exchange_groups.models import ExchangeGroup, Membership, Topic
from exchange_groups.services import charters, invitations, memberships, moderation
from exchange_groups.services.errors import EntryRefused, InvitationSpent, NotTheirs, WouldOpen
from kb_site.accounts.models import User

pytestmark = pytest.mark.django_db

ROLES = ["coordination", "admin"]
FIELDS = ("name", "slug", "summary", "purpose", "access", "confidentiality", "rhythm", "state")


def posted(group, facilitators=None, **changed):
    """The admin's form as it stands, with what is changed."""
    values = {name: getattr(group, name) for name in FIELDS} | {"network": group.network_id}
    values |= {"support_group": group.support_group_id or "", "starts_on": "", "ends_on": ""}
    if group.admits_institutions:
        values["admits_institutions"] = "on"
    led = Membership.objects.facilitators().filter(group=group).values_list("user_id", flat=True)
    values["facilitators"] = list(led) if facilitators is None else facilitators
    return {name: value for name, value in (values | changed).items() if value is not None}


def edit(signed_in, name, group, **changed):
    address = reverse("wagtailsnippets_exchange_groups_exchangegroup:edit", args=[group.pk])
    return signed_in(name).post(address, posted(group, **changed))


def empty_group(model, **fields):
    values = {"name": "Essai", "slug": "essai", "summary": "Essai", "purpose": "Essai", "access": "invitation"}
    return ExchangeGroup.objects.create(network=model.network, **(values | fields))


class TestAdminForm:
    @pytest.mark.parametrize("role", ROLES)
    def test_a_peer_group_that_has_talk_becomes_neither_public_nor_open_to_institutions(
        self, signed_in, role, peers, client
    ):
        topic = Topic.objects.filter(group=peers).first()
        for changed in ({"confidentiality": "public"}, {"confidentiality": "membres", "admits_institutions": "on"}):
            answer = edit(signed_in, role, peers, summary="Un autre résumé", **changed)
            page = answer.content.decode()
            assert "demande l’accord de ses membres" in page
            assert f"/groupes/{peers.slug}/decisions/" in page
            assert "Un autre résumé" in page, "nothing typed is lost"
            stored = ExchangeGroup.objects.get(pk=peers.pk)
            assert (stored.confidentiality, stored.admits_institutions) == ("entre_pairs", False)
        assert client.get(topic.get_absolute_url()).status_code == 302

    @pytest.mark.parametrize("role", ROLES)
    def test_a_group_of_members_that_has_talk_is_not_opened_either(self, signed_in, role, cip):
        for changed in ({"confidentiality": "public"}, {"admits_institutions": "on"}):
            page = edit(signed_in, role, cip, **changed).content.decode()
            assert "demande l’accord de ses membres" in page
        stored = ExchangeGroup.objects.get(pk=cip.pk)
        assert (stored.confidentiality, stored.admits_institutions) == ("membres", False)

    @pytest.mark.parametrize("role", ROLES)
    def test_nobody_lets_anyone_in_a_group_that_has_talk_by_making_its_access_easier(self, signed_in, role, peers):
        page = edit(signed_in, role, peers, access="ouvert").content.decode()
        assert "Seule l’animation du groupe" in page
        assert ExchangeGroup.objects.get(pk=peers.pk).access == "invitation"

    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("named", ["coordination", "admin", "membre"])
    def test_nobody_is_named_facilitator_of_a_peer_group_by_someone_who_does_not_lead_it(
        self, signed_in, account, role, named, peers
    ):
        person = account(named)
        led = list(Membership.objects.facilitators().filter(group=peers).values_list("user_id", flat=True))
        page = edit(signed_in, role, peers, facilitators=[*led, person.pk]).content.decode()
        assert "Seule l’animation d’un groupe nomme" in page
        assert not Membership.objects.current().filter(group=peers, user=person).exists()
        assert not peers.may_be_read_by(account(named))

    def test_one_who_was_in_is_not_made_to_lead_it_either(self, signed_in, account, peers):
        karim = account("karim")
        led = list(Membership.objects.facilitators().filter(group=peers).values_list("user_id", flat=True))
        edit(signed_in, "coordination", peers, facilitators=[*led, karim.pk])
        assert Membership.objects.get(group=peers, user=karim).role == "member"

    def test_a_peer_group_with_members_and_no_talk_is_not_loosened_to_enter_it(self, signed_in, account, peers):
        group = empty_group(peers, confidentiality="entre_pairs")
        Membership.objects.create(group=group, user=account("membre"))
        edit(signed_in, "coordination", group, confidentiality="membres")
        edit(signed_in, "coordination", group, facilitators=[account("coordination").pk])
        group.refresh_from_db()
        assert group.confidentiality == "entre_pairs"
        assert not Membership.objects.filter(group=group, user=account("coordination")).exists()

    def test_the_first_facilitator_of_an_empty_peer_group_may_be_named(self, signed_in, account, peers):
        group = empty_group(peers, confidentiality="entre_pairs")
        assert edit(signed_in, "coordination", group, facilitators=[account("karim").pk]).status_code == 302
        assert group.may_be_managed_by(account("karim"))

    def test_an_empty_group_is_still_changed_at_will(self, signed_in, peers):
        group = empty_group(peers, confidentiality="membres")
        assert edit(signed_in, "coordination", group, confidentiality="public", access="ouvert").status_code == 302
        group.refresh_from_db()
        assert (group.confidentiality, group.access) == ("public", "ouvert")

    @pytest.mark.parametrize("role", ROLES)
    def test_a_group_is_always_tightened(self, signed_in, role, cip):
        assert edit(signed_in, role, cip, confidentiality="entre_pairs", access="invitation").status_code == 302
        cip.refresh_from_db()
        assert (cip.confidentiality, cip.access) == ("entre_pairs", "invitation")

    def test_its_own_facilitator_names_another_and_makes_its_access_easier(self, signed_in, account, peers):
        leader = Membership.objects.facilitators().filter(group=peers).first().user
        User.objects.filter(pk=leader.pk).update(is_superuser=True, is_staff=True)
        name = leader.email.partition("@")[0]
        led = list(Membership.objects.facilitators().filter(group=peers).values_list("user_id", flat=True))
        answer = edit(signed_in, name, peers, facilitators=[*led, account("karim").pk], access="sur_demande")
        assert answer.status_code == 302
        assert peers.may_be_managed_by(account("karim"))

    def test_a_new_peer_group_is_created_with_those_who_will_lead_it(self, signed_in, account, peers):
        address = reverse("wagtailsnippets_exchange_groups_exchangegroup:add")
        values = posted(peers, name="Autre", slug="autre", facilitators=[account("karim").pk])
        assert signed_in("coordination").post(address, values).status_code == 302
        assert ExchangeGroup.objects.get(slug="autre").may_be_managed_by(account("karim"))


class TestOtherDoors:
    def test_the_rule_is_the_groups_own_whatever_form_saves_it(self, peers):
        peers.confidentiality = "membres"
        with pytest.raises(ValidationError) as refusal:
            peers.full_clean()
        assert set(refusal.value.message_dict) == {"confidentiality"}

    @pytest.mark.parametrize("role", ROLES)
    def test_the_page_that_copies_a_group_opens_neither_the_copied_one(self, signed_in, account, role, peers):
        """Wagtail writes what is posted there over the group that is copied."""
        address = reverse("wagtailsnippets_exchange_groups_exchangegroup:copy", args=[peers.pk])
        led = list(Membership.objects.facilitators().filter(group=peers).values_list("user_id", flat=True))
        for changed in (
            {"confidentiality": "public"},
            {"access": "ouvert"},
            {"facilitators": [*led, account(role).pk]},
        ):
            assert signed_in(role).post(address, posted(peers, **changed)).status_code == 200
            stored = ExchangeGroup.objects.get(pk=peers.pk)
            assert (stored.confidentiality, stored.access) == ("entre_pairs", "invitation")
            assert not stored.may_be_read_by(account(role))

    def test_a_group_that_has_talk_is_not_deleted_alone_nor_in_bulk(self, signed_in, peers):
        alone = reverse("wagtailsnippets_exchange_groups_exchangegroup:delete", args=[peers.pk])
        in_bulk = reverse("wagtail_bulk_action", args=["exchange_groups", "exchangegroup", "delete"])
        for address in (alone, f"{in_bulk}?id={peers.pk}"):
            page = signed_in("admin").post(address, follow=True).content.decode()
            assert "se clôt, il ne s’efface pas" in page
            assert Topic.objects.filter(group=peers).exists()

    def test_an_empty_group_is_deleted(self, signed_in, peers):
        group = empty_group(peers)
        address = reverse("wagtailsnippets_exchange_groups_exchangegroup:delete", args=[group.pk])
        assert signed_in("admin").post(address).status_code == 302
        assert not ExchangeGroup.objects.filter(pk=group.pk).exists()

    def test_a_topic_does_not_leave_for_a_more_open_group(self, signed_in, account, peers, cip):
        leader = Membership.objects.facilitators().filter(group=peers).first().user
        Membership.objects.update_or_create(group=cip, user=leader, defaults={"role": "facilitator", "left_at": None})
        charters.accept_charter(charter=cip.charter, user=leader)
        topic = Topic.objects.filter(group=peers).first()
        with pytest.raises(WouldOpen):
            moderation.move_topic(topic=topic, to=cip)
        browser = signed_in(leader.email.partition("@")[0])
        answer = browser.post(
            topic.get_absolute_url() + "animer/", {"action": "deplacer", "deplacer_group": cip.pk, "group": cip.pk}
        )
        assert answer.status_code == 422
        assert "plus ouvert" in answer.content.decode()
        topic.refresh_from_db()
        assert topic.group_id == peers.pk

    def test_a_topic_moves_to_a_group_as_closed(self, account, peers, cip):
        topic = Topic.objects.filter(group=cip).first()
        moderation.move_topic(topic=topic, to=peers)
        topic.refresh_from_db()
        assert topic.group_id == peers.pk

    def test_the_service_that_gives_roles_asks_who_gives_them(self, account, peers):
        membership = Membership.objects.get(group=peers, user=account("karim"))
        with pytest.raises(NotTheirs):
            memberships.change_role(membership=membership, role="facilitator", by=account("coordination"))

    def test_the_support_group_opens_nothing_of_the_groups_it_carries(self, signed_in, account, peers):
        support = peers.support_group or cip_support()
        ExchangeGroup.objects.filter(pk=peers.pk).update(support_group=support)
        address = reverse("wagtailsnippets_exchange_groups_supportgroup:edit", args=[support.pk])
        structures = [account("coordination").structure_id or account("membre").structure_id]
        values = {name: getattr(support, name) for name in ("number", "name", "slug", "summary", "description")}
        values |= {"network": support.network_id, "institutions": "DRIEETS", "structures": structures}
        assert signed_in("coordination").post(address, values).status_code == 302
        for name in ("coordination", "partenaire", "membre"):
            assert not peers.may_be_read_by(account(name))

    def test_a_guest_of_a_session_of_peers_reads_and_follows_nothing(self, account, peers):
        from exchange_groups.live.permissions import place_of
        from exchange_groups.sessions.models import Registration, Session

        session = Session.objects.create(
            group=peers, title="Entre nous", format="visio", state="running", is_public=True
        )
        for name in ("coordination", "membre", "partenaire"):
            Registration.objects.create(session=session, user=account(name))
            assert place_of(session, account(name)) is None
            assert not session.is_visible_to(account(name))


def cip_support():
    return ExchangeGroup.objects.get(slug="cip-ile-de-france").support_group


class TestWhoLeft:
    """A right ends when its reason ends."""

    def test_who_was_removed_does_not_come_back_by_a_link(self, account, cip):
        person = account("membre")
        link = invitations.make_link(group=cip, by=account("animation"))
        named = invitations.invite_by_mail(group=cip, emails=["ailleurs@example.org"], by=account("animation"))[0]
        named.email = person.email
        named.save()
        membership = Membership.objects.get(group=cip, user=person)
        memberships.remove_member(membership=membership, reason="Un manquement à la charte")
        for invitation, refusal in ((link, EntryRefused), (named, InvitationSpent)):
            with pytest.raises(refusal):
                invitations.accept_invitation(invitation=invitation, user=account("membre"))
        ExchangeGroup.objects.filter(pk=cip.pk).update(access="ouvert")
        with pytest.raises(EntryRefused):
            memberships.join(group=cip, user=account("membre"))
        assert not cip.may_be_read_by(account("membre"))

    def test_who_was_removed_and_is_invited_again_comes_back(self, account, cip):
        membership = Membership.objects.get(group=cip, user=account("membre"))
        memberships.remove_member(membership=membership, reason="Une erreur")
        again = invitations.invite_by_mail(group=cip, emails=[account("membre").email], by=account("animation"))[0]
        assert invitations.accept_invitation(invitation=again, user=account("membre")).left_at is None

    def test_the_links_of_a_facilitator_end_with_their_role(self, account, cip):
        facilitator = account("animation")
        link = invitations.make_link(group=cip, by=facilitator)
        karim = Membership.objects.get(group=cip, user=account("karim"))
        memberships.change_role(membership=karim, role="facilitator", by=facilitator)
        memberships.leave(group=cip, user=facilitator)
        link.refresh_from_db()
        assert not link.stands

    def test_a_facilitator_who_comes_from_an_institution_manages_no_group_closed_to_it(self, signed_in, account, cip):
        User.objects.filter(email="animation@example.org").update(role="partenaire")
        assert not cip.may_be_managed_by(account("animation"))
        for page in ("", "membres/", "demandes/", "signalements/", "invitations/"):
            assert signed_in("animation").get(f"/groupes/{cip.slug}/animer/{page}").status_code == 404

    def test_a_facilitator_with_a_charter_to_accept_sees_no_topic_among_what_waits(self, signed_in, account, cip):
        title = Topic.objects.unanswered().filter(group=cip).first().title
        assert title in signed_in("animation").get(f"/groupes/{cip.slug}/animer/").content.decode()
        charters.publish_charter(group=cip, text="Une règle de plus", by=None)
        page = signed_in("animation").get(f"/groupes/{cip.slug}/animer/")
        assert page.status_code == 200
        assert title not in page.content.decode()
        assert signed_in("animation").get(f"/groupes/{cip.slug}/animer/signalements/").status_code == 302
