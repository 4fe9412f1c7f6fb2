"""In the editor of whatever may cite: choose a fact, and its citation is written where the cursor was."""

from typing import Any

from django.forms import Media, Script
from wagtail.admin.panels import Panel

from .models import Fact


class CitePanel(Panel):
    """A list of the facts of the register; it edits nothing. Without JavaScript, the citation is copied by hand."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "facts/admin/cite.html"

        @property
        def media(self) -> Media:
            script: Any = Script("kb_site/cite.js", type="module")  # the stubs know paths alone
            return Media(js=[script])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"facts": Fact.objects.order_by("subject")}
