"""The form of a card in the editing screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PracticePageForm(WagtailAdminPageForm):
    """Holds the rules of publication, except when a draft is saved, or sent back, or asked about."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if data and data.get("action-workflow-action") and not self._publishes(data):
            self.defer_required_fields()
            self.instance.is_kept_incomplete = True

    def clean_summary(self) -> str:
        """One sentence, on one line, though the field shows it on several."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean_objective(self) -> str:
        return " ".join(self.cleaned_data["objective"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("photo") and not cleaned.get("photo_description", "").strip():
            self.add_error("photo_description", forms.ValidationError(_("Dites ce que montre la photo.")))
        return cleaned

    def _publishes(self, data: Any) -> bool:
        """Whether the decision taken on this screen publishes the card."""
        state = self.instance.current_workflow_state
        return data.get("workflow-action-name") == "approve" and bool(state and state.is_at_final_task)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation:
            for field, message in self.instance.publication_errors().items():
                if not self.has_error(field):
                    self.add_error(field, message)
