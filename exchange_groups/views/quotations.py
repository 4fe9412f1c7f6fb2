"""Talk about a page of knowledge: every topic on it, and opening one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest

from ..listings import TOPICS_PER_PAGE
from ..models import ExchangeGroup
from ..permissions import groups_open_to
from ..quotations import quotable_pages, topics_about


@require_safe
@never_cache
def talk_about(request: HttpRequest, page_id: int) -> HttpResponse:
    """The topics about a page that this person may read, the latest word first."""
    page = get_object_or_404(quotable_pages(request.user), pk=page_id).specific
    topics = topics_about(page, request.user).select_related("group")
    listed = Paginator(topics, TOPICS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "groups/talk_about.html", {"page": page, "topics": listed})


@require_safe
@approved_account_required
def talk_start(request: MemberRequest, page_id: int) -> HttpResponseBase:
    """Begin a topic that quotes a page: at once in one's only group, else after choosing which."""
    page = get_object_or_404(quotable_pages(request.user), pk=page_id)
    mine = ExchangeGroup.objects.filter(pk__in=list(groups_open_to(request.user))).order_by("name")
    groups = [group for group in mine if group.may_be_written_by(request.user)]
    doors = [(group, reverse("topic_new", args=[group.slug]) + f"?quoted_page={page.pk}") for group in groups]
    if len(doors) == 1:
        return redirect(doors[0][1])
    return render(request, "groups/talk_start.html", {"page": page, "doors": doors})
