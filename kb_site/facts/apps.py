from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    name = "kb_site.facts"
    verbose_name = _("Faits et chiffres")
    shown_to_visitors = "__all__"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from .register import forget_facts

        for signal in (post_save, post_delete):
            signal.connect(forget_facts, sender=self.get_model("Fact"), dispatch_uid=f"facts {id(signal)}")
