"""Who comes in among the editing screens of our own: those who publish pages."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.auth import require_admin_access

from kb_site.access import View

from .permissions import publishes_pages


def publisher_required(view: View) -> View:
    """Open to those who publish at least some pages; Wagtail's own sign-in and refusals for the others."""

    @require_admin_access
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not publishes_pages(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[no-any-return]
