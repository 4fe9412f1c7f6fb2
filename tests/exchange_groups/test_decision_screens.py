"""The page of decisions of a group, and its journal: what is proposed there, who reads what."""

import pytest
from django.urls import reverse

from exchange_groups.models import GroupDecision, Membership
from exchange_groups.services import decisions, memberships
from exchange_groups.services.errors import NotAsked
from kb_site.accounts.models import User
from kb_site.journal.models import SensitiveAct

from .deciding import again, agree, leader, members, open_, others

pytestmark = pytest.mark.django_db


class TestJournal:
    def test_what_is_decided_at_once_is_written_down_with_who_and_when(self, account, cip):
        karim = Membership.objects.get(group=cip, user=account("karim"))
        memberships.change_role(membership=karim, role="facilitator", by=account("animation"))
        memberships.leave(group=cip, user=account("karim"))
        rows = GroupDecision.objects.journal().filter(group=cip)
        assert [(row.kind, row.person, row.decided_by) for row in rows] == [
            ("ending", account("karim"), None),
            ("naming", account("karim"), account("animation")),
        ]
        assert all(row.decided_at for row in rows)

    def test_what_the_admin_tightens_is_written_down(self, signed_in, account, cip):
        from tests.exchange_groups.test_ratchet import edit

        edit(signed_in, "coordination", cip, confidentiality="entre_pairs")
        row = GroupDecision.objects.journal().get(group=cip)
        assert (row.kind, row.before, row.after) == (
            "tightening", "réservé aux membres du groupe", "entre pairs, sans institution"
        )  # fmt: skip
        assert row.decided_by == account("coordination")

    def test_members_and_the_coordination_read_it_and_nobody_else(self, signed_in, account, cip, peers):
        address = f"/groupes/{peers.slug}/decisions/"
        assert signed_in("coordination").get(address).status_code == 200
        assert signed_in(leader(peers).email.partition("@")[0]).get(address).status_code == 200
        for name in ("membre", "partenaire", "edition"):
            assert not Membership.objects.current().filter(group=peers, user=account(name)).exists()
            assert signed_in(name).get(address).status_code == 404


class TestScreens:
    def test_a_proposal_goes_from_the_coordination_to_the_journal(self, signed_in, account, peers):
        address = f"/groupes/{peers.slug}/decisions/"
        coordination = signed_in("coordination")
        refused = coordination.post(address + "confidentialite/", {"confidentiality": "membres"})
        assert refused.status_code == 422
        assert "Dites pourquoi" in refused.content.decode()
        values = {"confidentiality": "membres", "reason": "Plus de monde"}
        assert coordination.post(address + "confidentialite/", values).status_code == 303
        decision = GroupDecision.objects.get(group=peers, state="waiting")
        member = signed_in(leader(peers).email.partition("@")[0])
        page = member.get(peers.get_absolute_url()).content.decode()
        assert "Une proposition attend" in page
        page = member.get(address).content.decode()
        assert "Plus de monde" in page
        assert "Je refuse" in page
        assert member.post(f"{address}{decision.pk}/repondre/", {"reponse": "non"}).status_code == 303
        page = coordination.get(address).content.decode()
        assert "refusée" in page
        assert f"par {leader(peers).public_name}" not in page, "a refusal is not named"

    def test_somebody_is_proposed_by_the_address_of_their_account(self, signed_in, account, peers):
        address = f"/groupes/{peers.slug}/decisions/animation/"
        coordination = signed_in("coordination")
        unknown = coordination.post(address, {"email": "personne@example.org", "reason": "Pour aider"})
        assert unknown.status_code == 422
        assert "Aucun compte validé" in unknown.content.decode()
        assert coordination.post(address, {"email": "MEMBRE@example.org", "reason": "Pour aider"}).status_code == 303
        assert GroupDecision.objects.get(group=peers).person == account("membre")
        assert signed_in("membre").get(address).status_code == 404

    def test_a_peer_group_admits_no_institution(self, signed_in, peers):
        values = {"confidentiality": "entre_pairs", "admits_institutions": "on", "reason": "x"}
        answer = signed_in("coordination").post(f"/groupes/{peers.slug}/decisions/confidentialite/", values)
        assert answer.status_code == 422
        assert "n’admet pas d’institution" in answer.content.decode()

    def test_an_account_that_lost_its_approval_answers_nothing(self, signed_in, account, peers):
        decision = open_(peers, account("coordination"))
        suspended = leader(peers)
        User.objects.filter(pk=suspended.pk).update(status="refused")
        with pytest.raises(NotAsked):
            agree(decision, again(suspended))
        name = suspended.email.partition("@")[0]
        assert signed_in(name).get(f"/groupes/{peers.slug}/decisions/").status_code == 403


def test_the_coordination_reads_in_its_journal_who_opened_closed_or_leads_a_group(peers, account):
    SensitiveAct.objects.all().delete()
    agree(open_(peers, leader(peers)), *others(peers))
    open_(peers, leader(peers), confidentiality="entre_pairs")
    memberships.change_role(
        membership=Membership.objects.get(group=peers, user=others(peers)[0]), role="facilitator", by=leader(peers)
    )
    written = [(act.kind.split(".")[1], act.thing) for act in SensitiveAct.objects.order_by("pk")]
    assert written == [("opened", peers.name), ("tightened", peers.name), ("led", peers.name)]


def test_the_words_of_a_proposal_are_read_by_the_group_and_not_by_the_coordination(signed_in, account, peers):
    """Which proposes from outside, and reads what was decided."""
    waiting = open_(peers, leader(peers))
    page = reverse("group_decisions", args=[peers.slug])

    def read_by(name):
        return "Pour voir" in signed_in(name).get(page).content.decode()

    inside = [person.email.partition("@")[0] for person in members(peers)]
    assert [read_by(name) for name in inside] == [True] * len(inside)
    assert not read_by("coordination")
    decisions.withdraw(decision=waiting, by=leader(peers))
    assert read_by("karim"), "in the journal too"
    assert not read_by("coordination")
