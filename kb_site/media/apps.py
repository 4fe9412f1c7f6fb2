from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "kb_site.media"
    verbose_name = _("Images et documents")

    def ready(self) -> None:
        from wagtail.images import get_image_model

        from .signal_handlers import take_metadata_out

        pre_save.connect(take_metadata_out, sender=get_image_model(), dispatch_uid="kb_site.media")
