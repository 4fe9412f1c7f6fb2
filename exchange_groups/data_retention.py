"""Who enters, speaks and leads in groups; see kb_site/personal_data.py."""

from kb_site.accounts.models import User
from kb_site.personal_data import ERASED, acted, hold, kept, register_eraser
from kb_site.redaction import Redactor, redact
from practices.credits import take_person_off
from practices.models import PracticePage

from .models import ExchangeGroup, Invitation, Topic, TopicFile, TopicRevision
from .services.memberships import end_memberships

DECIDED = "what a facilitator decided"

hold(
    {
        "exchange_groups.Membership.user": kept("the number of members over time; ended, signed « Ancien membre »"),
        "exchange_groups.JoinRequest.user": ERASED,
        "exchange_groups.JoinRequest.decided_by": acted(DECIDED),
        "exchange_groups.Invitation.created_by": acted(DECIDED),
        "exchange_groups.GroupDecision.person": acted("the journal of the group: who led it, when"),
        "exchange_groups.GroupDecision.proposed_by": acted(DECIDED),
        "exchange_groups.GroupDecision.decided_by": acted(DECIDED),
        "exchange_groups.DecisionAnswer.user": ERASED,
        "exchange_groups.Charter.published_by": acted(DECIDED),
        "exchange_groups.CharterAcceptance.user": kept("proof that the charter was accepted by all who spoke"),
        "exchange_groups.Topic.author": kept("a thread keeps its thread; signed « Ancien membre »"),
        "exchange_groups.TopicDraft.user": ERASED,
        "exchange_groups.KeptFile.user": ERASED,
        "exchange_groups.TopicFile.added_by": acted("joined to a topic that stays"),
        "exchange_groups.TopicRevision.replaced_by": acted("former words of a topic that stays"),
        "exchange_groups.TopicVisit.user": ERASED,
        "exchange_groups.TopicReport.reporter": kept("the report waits for its decision, whoever made it"),
        "exchange_groups.TopicReport.decided_by": acted(DECIDED),
        "exchange_groups.Reaction.user": kept("never shown with a name; the counts stay true"),
        "exchange_groups.UsefulReply.marked_by": acted("what helped still helps"),
        "exchange_groups.Mention.user": ERASED,
        "exchange_groups.CreditConsent.user": ERASED,
    }
)


def _leave_groups(user: User) -> None:
    """End memberships, invitations to the address, the credits agreed to, the names in former words and in the reasons
    that the facilitators of a group give, which nobody signs."""
    end_memberships(user=user)
    Invitation.objects.filter(email__iexact=user.email).delete()
    agreed = PracticePage.objects.filter(credit_consents__user=user, credit_consents__agreed=True)
    take_person_off(cards=agreed, user=user)
    redactor, groups = Redactor(user), ExchangeGroup.objects.filter(memberships__user=user)
    redact(TopicRevision.objects.filter(topic__author=user), redactor)
    redact(TopicFile.objects.filter(added_by=user), redactor)
    redact(groups, redactor)
    redact(Topic.objects.filter(group__in=groups).exclude(close_reason=""), redactor)


register_eraser(_leave_groups)
