"""Who enters, speaks and leads in groups; see kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold, kept, register_eraser
from kb_site.redaction import Redactor, redact
from practices.credits import take_person_off
from practices.models import PracticePage

from .models import ExchangeGroup, Invitation, Topic, TopicFile, TopicRevision
from .models.kept_files import KEPT_FOR
from .services.memberships import end_memberships

DECIDED = "what a facilitator decided"

hold(
    {
        "exchange_groups.Membership.user": kept("the number of members over time; ended, signed « Ancien membre »"),
        "exchange_groups.JoinRequest.user": ERASED,
        "exchange_groups.AskedGroup.asked_by": ERASED,
        "exchange_groups.AskedGroup.decided_by": acted(DECIDED),
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
        "exchange_groups.TopicSummary.written_by": acted("what a thread comes to is the group's"),
        "exchange_groups.TopicPoll.asked_by": acted("the question is the group's"),
        "exchange_groups.PollVote.user": ERASED,
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

describe(
    Description(
        Matter.GROUPS,
        _("Votre place dans un groupe, vos demandes d’y entrer, votre accord avec sa charte"),
        _("le groupe ; votre demande, son animation"),
        (
            "exchange_groups.Membership",
            "exchange_groups.JoinRequest",
            "exchange_groups.CharterAcceptance",
            "exchange_groups.Charter",
            "exchange_groups.Invitation",
        ),
    ),
    Description(
        Matter.GROUPS,
        _("Les groupes que vous avez demandés"),
        _("vous et la coordination"),
        ("exchange_groups.AskedGroup",),
    ),
    Description(
        Matter.GROUPS,
        _("Ce que vous avez proposé ou répondu quand un groupe décide de s’ouvrir ou de son animation"),
        _("le groupe, pour une proposition ; personne, pour une réponse"),
        ("exchange_groups.GroupDecision", "exchange_groups.DecisionAnswer"),
    ),
    Description(
        Matter.GROUPS,
        _("Vos sujets, vos fichiers, vos réactions, masqués si vous l’avez choisi"),
        _("les membres du groupe"),
        (
            "exchange_groups.Topic",
            "exchange_groups.TopicFile",
            "exchange_groups.TopicRevision",
            "exchange_groups.TopicSummary",
            "exchange_groups.TopicPoll",
            "exchange_groups.Reaction",
            "exchange_groups.UsefulReply",
        ),
    ),
    Description(
        Matter.GROUPS,
        _("Vos brouillons de sujets, ce que vous avez lu, vos votes, qui vous a nommé, votre accord pour être cité"),
        _("vous"),
        (
            "exchange_groups.TopicDraft",
            "exchange_groups.TopicVisit",
            "exchange_groups.PollVote",
            "exchange_groups.Mention",
            "exchange_groups.CreditConsent",
        ),
    ),
    Description(
        Matter.GROUPS,
        _("Un fichier choisi dans un formulaire refusé, pour ne pas le choisir deux fois"),
        _("vous"),
        ("exchange_groups.KeptFile",),
        kept_for=KEPT_FOR,
    ),
    Description(
        Matter.GROUPS,
        _("Les signalements de sujets"),
        _("vous et l’animation du groupe"),
        ("exchange_groups.TopicReport",),
    ),
)
