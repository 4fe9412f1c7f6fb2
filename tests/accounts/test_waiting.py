"""An account that waits to be approved prepares what leaves once it is, knows how long it takes, and is not forgotten."""

import datetime

import pytest
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.accounts.services.approval import approve_account, refuse_account, remind_coordinators
from kb_site.mailing.models import Delivery
from practices.diagnostic.models import DiagnosticCampaign, PreparedCampaign
from practices.editorial.models.proposals import Proposal, ProposalDraft
from practices.editorial.services.proposals import send_prepared
from search.saved.models import SavedSearch
from tests.editorial.test_proposal_screens import FORM, MINE, told

pytestmark = pytest.mark.django_db
OPENING = "/diagnostic/nouveau/"


@pytest.fixture
def prepared(signed_in, account):
    """A card that somebody whose account waits has ready."""
    Proposal.objects.filter(author=account("attente")).delete()
    answer = signed_in("attente").post(FORM, told())
    assert (answer.status_code, answer["Location"]) == (303, MINE)
    return ProposalDraft.objects.get(author=account("attente"))


def test_a_card_prepared_while_waiting_leaves_with_the_approval_and_only_then(signed_in, account, prepared):
    person = account("attente")
    assert "est prête" in signed_in("attente").get(MINE).content.decode()
    assert send_prepared(author=person) is None
    assert not Proposal.objects.filter(author=person).exists()
    approve_account(user=person, by=account("coordination"))
    card = send_prepared(author=person)
    assert card.title == "Le répondeur du lundi"
    assert card.current_workflow_state is not None
    assert not ProposalDraft.objects.filter(author=person).exists()
    assert send_prepared(author=person) is None


def test_the_approval_asks_for_it_in_its_transaction(account, prepared):
    from procrastinate.contrib.django.models import ProcrastinateJob

    person = account("attente")
    approve_account(user=person, by=account("coordination"))
    jobs = ProcrastinateJob.objects.filter(task_name="proposals.send_prepared")
    assert [job.args for job in jobs] == [{"author": person.pk}]


def test_a_card_changed_after_it_was_ready_waits_for_its_author(signed_in, account, prepared):
    signed_in("attente").post("/proposer/brouillon/", told(title="Un autre nom"))
    approve_account(user=account("attente"), by=account("coordination"))
    assert send_prepared(author=account("attente")) is None
    assert ProposalDraft.objects.get(pk=prepared.pk).fields["title"] == "Un autre nom"


def test_what_can_no_longer_be_sent_stays_a_draft(account, prepared):
    prepared.fields |= {"network": "999999"}
    prepared.save()
    approve_account(user=account("attente"), by=account("coordination"))
    assert send_prepared(author=account("attente")) is None
    prepared.refresh_from_db()
    assert prepared.ready_at is None


def test_a_diagnostic_prepared_while_waiting_opens_for_the_structure_of_the_approval(signed_in, account):
    person, browser = account("attente"), signed_in("attente")
    assert browser.post(OPENING, {"place": "chantier bois", "self_service": "on"})["Location"] == "/diagnostic/"
    assert "chantier bois" in browser.get("/diagnostic/").content.decode()
    assert browser.post(OPENING, {"place": "chantier textile"}).status_code == 303
    assert 'value="chantier textile"' in browser.get(OPENING).content.decode()
    assert not DiagnosticCampaign.objects.filter(opened_by=person).exists()
    structure = account("membre").structure
    approve_account(user=person, by=account("coordination"), structure=structure)
    campaign = DiagnosticCampaign.objects.get(opened_by=person)
    assert (campaign.structure, campaign.place, campaign.self_service) == (structure, "chantier textile", False)
    assert not PreparedCampaign.objects.exists()
    assert "chantier textile" in signed_in("membre").get("/diagnostic/").content.decode()


def test_a_diagnostic_prepared_by_someone_approved_without_a_structure_waits_for_one(signed_in, account):
    person = account("attente")
    signed_in("attente").post(OPENING, {"place": "chantier bois"})
    User.objects.filter(pk=person.pk).update(structure=None)
    approve_account(user=account("attente"), by=account("coordination"))
    assert not DiagnosticCampaign.objects.filter(opened_by=person).exists()
    User.objects.filter(pk=person.pk).update(structure=account("membre").structure)
    browser = signed_in("attente")
    assert 'value="chantier bois"' in browser.get(OPENING).content.decode()
    assert browser.post(OPENING, {"place": "chantier bois"}).status_code == 303
    assert not PreparedCampaign.objects.exists()


def test_no_button_leads_where_an_account_may_not_go(signed_in, account):
    User.objects.filter(pk=account("attente").pk).update(status=User.Status.REFUSED)
    assert OPENING not in signed_in("attente").get("/diagnostic/").content.decode()


def test_an_account_that_was_refused_or_left_its_structure_prepares_nothing(signed_in, account):
    refuse_account(user=account("attente"), by=account("coordination"))
    for status in (User.Status.REFUSED, User.Status.DETACHED):
        User.objects.filter(pk=account("attente").pk).update(status=status)
        browser = signed_in("attente")
        assert browser.get(FORM).status_code == 403
        assert browser.post(FORM, told()).status_code == 403
        assert browser.get("/compte/recherches/").status_code == 403
        assert browser.post(OPENING, {"place": "chantier bois"}).status_code == 403
    assert not ProposalDraft.objects.filter(author=account("attente")).exists()


def test_a_search_is_kept_while_waiting_and_finds_what_is_public(signed_in, account):
    browser = signed_in("attente")
    answer = browser.post("/recherche/enregistrer/?q=cod%C3%A9veloppement", {"name": "Codev", "frequency": "weekly"})
    assert answer.status_code == 303
    assert SavedSearch.objects.filter(user=account("attente")).count() == 1


def test_the_account_says_how_long_it_takes_and_what_to_do_meanwhile(signed_in):
    html = signed_in("attente").get("/compte/").content.decode()
    assert "sous 3 jours" in html
    for address in (FORM, "/recherche/", OPENING, "/diagnostic/mon-public/", MINE):
        assert f'href="{address}"' in html


def test_coordinators_are_reminded_once_of_accounts_that_wait_too_long(account):
    person = account("attente")
    now = timezone.now()
    User.objects.pending().exclude(pk=person.pk).order_by().update(status=User.Status.REFUSED)
    User.objects.filter(pk=person.pk).update(date_joined=now - datetime.timedelta(days=2))
    assert remind_coordinators(now=now) == 0
    assert remind_coordinators(now=now + datetime.timedelta(days=2)) == 1
    assert remind_coordinators(now=now + datetime.timedelta(days=3)) == 0
    told_to = set(Delivery.objects.filter(mail="accounts_waiting").values_list("recipient__email", flat=True))
    assert told_to == set(User.objects.coordinators().values_list("email", flat=True))
