from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedSearchesConfig(AppConfig):
    name = "search.saved"
    label = "saved_searches"
    verbose_name = _("Recherches enregistrées")
    never_shown_to_visitors = "__all__"

    def ready(self) -> None:
        # What this reads are models, which are loaded only now.
        from . import unsubscribe

        unsubscribe.register()
