"""A fresh proof of who holds the device, before what opens or takes away: a code by mail given lately, or a key.

A session stays open for thirty days on a phone that others pick up. What is listed here asks for a code again, or for a key of
the account, unless one was given less than settings.FRESH_PROOF_SECONDS ago; what was sent waits in the session and is done
once the proof is right: nothing is typed twice.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from .codes import CodeProcess
from .models import User

# Addresses whose forms ask for it, by name: passkeys, roles, confidentiality, export, erasure.
ASKED = frozenset(
    {
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "my_data_export",
        "erasure_ask",
        "account_detail",
        "account_email",
        "account_address",
        "group_confidentiality",
        "group_naming",
        "manage_role",
        "decision_answer",
    }
)
# Screens of Wagtail, each of their addresses: accounts, roles, groups.
SCREENS = ("wagtailusers_users:", "wagtailusers_groups:", "wagtailsnippets_exchange_groups_exchangegroup:")
# Of the lists where several rows are changed at once: accounts and groups, not pages.
BULK = "wagtail_bulk_action"
BULK_OF = frozenset({"members", "exchange_groups"})
SAFE = frozenset({"GET", "HEAD"})
STATE = "fresh_proof"


def is_asked(name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether the form of this address asks for a fresh proof; `arguments`: those of the address."""
    in_list = name == BULK and arguments.get("app_label") in BULK_OF
    return name in ASKED or name.startswith(SCREENS) or in_list


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
        if request.method in SAFE or match is None or not is_asked(match.view_name, match.kwargs):
            return None
        if not isinstance(request.user, User) or is_fresh(request):
            return None
        return suspend_request(request, reverse("account_reauthenticate"))


class FreshCode(CodeProcess):
    """A code sent to the account's own address."""

    kept_in = STATE

    def done(self) -> None:
        """The proof is fresh."""
        record_authentication(self.request, self.user, method="code", email=self.state["email"], reauthenticated=True)


def keys_of(user: User) -> bool:
    """Whether this account has a passkey, which proves as well as a code."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
