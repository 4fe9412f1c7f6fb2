"""Nobody opens a group, nor enters it, alone: who is asked, what settles it, what the journal keeps, what stays closed."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from exchange_groups.models import Membership, Topic
from exchange_groups.services import charters, decisions, memberships, moderation, topics
from exchange_groups.services.errors import (
    AlreadyAsked,
    DecisionOver,
    EntryRefused,
    NobodyToAsk,
    NotAsked,
    NotTheirs,
    WouldOpen,
)
from search.models import SearchEntry

from .deciding import again, agree, leader, members, open_, others, told, unled

pytestmark = pytest.mark.django_db

LATER = datetime.timedelta(days=15)


class TestOpening:
    def test_every_member_is_asked_by_mail_and_nothing_changes_before(self, account, peers):
        decision = open_(peers, account("coordination"))
        assert decision.state == "waiting"
        assert again(peers).confidentiality == "entre_pairs"
        assert told("group_opening_asked", decision) == {person.pk for person in members(peers)}

    def test_one_refusal_is_enough_and_is_not_named(self, account, peers):
        decision = open_(peers, account("coordination"))
        first, second, *_rest = members(peers)
        agree(decision, first)
        refused = agree(decision, second, agrees=False)
        assert (refused.state, refused.decided_by) == ("refused", None)
        with pytest.raises(DecisionOver):
            agree(decision, first)
        assert again(peers).confidentiality == "entre_pairs"

    def test_it_opens_when_every_member_has_agreed_and_everyone_is_told(self, account, peers):
        decision = open_(peers, leader(peers))
        agree(decision, *others(peers))
        assert again(peers).confidentiality == "public"
        assert told("group_decision_told", decision) == {person.pk for person in members(peers)}

    def test_silence_is_no_consent_but_more_than_half_are_enough_on_the_last_day(self, account, cip):
        everyone = members(cip)
        assert len(everyone) >= 4
        decision = open_(cip, account("coordination"), confidentiality="membres", admits_institutions=True)
        agree(decision, *everyone[: len(everyone) // 2])
        decisions.settle_decisions(now=timezone.now() + LATER)
        assert again(decision).state == "lapsed"
        decision = open_(cip, account("coordination"), confidentiality="membres", admits_institutions=True)
        agree(decision, *everyone[: len(everyone) // 2 + 1])
        decisions.settle_decisions(now=timezone.now())
        assert again(decision).state == "waiting", "not before its last day"
        decisions.settle_decisions(now=timezone.now() + LATER)
        assert again(decision).state == "applied"
        assert again(cip).admits_institutions

    def test_only_members_answer(self, account, peers):
        decision = open_(peers, account("coordination"))
        for name in ("coordination", "admin", "membre"):
            with pytest.raises(NotAsked):
                agree(decision, account(name))

    def test_a_member_proposes_nothing_and_one_proposal_waits_at_a_time(self, account, peers):
        with pytest.raises(NotTheirs):
            open_(peers, others(peers)[0])
        open_(peers, account("coordination"))
        with pytest.raises(AlreadyAsked):
            open_(peers, leader(peers))

    def test_tightening_is_at_once_and_ends_what_was_proposed(self, account, cip):
        decision = open_(cip, account("coordination"))
        tightened = open_(cip, account("coordination"), confidentiality="entre_pairs")
        assert (tightened.kind, tightened.state) == ("tightening", "applied")
        assert again(cip).confidentiality == "entre_pairs"
        assert again(decision).state == "lapsed"

    def test_a_group_that_everybody_left_opens_no_more(self, account, peers):
        Membership.objects.filter(group=peers).update(left_at=timezone.now(), role="member", leads_since=None)
        with pytest.raises(NobodyToAsk):
            open_(peers, account("coordination"))

    def test_who_proposed_takes_it_back(self, account, peers):
        decision = open_(peers, account("coordination"))
        with pytest.raises(NotTheirs):
            decisions.withdraw(decision=decision, by=leader(peers))
        decisions.withdraw(decision=decision, by=account("coordination"))
        assert again(decision).state == "withdrawn"


def opened(group, **to):
    decision = open_(group, leader(group), **to)
    return agree(decision, *others(group))


class TestWhatWasSaid:
    """It keeps the confidentiality of its day: pages, replies, files, search, counts, sessions, minutes."""

    def test_past_topics_stay_closed_and_new_ones_are_open(self, client, account, ask, cip):
        before = Topic.objects.filter(group=cip).first()
        opened(cip)
        after = ask(again(cip), account("karim"))
        assert client.get(before.get_absolute_url()).status_code == 302
        assert client.get(after.get_absolute_url()).status_code == 200
        page = client.get(cip.get_absolute_url()).content.decode()
        assert after.title in page
        assert before.title not in page
        assert set(Topic.objects.visible_to(AnonymousUser()).filter(group=cip)) == {after}

    def test_search_finds_the_new_and_not_the_past(self, account, ask, cip):
        before = Topic.objects.filter(group=cip).first()
        opened(cip)
        after = ask(again(cip), account("karim"))
        principals = {
            entry.key: set(entry.principals)
            for entry in SearchEntry.objects.filter(key__in=[f"topic:{before.pk}", f"topic:{after.pk}"])
        }
        assert principals[f"topic:{after.pk}"] == {"public"}
        assert "public" not in principals[f"topic:{before.pk}"]

    def test_a_reply_in_a_past_topic_stays_in_it(self, client, account, say, cip, topic):
        opened(cip)
        reply = say(topic, account("karim"), "Dit après l’ouverture")
        assert client.get(reverse("comment_show", args=[reply.pk])).status_code in {302, 404}

    def test_an_institution_admitted_reads_what_is_said_since(self, signed_in, account, ask, cip):
        before = Topic.objects.filter(group=cip).first()
        opened(cip, confidentiality="membres", admits_institutions=True)
        memberships.enter(again(cip), account("partenaire"))
        charters.accept_charter(charter=again(cip).charter, user=account("partenaire"))
        after = ask(again(cip), account("karim"))
        partner = account("partenaire")
        assert set(Topic.objects.visible_to(partner).filter(group=cip)) == {after}
        assert signed_in("partenaire").get(before.get_absolute_url()).status_code == 404
        page = signed_in("partenaire").get(cip.get_absolute_url()).content.decode()
        assert after.title in page
        assert before.title not in page

    def test_a_partner_who_leads_runs_no_past_session_nor_reads_its_outcomes(self, signed_in, account, cip):
        from exchange_groups.minutes.outcomes import outcomes_of
        from exchange_groups.sessions.models import Session

        past = Session.objects.filter(group=cip)
        assert past.exists()
        opened(cip, confidentiality="membres", admits_institutions=True)
        memberships.lead(again(cip), account("partenaire"))
        charters.accept_charter(charter=again(cip).charter, user=account("partenaire"))
        partner = account("partenaire")
        for rows in (Session.objects.run_by(partner), Session.objects.readable_by(partner)):
            assert not rows.filter(pk__in=past).exists()
        assert not any(outcomes_of(cip, partner).values())
        for session in past:
            assert signed_in("partenaire").get(f"{session.get_absolute_url()}compte-rendu/").status_code == 404

    def test_what_peers_said_never_becomes_public_minutes(self, account, peers):
        from exchange_groups.minutes.models import Minutes
        from exchange_groups.sessions.models import Session

        session = Session.objects.create(
            group=peers, title="Entre nous", format="visio", state="closed", is_public=True
        )
        minutes = Minutes.objects.create(session=session, state="published", public_at=timezone.now())
        opened(peers)
        assert not again(minutes).may_become_public
        assert not Minutes.objects.public().filter(pk=minutes.pk).exists()
        assert not session.is_visible_to(AnonymousUser())

    def test_what_was_said_in_public_and_closed_since_opens_no_more(self, account, ask, cip):
        opened(cip)
        said = ask(again(cip), account("karim"))
        open_(again(cip), account("coordination"), confidentiality="membres")
        assert not again(said).is_visible_to(AnonymousUser())
        opened(again(cip))
        assert again(cip).confidentiality == "public"
        assert not again(said).is_visible_to(AnonymousUser())

    def test_a_past_topic_is_neither_merged_nor_taken_up_where_more_people_read(self, account, ask, cip):
        from exchange_groups.sessions.models import Session
        from exchange_groups.sessions.services.agenda import take_up_topic, topics_offered
        from exchange_groups.sessions.services.errors import TooOpen

        before = Topic.objects.filter(group=cip).first()
        Topic.objects.filter(group=cip).update(proposed_for_session_at=timezone.now())
        opened(cip, confidentiality="membres", admits_institutions=True)
        after = ask(again(cip), account("karim"))
        with pytest.raises(WouldOpen):
            moderation.merge_topics(topic=before, into=after)
        session = Session.objects.create(group=again(cip), title="Ensuite", format="visio", state="open")
        assert before not in topics_offered(session)
        with pytest.raises(TooOpen):
            take_up_topic(session=session, topic=again(before), by=account("animation"))

    def test_a_thread_split_from_a_past_topic_stays_as_closed(self, account, say, cip, topic):
        reply = say(topic, account("karim"))
        opened(cip)
        new = moderation.split_topic(topic=topic, threads=[reply.pk], title="À part", by=account("animation"))
        assert new.confidentiality == "membres"
        assert not new.is_visible_to(AnonymousUser())

    def test_the_diagnostic_of_a_group_is_not_shown_to_institutions_admitted_later(self, signed_in, account, cip):
        from practices.diagnostic.models import DiagnosticCampaign

        signed_in("animation").post(f"/groupes/{cip.slug}/animer/diagnostic/", {"place": "Groupe"})
        campaign = DiagnosticCampaign.objects.get(place="Groupe")
        assert campaign.is_visible_to(account("karim"))
        opened(cip, confidentiality="membres", admits_institutions=True)
        memberships.enter(again(cip), account("partenaire"))
        charters.accept_charter(charter=again(cip).charter, user=account("partenaire"))
        assert not campaign.is_visible_to(account("partenaire"))


class TestNaming:
    def test_the_coordination_names_nobody_alone_in_any_group(self, account, cip):
        decision = decisions.propose_facilitator(
            group=cip, person=account("coordination"), by=account("coordination"), reason="Pour aider"
        )
        assert decision.state == "waiting"
        assert not cip.may_be_read_by(account("coordination"))
        assert told("group_facilitator_asked", decision) == {person.pk for person in decisions.leaders_of(cip)}
        with pytest.raises(NotAsked):
            agree(decision, account("coordination"))
        with pytest.raises(NotAsked):
            agree(decision, account("karim"))

    def test_one_who_leads_agrees_or_refuses(self, account, peers):
        decision = decisions.propose_facilitator(group=peers, person=account("membre"), by=account("coordination"))
        agree(decision, leader(peers), agrees=False)
        assert again(decision).state == "refused"
        assert not Membership.objects.current().filter(group=peers, user=account("membre")).exists()
        decision = decisions.propose_facilitator(group=peers, person=account("membre"), by=account("coordination"))
        led = leader(peers)
        agree(decision, led)
        assert peers.may_be_managed_by(account("membre"))
        assert again(decision).decided_by == led

    def test_without_anybody_to_lead_the_members_are_told_and_may_object(self, account, peers):
        peers = unled(peers)
        decision = decisions.propose_facilitator(group=peers, person=account("membre"), by=account("coordination"))
        assert told("group_facilitator_asked", decision) == {person.pk for person in members(peers)}
        agree(decision, members(peers)[0], agrees=False)
        assert (again(decision).state, again(decision).decided_by) == ("refused", None)

    def test_after_the_delay_without_objection_they_lead(self, account, peers):
        peers = unled(peers)
        decision = decisions.propose_facilitator(group=peers, person=account("membre"), by=account("coordination"))
        agree(decision, members(peers)[0])
        decisions.settle_decisions(now=timezone.now() + datetime.timedelta(days=13))
        assert again(decision).state == "waiting", "a yes does not shorten the delay of the others"
        decisions.settle_decisions(now=timezone.now() + LATER)
        assert again(decision).state == "applied"
        assert peers.may_be_managed_by(account("membre"))
        assert {person.pk for person in members(peers)} <= told("group_decision_told", decision)

    def test_facilitators_who_vanish_meanwhile_do_not_shorten_the_delay(self, account, peers):
        """The coordination suspends accounts: it must not thereby skip the notice to the members."""
        decision = decisions.propose_facilitator(
            group=peers, person=account("coordination"), by=account("coordination")
        )
        unled(peers)
        decisions.settle_decisions(now=timezone.now() + LATER)
        assert again(decision).state == "waiting"
        assert {person.pk for person in members(peers)} <= told("group_facilitator_asked", decision)
        assert again(decision).ends_at > timezone.now() + LATER + datetime.timedelta(days=13)
        agree(decision, members(peers)[0], agrees=False)
        assert not peers.may_be_managed_by(account("coordination"))

    def test_a_group_that_everybody_left_is_given_to_nobody(self, account, peers):
        Membership.objects.filter(group=peers).update(left_at=timezone.now(), role="member", leads_since=None)
        with pytest.raises(NobodyToAsk):
            decisions.propose_facilitator(group=peers, person=account("coordination"), by=account("coordination"))

    def test_a_member_of_a_group_that_nobody_leads_offers_themselves(self, account, peers):
        member = others(peers)[0]
        with pytest.raises(NotTheirs):
            decisions.propose_facilitator(group=peers, person=member, by=member)
        peers = unled(peers)
        assert decisions.propose_facilitator(group=peers, person=member, by=member).state == "waiting"

    def test_nobody_from_an_institution_leads_a_group_closed_to_it(self, account, peers):
        with pytest.raises(EntryRefused):
            decisions.propose_facilitator(group=peers, person=account("partenaire"), by=account("coordination"))


class TestMaskedNames:
    @pytest.fixture
    def masked(self, account, ask, cip):
        return ask(cip, account("karim"), masked=True)

    def seen(self, signed_in, name, topic):
        return "nom masqué aux autres" in signed_in(name).get(topic.get_absolute_url()).content.decode()

    def lead(self, account, cip, name="edition"):
        membership = Membership.objects.get(group=cip, user=account(name))
        memberships.change_role(membership=membership, role="facilitator", by=account("animation"))

    def test_who_leads_later_does_not_see_them(self, signed_in, account, cip, masked, say):
        say(masked, account("karim"), "C’est moi qui demandais")
        self.lead(account, cip)
        assert self.seen(signed_in, "animation", masked)
        assert not self.seen(signed_in, "edition", masked)
        assert "nom masqué aux autres" not in signed_in("edition").get(cip.get_absolute_url()).content.decode()

    def test_who_leads_again_after_a_break_does_not_either(self, signed_in, account, cip, masked):
        self.lead(account, cip)
        animation = Membership.objects.get(group=cip, user=account("animation"))
        memberships.change_role(membership=animation, role="member", by=account("edition"))
        memberships.change_role(membership=animation, role="facilitator", by=account("edition"))
        assert not self.seen(signed_in, "animation", masked)

    def test_unless_their_author_agrees(self, signed_in, account, cip, masked):
        self.lead(account, cip)
        address = masked.get_absolute_url() + "nom-masque/"
        page = signed_in("karim").get(address).content.decode()
        assert account("edition").public_name in page
        assert signed_in("karim").post(address).status_code == 303
        assert self.seen(signed_in, "edition", masked)

    def test_nobody_else_agrees_for_them(self, signed_in, account, cip, masked):
        self.lead(account, cip)
        for name in ("edition", "animation", "membre"):
            assert signed_in(name).post(masked.get_absolute_url() + "nom-masque/").status_code == 404
        with pytest.raises(topics.TopicNotOpen):
            topics.confide_name(topic=masked, by=account("edition"))

    def test_neither_splitting_merging_nor_moving_unmasks(self, signed_in, account, ask, say, cip, peers, masked):
        reply = say(masked, account("karim"), "Je précise")
        self.lead(account, cip)
        later = ask(cip, account("membre"))
        new = moderation.split_topic(topic=masked, threads=[reply.pk], title="À part", by=account("edition"))
        assert not self.seen(signed_in, "edition", new)
        moderation.merge_topics(topic=masked, into=later)
        assert not self.seen(signed_in, "edition", later)
        other = ask(cip, account("karim"), masked=True)
        moderation.move_topic(topic=other, to=peers)
        assert not again(other).shows_masked_names_to(leader(peers))

    def test_who_spoke_under_a_mask_stays_masked_wherever_their_words_went(self, account, ask, say, cip, masked):
        asker, member = account("karim"), account("membre")
        thread = say(masked, member, "Chez nous aussi")
        say(masked, asker, "Depuis quand ?", parent=thread)
        apart = moderation.split_topic(topic=masked, threads=[thread.pk], title="À part", by=account("animation"))
        assert say(apart, asker, "Je reviens à ma question").masked
        into = ask(cip, member)
        assert not say(into, asker, "Moi aussi").masked
        moderation.merge_topics(topic=masked, into=into)
        assert say(again(into), asker, "Merci de ces réponses").masked
        assert not say(again(into), member, "De rien").masked
