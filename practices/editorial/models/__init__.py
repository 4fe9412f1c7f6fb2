"""Proposals, their review, the opinions of experts."""

from .experts import ExpertInvitation
from .proposals import Proposal, ProposalDraft
from .review import NetworkReviewTask, PrivacyTask, ReviewDeadline, ReviewQuestion

__all__ = [
    "ExpertInvitation",
    "NetworkReviewTask",
    "PrivacyTask",
    "Proposal",
    "ProposalDraft",
    "ReviewDeadline",
    "ReviewQuestion",
]
