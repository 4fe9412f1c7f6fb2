"""The facilitators' moderation of topics: pin, close, move, merge, split, propose for the session; reports."""

from collections.abc import Callable
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther
from practices.comments.threads import readable_comments_of

from ..access import group_to_manage, topic_to_manage
from ..forms.topics import CloseForm, MergeForm, MoveForm, SplitForm, TopicDecisionForm
from ..listings import author_shown
from ..models import ExchangeGroup, Topic, TopicReport
from ..services import moderation
from ..services.errors import GroupError, WouldOpen
from ..services.topics import files_that_name_author

OFFERED = 100  # topics to merge with, threads to split


def _forms(topic: Topic, request: MemberRequest) -> dict[str, Any]:
    """The forms of the page; the one that was posted, named by its button, is bound."""
    posted = request.POST.get("action") if request.method == "POST" else None

    def data(name: str) -> Any:
        return request.POST if posted == name else None

    others = Topic.objects.visible_to(request.user).filter(group=topic.group).exclude(pk=topic.pk).in_order()
    groups = ExchangeGroup.objects.managed_by(request.user).exclude(pk=topic.group_id)
    roots = readable_comments_of(topic).filter(level=0).order_by("pk").values_list("pk", "comment")[:OFFERED]
    threads = [(pk, Truncator(text).chars(90)) for pk, text in roots]
    return {
        "clore": CloseForm(data("clore"), auto_id="clore_%s"),
        "deplacer": MoveForm(data("deplacer"), groups=groups, auto_id="deplacer_%s"),
        "fusionner": MergeForm(
            data("fusionner"), topics=others, files_go=len(files_that_name_author(topic)), auto_id="fusionner_%s"
        ),
        "scinder": SplitForm(data("scinder"), threads=threads, auto_id="scinder_%s"),
    }


def _act(topic: Topic, request: MemberRequest, action: str, forms: dict[str, Any]) -> Topic | None:
    """Do what was asked and return the topic to show; None when a form is not valid. Raises GroupError."""
    simple: dict[str, Callable[[], Any]] = {
        "epingler": lambda: moderation.pin(topic=topic, pinned=not topic.pinned),
        "proposer": lambda: moderation.propose_for_session(topic=topic, proposed=topic.proposed_for_session_at is None),
        "rouvrir": lambda: moderation.reopen_topic(topic=topic),
    }
    if action in simple:
        simple[action]()
        return topic
    form = forms[action]
    if not form.is_valid():
        return None
    values = form.cleaned_data
    if action == "clore":
        moderation.close_topic(topic=topic, reason=values["reason"])
    elif action == "deplacer":
        try:
            moderation.move_topic(topic=topic, to=values["group"])
        except WouldOpen as error:
            form.add_error("group", str(error.message))
            return None
        topic.group = values["group"]
    elif action == "fusionner":
        gone = moderation.merge_topics(topic=topic, into=values["into"], files_may_go=values.get("files_may_go", False))
        if gone:
            words = ngettext(
                "%(n)s fichier n’a pas suivi et est effacé : il nommait la personne masquée.",
                "%(n)s fichiers n’ont pas suivi et sont effacés : ils nommaient la personne masquée.",
                gone,
            )
            messages.warning(request, words % {"n": gone})
        return Topic.objects.select_related("group").get(pk=values["into"].pk)
    else:
        threads = [int(pk) for pk in values["threads"]]
        new = moderation.split_topic(topic=topic, threads=threads, title=values["title"], by=request.user)
        return Topic.objects.select_related("group").get(pk=new.pk)
    return topic


@require_http_methods(["GET", "HEAD", "POST"])
@topic_to_manage
def topic_manage(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Everything that a facilitator may do with a topic, on one page."""
    forms = _forms(topic, request)
    status = HTTPStatus.OK
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action not in {"epingler", "proposer", "rouvrir", *forms}:
            raise Http404
        try:
            shown = _act(topic, request, action, forms)
        except GroupError as error:
            messages.error(request, str(error.message))
            return SeeOther(topic.get_absolute_url())
        if shown is not None:
            messages.success(request, _("C’est fait."))
            return SeeOther(shown.get_absolute_url())
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"group": topic.group, "topic": topic, "forms": forms, "form": forms["clore"]}
    return render(request, "groups/topic_manage.html", context, status=status)


def _reports_page(
    request: HttpRequest, group: ExchangeGroup, failed: tuple[int, TopicDecisionForm] | None = None
) -> HttpResponse:
    topics = Topic.objects.visible_to(request.user).filter(group=group).order_by()
    waiting = TopicReport.objects.filter(topic__in=topics, outcome="")
    rows = waiting.select_related("topic__author").order_by("topic_id", "created_at")
    cases = []
    for topic, reports in groupby(rows, key=lambda report: report.topic):
        topic.group = group
        form = failed[1] if failed and failed[0] == topic.pk else TopicDecisionForm(auto_id=f"sujet-{topic.pk}-%s")
        cases.append((topic, author_shown(topic, request.user, former=False), list(reports), form))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    context = {"group": group, "cases": cases, "form": failed[1] if failed else None}
    return render(request, "groups/manage/reports.html", context, status=status)


@require_safe
@group_to_manage
def manage_reports(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """The reported topics of the group; reported replies are in the common queue."""
    if not group.is_facilitated_by(request.user):
        return redirect("group_charter", group.slug)
    return _reports_page(request, group)


@button_of("manage_reports", "slug")
@group_to_manage
def manage_report(request: MemberRequest, group: ExchangeGroup, topic_id: int) -> HttpResponseBase:
    """Keep a reported topic, or remove it with a reason."""
    if not group.is_facilitated_by(request.user):
        return redirect("group_charter", group.slug)
    topic = get_object_or_404(Topic.objects.visible_to(request.user), group=group, pk=topic_id)
    form = TopicDecisionForm(request.POST, auto_id=f"sujet-{topic.pk}-%s")
    if not form.is_valid():
        return _reports_page(request, group, (topic.pk, form))
    try:
        moderation.decide_topic_report(topic=topic, by=request.user, **form.cleaned_data)
    except GroupError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("C’est fait."))
    return SeeOther(reverse("manage_reports", args=[group.slug]))
