"""Help where one works: for everybody, without account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .guides import NoSuchHelp, found_in_guides, guide_of, guides

WORDS_MOST = 100


@require_safe
def help_home(request: HttpRequest) -> HttpResponse:
    """The guides, and what they say of the words that one looks for."""
    words = request.GET.get("q", "").strip()[:WORDS_MOST]
    return render(
        request, "help/home.html", {"guides": guides(), "words": words, "found": list(found_in_guides(words))}
    )


@require_safe
def help_guide(request: HttpRequest, role: str) -> HttpResponse:
    """The guide of one role, whole: to read, to print for a training hour."""
    try:
        guide = guide_of(role)
    except NoSuchHelp:
        raise Http404 from None
    return render(request, "help/guide.html", {"guide": guide, "guides": guides()})
