from .asked_groups import AskedGroup
from .conversation import PollVote, TopicPoll, TopicSummary
from .decisions import DecisionAnswer, GroupDecision
from .groups import ExchangeGroup, SupportGroup
from .kept_files import KeptFile
from .memberships import Charter, CharterAcceptance, Invitation, JoinRequest, Membership
from .quotations import Quotation
from .reactions import CreditConsent, Mention, Reaction, TopicDraft, TopicVisit, UsefulReply
from .topics import Topic, TopicFile, TopicReport, TopicRevision

__all__ = [
    "AskedGroup",
    "Charter",
    "CharterAcceptance",
    "CreditConsent",
    "DecisionAnswer",
    "ExchangeGroup",
    "GroupDecision",
    "Invitation",
    "JoinRequest",
    "KeptFile",
    "Membership",
    "Mention",
    "PollVote",
    "Quotation",
    "Reaction",
    "SupportGroup",
    "Topic",
    "TopicDraft",
    "TopicFile",
    "TopicPoll",
    "TopicReport",
    "TopicRevision",
    "TopicSummary",
    "TopicVisit",
    "UsefulReply",
]
