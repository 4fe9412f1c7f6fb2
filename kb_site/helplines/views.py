"""The numbers for what is being typed, asked by the page's script (helplines.js)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .services import helplines_for
from .wording_reader import MOST_READ


@require_POST
@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """Answer with the box, or with nothing (204). The text comes in a form: no address, hence no log, holds it."""
    helps = helplines_for(request.POST.get("text", "")[:MOST_READ])
    if not helps:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "helplines/box.html", {"helps": helps})
