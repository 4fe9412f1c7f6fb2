"""The register in Wagtail's menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Fact


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "clipboard-list"
    menu_label = _("Faits et chiffres")
    add_to_admin_menu = True
    list_display = ["code", "subject", "shown", "stated_on", "review_on"]
    list_filter = ["kind", "confidence"]
    list_export = [
        "code", "kind", "subject", "low", "high", "unit", "words", "statement", "scope", "source_title", "source_url",
        "stated_on", "checked_on", "confidence", "expires_on", "review_on",
    ]  # fmt: skip

    def get_form_class(self, for_update: bool = False) -> Any:
        """A short name that texts cite does not change: another one would leave them without their figure."""
        form = super().get_form_class(for_update)
        return type(form.__name__, (form,), {"__init__": _keeps_its_code(form)}) if for_update else form


def _keeps_its_code(form: Any) -> Any:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        form.__init__(self, *args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].disabled = True

    return __init__


register_snippet(FactViewSet)
