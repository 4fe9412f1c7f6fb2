"""From a former address to the present one."""

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


def redirect_to_present(request: HttpRequest, **words: str) -> HttpResponseRedirect:
    """Lead to the page that was asked for, with these words in the place of those that its address no longer has.

    A form that was on its way is sent again to the present address: nothing that was typed is lost.
    """
    match = request.resolver_match
    assert match is not None  # noqa: S101 (a view answers)
    address = reverse(match.view_name, kwargs=match.kwargs | words)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address, preserve_request=request.method == "POST")
