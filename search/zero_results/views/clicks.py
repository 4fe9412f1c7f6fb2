"""Where the results page tells, without any cookie, whether a result was opened."""

from http import HTTPStatus

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kb_site.http import is_id

from ..anonymization import words_of_token
from ..services import Outcome, count_choice, count_search


@csrf_exempt  # a beacon has no form; it changes two counters, and only for a token that we signed
@require_POST
def search_outcome(request: HttpRequest) -> HttpResponse:
    """Count how one search ended: `recherche` is the token of its page, `rang` the rank of the result opened, or 0,
    `page` its path.

    Sent once when the page is left (the script of search pages). Nothing else of the request is read or kept.
    """
    try:
        counted = words_of_token(request.POST.get("recherche", ""))
    except signing.BadSignature:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    rank = request.POST.get("rang", "0")
    opened = is_id(rank) and int(rank) > 0
    count_search(counted=counted, outcome=Outcome.WITH_CLICK if opened else Outcome.WITHOUT_CLICK)
    path = request.POST.get("page", "")[:255]
    if opened and path.isprintable():
        count_choice(counted=counted, path=path)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
