"""Who comes in: the group or the topic of an address, for those who may know of it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kb_site.access import approved_account_required, object_of_address, unknown_to
from kb_site.accounts.services.approval import may_decide
from kb_site.given_addresses.models import holder_of
from kb_site.given_addresses.redirection import redirect_to_present

from .models import ExchangeGroup, Membership, SupportGroup, Topic
from .page_context import for_page
from .permissions import groups_open_to


def _known_group(user: Any, slug: str) -> ExchangeGroup | None:
    groups = ExchangeGroup.objects.select_related("network", "support_group", "charter")
    return groups.visible_to(user).filter(slug=slug).first()


def _group_that_talks_to(user: Any, slug: str) -> ExchangeGroup | None:
    group = _known_group(user, slug)
    return group if group and group.may_be_read_by(user) else None


def _group_told_of_decisions(user: Any, slug: str) -> ExchangeGroup | None:
    group = _known_group(user, slug)
    members = Membership.objects.of_approved_accounts()
    return group if group and (may_decide(user) or members.filter(group=group, user=user).exists()) else None


def _managed_group(user: Any, slug: str) -> ExchangeGroup | None:
    return ExchangeGroup.objects.select_related("network", "charter").managed_by(user).filter(slug=slug).first()


def _readable_topic(user: Any, slug: str, topic_id: int) -> Topic | None:
    topics = Topic.objects.visible_to(user).select_related("group__charter", "author__structure")
    return for_page(topics, user).filter(pk=topic_id, group__slug=slug).first()


def _managed_topic(user: Any, slug: str, topic_id: int) -> Topic | None:
    topic = _readable_topic(user, slug, topic_id)
    if topic and not topic.group.is_facilitated_by(user):
        raise Http404
    return topic


def _charter_first(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead a member who has a charter to accept to it; for anyone else there is no such page."""
    group = _known_group(request.user, slug)
    is_in = Membership.objects.current().filter(group=group, user=request.user).exists()  # type: ignore[misc]
    waits = group and is_in and group.pk not in groups_open_to(request.user)
    if group and waits and group.charter_id and group.may_welcome(request.user):
        return redirect("group_charter", group.slug)
    raise Http404


def _support_group(user: Any, slug: str) -> SupportGroup | None:
    return SupportGroup.objects.select_related("network").filter(slug=slug).first()


def _where_support_group_went(request: HttpRequest, slug: str) -> HttpResponseBase:
    held = holder_of(SupportGroup.address_kind, slug)
    group = SupportGroup.objects.filter(pk=held).first() if held else None
    if group is None:
        raise Http404
    return redirect_to_present(request, slug=group.slug)


def _where_group_went(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead from the former address of a group to the same page under its present one, those who may know of it."""
    held = holder_of(ExchangeGroup.address_kind, slug)
    known = ExchangeGroup.objects.visible_to(request.user).exclude(slug=slug)
    group = known.filter(pk=held).first() if held else None
    if group is None or request.resolver_match is None:
        return unknown_to(request)
    return redirect_to_present(request, slug=group.slug)


def _where_group_went_or_charter(request: HttpRequest, slug: str) -> HttpResponseBase:
    known = _known_group(request.user, slug)
    return _charter_first(request, slug) if known else _where_group_went(request, slug)


def _where_topic_went(request: HttpRequest, slug: str, topic_id: int) -> HttpResponseBase:
    moved = Topic.objects.select_related("group", "merged_into__group").filter(pk=topic_id).first()
    if moved is not None:
        place = moved.merged_into or moved
        if place.is_visible_to(request.user) and (moved.merged_into_id or moved.group.slug != slug):
            return redirect(place)
        if request.user.is_authenticated and moved.group.slug == slug and not moved.is_removed:
            return _charter_first(request, slug)
    return unknown_to(request)


# A support group: everybody knows of it.
support_group_of_address = object_of_address(_support_group, otherwise=_where_support_group_went)
# A group, for those who may know that it exists; a former address leads to the present one, as in what follows.
group_of_address = object_of_address(_known_group, otherwise=_where_group_went)
# A group whose talk this approved account shares.
group_for_talk = object_of_address(
    _group_that_talks_to, accounts=approved_account_required, otherwise=_where_group_went_or_charter
)
# A group, for its members, charter accepted or not, and for the coordination: who decides of it is no part of its talk.
group_for_decisions = object_of_address(
    _group_told_of_decisions, accounts=approved_account_required, otherwise=_where_group_went
)
# A group that this person facilitates: to anyone else its management does not exist.
group_to_manage = object_of_address(_managed_group, accounts=approved_account_required, otherwise=_where_group_went)
# A topic, for those who may read it; a merged or moved one leads to where it went.
topic_of_address = object_of_address(_readable_topic, otherwise=_where_topic_went)
# A topic that this person moderates: to anyone else it has no such page.
topic_to_manage = object_of_address(_managed_topic, accounts=approved_account_required, otherwise=_where_topic_went)
