from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeGroupsConfig(AppConfig):
    name = "exchange_groups"
    verbose_name = _("Groupes d’échanges")
    shown_to_visitors = (
        "Charter",
        "CreditConsent",
        "ExchangeGroup",
        "Membership",
        "Quotation",
        "Reaction",
        "SupportGroup",
        "PollVote",
        "Topic",
        "TopicFile",
        "TopicPoll",
        "TopicSummary",
        "UsefulReply",
    )
    never_shown_to_visitors = (
        "AskedGroup",
        "CharterAcceptance",
        "DecisionAnswer",
        "GroupDecision",
        "Invitation",
        "JoinRequest",
        "KeptFile",
        "Mention",
        "TopicDraft",
        "TopicReport",
        "TopicRevision",
        "TopicVisit",
    )

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from django.contrib.postgres.expressions import ArraySubquery
        from django.db.models import Exists, OuterRef

        from kb_site.accounts.models import User
        from kb_site.accounts.principals import contribute_principals
        from kb_site.accounts.services.structures import register_voucher
        from kb_site.accounts.user_annotations import read_with_account
        from practices.comments.policies import register_policy

        from . import notification_types, page_sections, pocket_kinds, sharing, signal_handlers  # noqa: F401
        from .comment_policy import TopicPolicy
        from .permissions import leads_a_group, led_by, principals_of_member, standings_of

        notification_types.register()
        pocket_kinds.register()
        contribute_principals(principals_of_member)
        register_voucher(leads_a_group)
        read_with_account(
            led_groups=ArraySubquery(led_by(OuterRef("pk"))),
            standings=ArraySubquery(standings_of(OuterRef("pk"))),
            is_from_institution=Exists(User.objects.from_institutions().filter(pk=OuterRef("pk"))),
        )
        register_policy(TopicPolicy())
