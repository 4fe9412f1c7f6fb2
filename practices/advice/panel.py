"""The panel « Avant de publier » of the editor of cards."""

from typing import Any

from wagtail.admin.panels import Panel


class AdvicePanel(Panel):
    """Shows the advice on the last saved version of the card; it edits nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "practices/admin/advice.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from .card import advice_for  # the models import this module

            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"advice": advice_for(self.instance, self.request.user), "card": self.instance}
