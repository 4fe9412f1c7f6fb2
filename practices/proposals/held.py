"""Proposals and their drafts; see kb_site/members/personal_data.py."""

from kb_site.members.models import User
from kb_site.members.personal_data import ERASED, hold, kept, register_eraser

from ..credits import take_person_off
from ..models import PracticePage

hold(
    {
        "proposals.Proposal.author": kept("the card belongs to its network; its credits lose the name"),
        "proposals.ProposalDraft.author": ERASED,
    }
)


def _take_credits_off(user: User) -> None:
    take_person_off(cards=PracticePage.objects.filter(proposal__author=user), user=user)


register_eraser(_take_credits_off)
