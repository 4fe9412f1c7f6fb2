"""A fresh proof of who holds the device, before what opens or takes away: a code by mail given lately, or a key.

A session stays open for thirty days on a phone that others pick up. What is listed here asks for a code again unless one was
given, or a key used, less than settings.FRESH_PROOF_SECONDS ago; what was sent waits in the session and is done once the code
is right: nothing is typed twice.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from .models import User

# Addresses whose forms (POST) ask for it, by name: passkeys, roles, confidentiality, export, erasure.
ASKED = frozenset(
    {
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "my_data_export",
        "erasure_ask",
        "account_detail",
        "group_confidentiality",
        "group_naming",
        "manage_role",
        "wagtailusers_users:add",
        "wagtailusers_users:edit",
        "wagtailusers_users:delete",
        "wagtailusers_groups:add",
        "wagtailusers_groups:edit",
        "wagtailusers_groups:delete",
        "wagtailsnippets_exchange_groups_exchangegroup:add",
        "wagtailsnippets_exchange_groups_exchangegroup:edit",
        "wagtailsnippets_exchange_groups_exchangegroup:copy",
        "wagtailsnippets_exchange_groups_exchangegroup:delete",
    }
)
# Of the lists where several rows are changed at once: accounts and groups, not pages.
BULK = "wagtail_bulk_action"
BULK_OF = frozenset({"members", "exchange_groups"})
STATE = "fresh_proof"
TRIES = 3


def is_asked(name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether the form of this address asks for a fresh proof; `arguments`: those of the address."""
    return name in ASKED or (name == BULK and arguments.get("app_label") in BULK_OF)


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person proved lately, in this session, that they are who they are."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.FRESH_PROOF_SECONDS


class FreshProofMiddleware:
    """Suspends what is listed until the proof is given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Ask for the proof instead of the view."""
        match = request.resolver_match
        if request.method != "POST" or match is None or not is_asked(match.view_name, match.kwargs):
            return None
        if not isinstance(request.user, User) or is_fresh(request):
            return None
        return suspend_request(request, reverse("account_reauthenticate"))


class CodeProcess(AbstractCodeVerificationProcess):
    """A code sent to the account's own address, kept in the session for ten minutes, tried three times."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            max_attempts=TRIES,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,  # type: ignore[arg-type]
        )

    @classmethod
    def current(cls, request: HttpRequest) -> "CodeProcess | None":
        """Return the process under way; None when none is, or its code is too old."""
        state = request.session.get(STATE)
        found = cls(request, state) if state else None
        return found.abort_if_invalid() if found else None

    @classmethod
    def start(cls, request: HttpRequest) -> "CodeProcess":
        """Send a code and return the process."""
        process = cls(request, cls.initial_state(user=request.user, email=request.user.email))  # type: ignore[union-attr, arg-type]
        process.send()
        process.persist()
        return process

    def send(self) -> None:
        adapter = get_adapter(self.request)
        self.state["code"] = adapter.generate_login_code()
        context = {"request": self.request, "code": self.code}
        adapter.send_mail("account/email/login_code", self.state["email"], context)

    def persist(self) -> None:
        self.request.session[STATE] = self.state

    def abort(self) -> None:
        self.request.session.pop(STATE, None)

    def finish(self) -> None:
        """The code is right: the proof is fresh."""
        self.abort()
        record_authentication(self.request, self.user, method="code", email=self.state["email"], reauthenticated=True)
