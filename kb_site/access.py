"""Access: decorators of views. A visitor signs in and comes back; who is signed in without the right gets a 403.

One comes back by reading. An address that only takes a form says where its button is (`button_of`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponseBase]


def _requires(may_enter: Callable[[Any], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may_enter(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


account_required = _requires(lambda user: True)
approved_account_required = _requires(lambda user: user.is_approved)
coordinator_required = _requires(lambda user: user.may_decide_accounts())
referent_required = _requires(lambda user: user.is_approved and user.is_referent and user.structure_id is not None)


def button_of(page: str, *arguments: str) -> Callable[[View], View]:
    """Take nothing but a form (POST), whose button is on the page of this name; `arguments` of the address are also
    those of the page. Whoever comes to read, as one does after signing in, is led to that page and told to press again.
    """

    def decorate(view: View) -> View:
        posted = require_POST(view)

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD"}:
                return posted(request, *args, **kwargs)
            if request.user.is_authenticated:
                words = _("Rien n’a encore été fait : appuyez à nouveau sur le bouton de cette page.")
                messages.info(request, words)
            return redirect(page, **{name: kwargs[name] for name in arguments})

        return wrapped

    return decorate
