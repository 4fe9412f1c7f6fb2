"""What keeps a conversation going: the summary of a topic, its question with choices."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kb_site.access import approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, is_id
from practices.comments.services import CommentError

from ..access import topic_of_address, topic_to_manage
from ..forms.conversation import PollForm, SummaryForm
from ..models import Topic, TopicPoll, TopicSummary
from ..services import conversation
from ..services.errors import GroupError


@require_http_methods(["GET", "HEAD", "POST"])
@topic_to_manage
def topic_summary(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Sum up a topic, for those who lead its group."""
    written = TopicSummary.objects.filter(topic=topic).first()
    data = request.POST if request.method == "POST" else None
    form = SummaryForm(data, initial={"text": written.text if written else ""})
    if form.is_valid():
        try:
            conversation.write_summary(topic=topic, by=request.user, text=form.cleaned_data["text"])
        except CommentError as error:
            form.add_error("text", str(error.message))
        else:
            return SeeOther(topic.get_absolute_url())
    context = {"group": topic.group, "topic": topic, "form": form}
    return render(request, "groups/topic_summary.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@topic_of_address
def topic_poll(request: HttpRequest, topic: Topic, title: str) -> HttpResponseBase:
    """The question of a topic with what was chosen; none yet: the form to ask it, for its author and the facilitators."""
    poll = TopicPoll.objects.filter(topic=topic).first()
    if poll is None:
        return _poll_form(request, topic)
    if request.method == "POST":
        return SeeOther(request.path)
    return render(request, "groups/topic_poll.html", _poll_context(request.user, topic, poll))


def _poll_form(request: Any, topic: Topic) -> HttpResponseBase:
    if not topic.may_be_marked_by(request.user):
        raise Http404
    form = PollForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        choices = form.cleaned_data["choices"].splitlines()
        try:
            conversation.ask_poll(topic=topic, by=request.user, question=form.cleaned_data["question"], choices=choices)
        except CommentError as error:
            form.add_error("question", str(error.message))
        else:
            return SeeOther(request.path)
    context = {"group": topic.group, "topic": topic, "form": form, "poll": None}
    return render(request, "groups/topic_poll.html", context, status=form_status(form))


def _poll_context(user: Any, topic: Topic, poll: TopicPoll) -> dict[str, Any]:
    votes = dict(poll.votes.values_list("user", "choice"))
    counts, mine = Counter(votes.values()), votes.get(user.pk)
    open_to_me = user.is_authenticated and topic.is_shared_with(user) and topic.group.may_be_written_by(user)
    return {
        "group": topic.group,
        "topic": topic,
        "form": None,
        "poll": poll,
        "lines": [
            {"words": words, "votes": counts[place], "mine": place == mine} for place, words in enumerate(poll.choices)
        ],
        "total": len(votes),
        "voted": mine is not None,
        "may_vote": open_to_me and not poll.closed_at,
        # Who may choose does so before knowing what others did.
        "shows_results": bool(poll.closed_at) or mine is not None or not open_to_me,
        "may_close": not poll.closed_at and topic.may_be_marked_by(user),
    }


def _poll_or_404(topic: Topic) -> TopicPoll:
    poll = TopicPoll.objects.filter(topic=topic).first()
    if poll is None:
        raise Http404
    return poll


@button_of("topic_poll", "slug", "topic_id", "title")
@approved_account_required
@topic_of_address
def poll_vote(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Choose, for those who may write in the group."""
    poll, choice = _poll_or_404(topic), request.POST.get("choice", "")
    if not (topic.is_shared_with(request.user) and topic.group.may_be_written_by(request.user)):
        raise Http404
    try:
        conversation.vote(poll=poll, user=request.user, choice=int(choice) if is_id(choice) or choice == "0" else -1)
    except GroupError as error:
        messages.error(request, str(error.message))
    return SeeOther(request.path.removesuffix("choisir/"))


@button_of("topic_poll", "slug", "topic_id", "title")
@approved_account_required
@topic_of_address
def poll_close(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Close the question, for the author of the topic and the facilitators."""
    if not topic.may_be_marked_by(request.user):
        raise Http404
    conversation.close_poll(poll=_poll_or_404(topic))
    return SeeOther(request.path.removesuffix("clore/"))
