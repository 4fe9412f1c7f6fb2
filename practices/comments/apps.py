from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "practices.comments"
    label = "comments"
    verbose_name = _("Commentaires")
    shown_to_visitors = ("Comment",)
    never_shown_to_visitors = ("BlockedWord", "CommentReport", "CommentRevision")

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from . import notification_types, page_sections, signal_handlers  # noqa: F401
        from .comment_policy import CardPolicy
        from .policies import register_policy

        notification_types.register()
        register_policy(CardPolicy())
