from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PocketConfig(AppConfig):
    """What a person puts aside to read again, also without network."""

    name = "kb_site.pocket"
    verbose_name = _("Ma poche")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        # These read the models, which are loaded only now.
        from django.contrib.postgres.expressions import ArraySubquery
        from django.db.models import OuterRef

        from kb_site.accounts.user_annotations import read_with_account

        from .services import put_aside_by

        read_with_account(put_aside=ArraySubquery(put_aside_by(OuterRef("pk"))))
