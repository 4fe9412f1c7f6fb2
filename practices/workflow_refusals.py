"""Wagtail says of any page, by its title, that it is not in moderation: here, only to who may know of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.models import Page
from wagtail.permissions import policy_registry


class _KnownOnly:
    """Stands before Wagtail's own in kb_site/urls.py: no hook reaches these messages, which the next page shows."""

    object: Page
    request: Any

    def _refuse_to_strangers(self) -> None:
        known = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        if not known.filter(pk=self.object.pk).exists():
            raise PermissionDenied

    def add_not_in_moderation_error(self) -> None:
        self._refuse_to_strangers()
        super().add_not_in_moderation_error()  # type: ignore[misc]


class _Action(_KnownOnly, WorkflowActionView):
    pass


class _CollectActionData(_KnownOnly, CollectWorkflowActionDataView):
    pass


class _ConfirmCancellation(_KnownOnly, ConfirmWorkflowCancellationView):
    pass


class _Preview(_KnownOnly, PreviewRevisionForTaskView):
    def add_error_message(self) -> None:
        self._refuse_to_strangers()
        super().add_error_message()


action = require_admin_access(_Action.as_view())
collect_action_data = require_admin_access(_CollectActionData.as_view())
confirm_cancellation = require_admin_access(_ConfirmCancellation.as_view())
preview = require_admin_access(_Preview.as_view())
