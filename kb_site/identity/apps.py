from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "kb_site.identity"
    verbose_name = _("Identité du site")
    shown_to_visitors = "__all__"
    kept_ready = ("Identity",)

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.images import get_image_model

        from .face import forget_face

        for sender in (self.get_model("Identity"), get_image_model()):
            for signal in (post_save, post_delete):
                signal.connect(forget_face, sender=sender, dispatch_uid=f"identity {sender.__name__} {id(signal)}")
