"""What Wagtail asks to confirm for many things at once, without the names of those that one has no right on."""

from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page


@cache
def _discreet(action: type[BulkAction]) -> type[BulkAction]:
    """Return this action, which names what the person may not change only where everybody may read its name."""

    class Discreet(action):  # type: ignore[misc, valid-type]
        def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
            """Raises PermissionDenied when nothing that may be named is left."""
            objects, others = super().get_actionable_objects()
            unreachable = [one for one in others["items_with_no_access"] if isinstance(one, Page) and one.live]
            # The page itself, not its row of the tree: it goes by the title that is online (VisiblePage).
            others = others | {"items_with_no_access": [page.specific_deferred for page in unreachable]}
            if not objects and not any(others.values()):
                raise PermissionDenied
            return objects, others

    return Discreet


@require_admin_access
def bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponseBase:
    """Stands before Wagtail's own in kb_site/urls.py, under its name: no hook reaches what it names.

    Raises Http404 for what does not exist, also where Wagtail fails on it.
    """
    found = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if found is None:
        raise Http404
    model = apps.get_model(app_label, model_name)
    try:
        for key in [*request.GET.getlist("id"), *request.GET.getlist("childOf")]:
            if key != "all":
                model._meta.pk.to_python(key)
        return _discreet(found)(request, model).dispatch(request)  # type: ignore[no-any-return]
    except (ObjectDoesNotExist, ValidationError) as error:
        raise Http404 from error
