from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeGroupsConfig(AppConfig):
    name = "exchange_groups"
    verbose_name = _("Groupes d’échanges")

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from kb_site.members.principals import contribute_principals
        from kb_site.members.structures import register_voucher
        from practices.comment_rules import register_rules

        from . import followables, signals  # noqa: F401
        from .membership import leads_a_group, principals_of_member
        from .topic_rules import TopicRules

        followables.register()
        contribute_principals(principals_of_member)
        register_voucher(leads_a_group)
        register_rules(TopicRules())
