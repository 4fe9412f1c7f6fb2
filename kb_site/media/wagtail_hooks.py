"""Documents are given by the same rule as images."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .missing_files import FileMissing
from .permissions import may_be_seen_by


@hooks.register("before_serve_document")
def give_to_those_who_may_see_it(document: Any, request: HttpRequest) -> None:
    """Refuse a document that no page readable by this person uses, or whose file is gone. Raises Http404."""
    if not may_be_seen_by(request.user, document):
        raise Http404
    if not document.file.storage.exists(document.file.name):
        raise FileMissing(_("Ce document n’est plus sur le site."))
