"""Two webhooks for the mail server, closed unless MAIL_WEBHOOK_SECRET is set: what bounced, and what was answered.

See docs/mail.md. Both ask for « Authorization: Bearer <secret> »; neither writes an address in the logs.
"""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kb_site.mailing.bounces import record_problem
from kb_site.mailing.models import AddressProblem

from .replies import receive

LARGEST_MAIL = 20 * 1024 * 1024
REPORTS_AT_ONCE = 1000


def secret_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever holds the secret shared with the mail server; the door does not exist without one."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        secret = settings.MAIL_WEBHOOK_SECRET
        if not secret:
            raise Http404
        if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {secret}"):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return view(request)

    return wrapped


@secret_required
def mail_reports(request: HttpRequest) -> HttpResponse:
    """Record bounces and complaints: {"events": [{"type": "bounce", "email": "…"}]}; the same report twice is harmless.

    Unknown types are counted and left out, since servers add some.
    """
    try:
        events = json.loads(request.body)["events"]
        reports = [(str(event["type"]), _address(event["email"])) for event in events[:REPORTS_AT_ONCE]]
    except (ValueError, KeyError, TypeError, ValidationError):
        return JsonResponse({"error": "events: [{type, email}]"}, status=HTTPStatus.BAD_REQUEST)
    known = [(kind, address) for kind, address in reports if kind in AddressProblem.Kind.values]
    for kind, address in known:
        record_problem(email=address, kind=kind)
    return JsonResponse({"recorded": len(known), "ignored": len(reports) - len(known)})


def _address(value: Any) -> str:
    validate_email(value)
    return str(value)


@secret_required
def mail_replies(request: HttpRequest) -> HttpResponse:
    """Take one message as the mail server received it (RFC 5322 bytes); the answer says what became of it."""
    raw = request.read(LARGEST_MAIL + 1)
    if len(raw) > LARGEST_MAIL:
        return JsonResponse({"error": "too large"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    received = receive(raw)
    return JsonResponse({"outcome": received.outcome if received else "unknown"})
