"""Answers and readings of HTTP that every app shares."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

# A page for one person that holds nothing confidential: their browser may keep it, and asks each time whether it changed.
KEPT_BY_READER = "private, no-cache"

# What any visitor reads and others' caches may keep: withdrawn, or closed, it is gone from everywhere ten minutes later.
SECONDS_KEPT_BY_ALL = 600
KEPT_BY_ALL = f"public, max-age={SECONDS_KEPT_BY_ALL}"

LONGEST_ID = 18  # digits: fits in the bigint of the database


class SeeOther(HttpResponseRedirect):
    """Go and see the result: what follows a successful POST is a GET."""

    status_code = HTTPStatus.SEE_OTHER


# What the page of « trop d’essais » does not carry: the token of another form, words that the browser must not show again.
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "password"})


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer that it was tried too often (429): the page holds what was typed, and a button that sends it again later.

    Files cannot be carried: the page says to join them again.
    """
    carried = [(name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
    context = {"carried": carried, "posted": request.method == "POST", "files": bool(request.FILES)}
    return render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)


# The code of an error of a form that says « too often »: allauth's own.
RATE_LIMITED = "rate_limited"


def form_status(form: Any) -> HTTPStatus:
    """Return the status of a page that shows this form: 422 when it was sent and refused, 429 when too often, else 200."""
    if form is None or not form.is_bound or not form.errors:
        return HTTPStatus.OK
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return HTTPStatus.TOO_MANY_REQUESTS if RATE_LIMITED in codes else HTTPStatus.UNPROCESSABLE_ENTITY


# The header of who fetches a page to keep a copy of it (service_worker.js): nobody reads it by now.
COPY_HEADER = "X-Copy"


def is_copy(request: HttpRequest) -> bool:
    """Whether this page is fetched to be kept: it counts as no reading, and uses up no message."""
    return COPY_HEADER in request.headers


def is_id(text: str) -> bool:
    """Whether this text may be the id of a row: digits that the database can hold."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
