"""Answers and readings of HTTP that every app shares."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponseRedirect

LONGEST_ID = 18  # digits: fits in the bigint of the database


class SeeOther(HttpResponseRedirect):
    """Go and see the result: what follows a successful POST is a GET."""

    status_code = HTTPStatus.SEE_OTHER


def form_status(form: Any) -> HTTPStatus:
    """Return the status of a page that shows this form: 422 when it was sent and refused, else 200."""
    refused = form is not None and form.is_bound and form.errors
    return HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def is_id(text: str) -> bool:
    """Whether this text may be the id of a row: digits that the database can hold."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
