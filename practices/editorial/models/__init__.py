"""Proposals, their review, the opinions of experts."""

from .desk import ChangeNote, PendingDecision, ReviewAssignment, SavedReply
from .experts import ExpertInvitation
from .proposals import Proposal, ProposalDraft
from .review import NetworkReviewTask, PrivacyTask, ReviewDeadline, ReviewQuestion

__all__ = [
    "ChangeNote",
    "ExpertInvitation",
    "NetworkReviewTask",
    "PendingDecision",
    "PrivacyTask",
    "Proposal",
    "ProposalDraft",
    "ReviewAssignment",
    "ReviewDeadline",
    "ReviewQuestion",
    "SavedReply",
]
