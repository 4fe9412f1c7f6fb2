from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Pratiques")
    shown_to_visitors = "__all__"
    kept_ready = ("Theme",)  # among the rules of search

    def ready(self) -> None:
        from django.contrib.postgres.expressions import ArraySubquery
        from django.db.models import OuterRef

        from kb_site.accounts.user_annotations import read_with_account

        from . import notification_types, page_context, pocket_kinds, sharing, signal_handlers  # noqa: F401 - they read the models, which are loaded only now
        from .permissions import published_paths

        notification_types.register()
        pocket_kinds.register()
        read_with_account(published_paths=ArraySubquery(published_paths(OuterRef("pk"))))
