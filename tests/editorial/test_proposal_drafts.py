"""Drafts of proposals are forgotten after 90 days."""

import datetime

import pytest
from django.utils import timezone

from practices.editorial.models.proposals import ProposalDraft
from practices.editorial.services.proposals import forget_old_drafts, save_draft

pytestmark = pytest.mark.django_db


def test_a_draft_left_alone_for_ninety_days_is_forgotten(account):
    save_draft(author=account("membre"), fields={"title": "À finir"})
    assert forget_old_drafts(now=timezone.now() + datetime.timedelta(days=89)) == 0
    assert forget_old_drafts(now=timezone.now() + datetime.timedelta(days=91)) == 1
    assert not ProposalDraft.objects.exists()
