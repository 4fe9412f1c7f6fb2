"""The list of suggestions, as a fragment of HTML that the script of the search field puts under it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..queries import MAX_QUERY_LENGTH
from .services import suggest

SECONDS_KEPT = 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest for ?q=; nothing for a browser that saves data, whatever its script does.

    Kept a minute by the reader's own browser and by no shared cache: what one may read, another may not.
    """
    if request.headers.get("Save-Data", "").lower() == "on":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    text = request.GET.get("q", "").replace("\x00", " ")[:MAX_QUERY_LENGTH]
    response = render(request, "search/suggestions.html", {"suggestions": suggest(text, user=request.user)})
    response["Cache-Control"] = f"private, max-age={SECONDS_KEPT}"
    return response
