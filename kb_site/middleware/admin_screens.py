"""What Wagtail's own screens leave open or let fail, mended for all of them, those of models registered later included."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import get_snippet_models

CHOOSERS = "wagtailsnippetchoosers_"
# Chosen in the forms of cards and sections, by editors who do not keep them: their names are on public pages.
NAMED_ON_PAGES = frozenset({"members.Structure", "members.Network"})
ANY = ("add", "change", "delete", "view")


class AdminScreensMiddleware:
    """Guards the lists where something is chosen, and says in words what Wagtail's forms fail on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Show what may be chosen only to who may see it in its own list; nothing is created from there."""
        match = request.resolver_match
        if match is None or not match.view_name.startswith(CHOOSERS) or not request.user.is_authenticated:
            return None
        model = _model_of(match.namespace)
        if model is None or match.url_name == "create":
            raise PermissionDenied
        if model._meta.label not in NAMED_ON_PAGES and not may_see_list(request.user, model):
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer a form that no browser sends, and the deletion of what something needs."""
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        if isinstance(exception, MultiValueDictKeyError):
            return render(request, "incomplete_form.html", status=HTTPStatus.BAD_REQUEST)
        if isinstance(exception, ProtectedError):
            kinds = {str(one._meta.verbose_name_plural) for one in exception.protected_objects}
            words = _("Rien n’a été effacé : des %(kinds)s en ont besoin. Changez-les d’abord.")
            messages.error(request, words % {"kinds": ", ".join(sorted(kinds))})
            back = request.headers.get("Referer", "")
            here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
            return redirect(back if here else "wagtailadmin_home")
        return None


def may_see_list(user: Any, model: type[Model]) -> bool:
    """Whether this person has any right on the things of this model in the admin."""
    return bool(ModelPermissionPolicy(model).user_has_any_permission(user, ANY))


def _model_of(namespace: str) -> type[Model] | None:
    names = {f"{CHOOSERS}{model._meta.app_label}_{model._meta.model_name}": model for model in get_snippet_models()}
    return names.get(namespace)
