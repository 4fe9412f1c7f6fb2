"""Who comes in: the group or the topic of an address, for those who may know of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest
from kb_site.accounts.services.approval import may_decide

from .models import ExchangeGroup, Membership, Topic
from .page_context import for_page
from .permissions import groups_open_to

View = Callable[..., HttpResponseBase]


def _unknown(request: HttpRequest) -> HttpResponseBase:
    """Nothing here for this person: a visitor may sign in and come back, whether the thing exists or not."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def group_of_address(view: View) -> View:
    """Give the view the group named in the address, to those who may know that it exists."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        groups = ExchangeGroup.objects.select_related("network", "support_group", "charter")
        group = groups.visible_to(request.user).filter(slug=slug).first()
        if group is None:
            return _unknown(request)
        return view(request, group, *args, **kwargs)

    return wrapped


def group_for_talk(view: View) -> View:
    """Give the view a group whose talk this approved account shares; a member with a charter to accept is led to it."""

    @approved_account_required
    @group_of_address
    def wrapped(request: MemberRequest, group: ExchangeGroup, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not group.may_be_read_by(request.user):
            return _charter_first(request, group)
        return view(request, group, *args, **kwargs)

    return wraps(view)(wrapped)


def group_for_decisions(view: View) -> View:
    """Give the view a group to its members, charter accepted or not, and to the coordination: who decides of it is no
    part of its talk. To anyone else it has no such page."""

    @approved_account_required
    @group_of_address
    def wrapped(request: MemberRequest, group: ExchangeGroup, *args: Any, **kwargs: Any) -> HttpResponseBase:
        members = Membership.objects.of_approved_accounts().filter(group=group)
        if not may_decide(request.user) and not members.filter(user=request.user).exists():
            raise Http404
        return view(request, group, *args, **kwargs)

    return wraps(view)(wrapped)


def group_to_manage(view: View) -> View:
    """Give the view a group that this person facilitates. To anyone else its management does not exist."""

    @approved_account_required
    @wraps(view)
    def wrapped(request: MemberRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        groups = ExchangeGroup.objects.select_related("network", "charter")
        group = groups.managed_by(request.user).filter(slug=slug).first()
        if group is None:
            raise Http404
        return view(request, group, *args, **kwargs)

    return wrapped


def topic_of_address(view: View) -> View:
    """Give the view the topic of the address, to those who may read it; a merged topic leads to where it went."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, topic_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        topics = Topic.objects.visible_to(request.user).select_related("group__charter", "author__structure")
        topic = for_page(topics).filter(pk=topic_id, group__slug=slug).first()
        if topic is not None:
            return view(request, topic, *args, **kwargs)
        moved = Topic.objects.select_related("group", "merged_into__group").filter(pk=topic_id).first()
        if moved is not None:
            place = moved.merged_into or moved
            if place.is_visible_to(request.user) and (moved.merged_into_id or moved.group.slug != slug):
                return redirect(place)
            if request.user.is_authenticated and moved.group.slug == slug and not moved.is_removed:
                return _charter_first(request, moved.group)
        return _unknown(request)

    return wrapped


def _charter_first(request: HttpRequest, group: ExchangeGroup) -> HttpResponseBase:
    is_in = Membership.objects.current().filter(group=group, user=request.user).exists()  # type: ignore[misc]
    waits = is_in and group.pk not in groups_open_to(request.user)
    if waits and group.charter_id and group.may_welcome(request.user):
        return redirect("group_charter", group.slug)
    raise Http404
