from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "practices.comments"
    label = "card_comments"  # « comments » is too close to django_comments
    verbose_name = _("Commentaires")

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from kb_site.notifications.replies import register_reply_handler

        from .. import mail_replies
        from ..card_rules import CardRules
        from ..comment_rules import register_rules
        from . import card_section, signals  # noqa: F401

        register_rules(CardRules())
        register_reply_handler("comment", mail_replies.publish_reply)
