from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "kb_site.media"
    verbose_name = _("Images et documents")

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.users.models import UserProfile

        from . import signal_handlers
        from .metadata import refuse_what_fills_memory

        refuse_what_fills_memory()
        pre_save.connect(signal_handlers.take_metadata_out, sender=get_image_model(), dispatch_uid="kb_site.media")
        pre_save.connect(signal_handlers.take_author_out, sender=get_document_model(), dispatch_uid="kb_site.media")
        pre_save.connect(signal_handlers.take_place_out, sender=UserProfile, dispatch_uid="kb_site.media")
