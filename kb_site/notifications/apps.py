from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "kb_site.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from kb_site.members.personal_data import register_eraser

        from .erasing import erase_belongings

        register_eraser(erase_belongings)
