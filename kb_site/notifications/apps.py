from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "kb_site.notifications"
    verbose_name = _("Notifications")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        # These read the models, which are loaded only now.
        from django.contrib.postgres.expressions import ArraySubquery
        from django.db.models import OuterRef

        from kb_site.accounts.user_annotations import read_with_account

        from .user_annotations import followed_by, unread_of

        read_with_account(unread=unread_of(OuterRef("pk")), followed=ArraySubquery(followed_by(OuterRef("pk"))))
