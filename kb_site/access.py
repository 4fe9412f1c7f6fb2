"""Access: decorators of views. A visitor signs in and comes back; who is signed in without the right gets a 403, or a 404
where even the existence of the thing is not theirs to know.

One comes back by reading. An address that only takes a form says where its button is (`button_of`).
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponseBase]
Decorator = Callable[[View], View]


def refused_to(request: HttpRequest) -> HttpResponseBase:
    """Answer for a thing that this person may not read: a visitor signs in and comes back. Raises PermissionDenied."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.get_full_path())


def unknown_to(request: HttpRequest) -> HttpResponseBase:
    """Answer for a thing that is not there for this person: a visitor may sign in and come back, whether it exists or not.
    Raises Http404.
    """
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


def requires(may_enter: Callable[[Any], bool]) -> Decorator:
    """Make a decorator that opens a view to the accounts that pass this test."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not (request.user.is_authenticated and may_enter(request.user)):
                return refused_to(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


account_required = requires(lambda user: True)
approved_account_required = requires(lambda user: user.is_approved)
# Members, and accounts that wait to be approved: what they prepare leaves once they are.
preparing_account_required = requires(lambda user: user.may_prepare)
coordinator_required = requires(lambda user: user.may_decide_accounts())
referent_required = requires(lambda user: user.is_approved and user.is_referent and user.structure_id is not None)


def object_of_address(
    find: Callable[..., Any], *, accounts: Decorator | None = None, otherwise: View | None = None
) -> Decorator:
    """Make a decorator that gives views the object of their address, in place of the words of the address that name it.

    `find(user, …)` takes those words by their names in the address, and returns the object, or None when there is no such
    page for this person. `accounts`: the decorator that says, first, which accounts come in at all. `otherwise` answers,
    given the same words, when nothing is found; `unknown_to` by default.
    """
    names = list(signature(find).parameters)[1:]

    def decorate(view: View) -> View:
        @wraps(view)
        def given(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            words = {name: kwargs.pop(name) for name in names}
            found = find(request.user, **words)
            if found is not None:
                return view(request, found, *args, **kwargs)
            return otherwise(request, **words) if otherwise else unknown_to(request)

        return accounts(given) if accounts else given

    return decorate


def button_of(page: str, *arguments: str) -> Decorator:
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
