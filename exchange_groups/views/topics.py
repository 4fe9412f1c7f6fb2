"""Topics: read, write, correct, react, report, download."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, button_of, unknown_to
from kb_site.accounts.requests import MemberRequest
from kb_site.control_characters import without_control_characters
from kb_site.http import SeeOther, form_status, is_id
from kb_site.media.missing_files import FileMissing
from practices.comments.models import Comment
from practices.comments.services import CommentError
from practices.comments.threads import address_of, comments_of, item_of

from ..access import group_for_talk, topic_of_address
from ..calls import people_to_call, proposed_for
from ..choices import ReactionKind
from ..comment_policy import refusal_to_write
from ..forms.topics import TopicForm, TopicReportForm, TopicTextForm
from ..models import ExchangeGroup, KeptFile, Topic, TopicDraft, TopicFile
from ..page_context import reactions_of, topic_context
from ..quotations import quotable_pages
from ..services import moderation, reactions, topics
from ..services.errors import GroupError
from ..services.kept_files import forget_files, keep_files, kept_files, open_kept
from ..uploads import check_files

LONGEST_TITLE = 120
DRAFT_FIELDS = ("type", "title", "body")


@require_safe
@never_cache
@topic_of_address
def topic_page(request: HttpRequest, topic: Topic, title: str) -> HttpResponseBase:
    """A topic and its replies; an old title in the address leads to the present one."""
    if title != topic.slug:
        return redirect(topic, permanent=False)
    return render(request, "groups/topic_page.html", topic_context(topic, request))


@require_http_methods(["GET", "HEAD", "POST"])
@group_for_talk
def topic_new(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Write a topic, or keep it as a draft. Files stay beside the form until it is published: they are sent once."""
    if not group.may_be_written_by(request.user):
        messages.error(request, _("On ne peut pas écrire dans ce groupe pour le moment."))
        return redirect(group)
    quotable = quotable_pages(request.user)
    if request.method != "POST":
        draft = TopicDraft.objects.filter(group=group, user=request.user).first()
        kept = kept_files(group=group, user=request.user) if draft else []
        initial = (draft.fields if draft else {}) | _asked(request)
        return _form_page(
            request,
            group,
            TopicForm(initial=initial, group=group, author=request.user, quotable=quotable),
            draft=draft,
            kept=kept,
        )
    kept = kept_files(group=group, user=request.user, ids=request.POST.getlist("kept_file"))
    if "brouillon" in request.POST:
        return _kept_as_draft(request, group, kept + _keep_chosen(request, group))
    draft = TopicDraft.objects.filter(group=group, user=request.user).first()
    if "retirer" in request.POST:
        taken_away = [one for one in kept if str(one.pk) == request.POST["retirer"]]
        forget_files(taken_away)
        kept = [one for one in kept if one not in taken_away] + _keep_chosen(request, group)
        form = TopicForm(initial=_typed(request), group=group, author=request.user, quotable=quotable)
        return _form_page(request, group, form, draft=draft, kept=kept)
    form = TopicForm(
        request.POST, request.FILES, group=group, author=request.user, quotable=quotable, kept_count=len(kept)
    )
    if form.is_valid() and (topic := _opened(request, group, form, kept)):
        return SeeOther(topic.get_absolute_url())
    kept += keep_files(group=group, user=request.user, files=form.accepted_files)
    return _form_page(request, group, form, draft=draft, kept=kept)


def _kept_as_draft(request: MemberRequest, group: ExchangeGroup, kept: list[KeptFile]) -> HttpResponseBase:
    try:
        seen = request.POST.get("draft_seen")
        topics.keep_draft(group=group, user=request.user, fields=_draft_fields(request), seen=seen)
    except topics.WrittenElsewhere as error:
        quotable = quotable_pages(request.user)
        form = TopicForm(request.POST, group=group, author=request.user, quotable=quotable, kept_count=len(kept))
        form.add_error(None, str(error.message))
        return _form_page(request, group, form, draft=None, kept=kept)
    messages.success(request, _("Votre brouillon est gardé. Vous seul le voyez."))
    return SeeOther(group.get_absolute_url())


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link to the form may choose beforehand: the type, a page to quote, the title (the words of a search)."""
    asked = {name: request.GET[name] for name in ("type", "quoted_page") if request.GET.get(name)}
    title = without_control_characters(request.GET.get("title", ""))[:LONGEST_TITLE]
    return asked | ({"title": title} if title else {})


def _draft_fields(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:6000].replace("\x00", "") for name in DRAFT_FIELDS}


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, to show the form again before it is sent for good."""
    lists = dict(request.POST.lists())
    return {name: values if name == "themes" else values[-1] for name, values in lists.items()}


def _keep_chosen(request: MemberRequest, group: ExchangeGroup) -> list[KeptFile]:
    """Keep the files that were just chosen, and tell why others are not."""
    taken, refused = check_files(request.FILES.getlist("files"))
    for error in refused:
        messages.error(request, " ".join(error.messages))
    return keep_files(group=group, user=request.user, files=taken)


def _opened(request: MemberRequest, group: ExchangeGroup, form: TopicForm, kept: list[KeptFile]) -> Topic | None:
    values = dict(form.cleaned_data)
    values.pop("personal_data_checked")
    already = Topic.objects.filter(submission_key=values["submission_key"]).exists()
    try:
        values["files"] = open_kept(kept) + values["files"]
        if not already and len(kept) < len(request.POST.getlist("kept_file")):
            raise FileNotFoundError
        if not already:
            topics.check_topic_pace(request.user)
        topic = topics.open_topic(group=group, author=request.user, **values)
        forget_files(kept)
        return topic
    except topics.KeyUsed as error:
        form.renew_key(str(error.message))
    except topics.AuthorInFile as error:
        form.add_error("files", str(error.message))
    except FileNotFoundError:
        form.add_error("files", _("Un fichier n’est plus gardé. Choisissez-le de nouveau, puis publiez."))
    except (CommentError, GroupError) as error:
        form.add_error("body", ValidationError(str(error.message), code=error.code))
    return None


def _form_page(
    request: HttpRequest, group: ExchangeGroup, form: TopicForm, *, draft: TopicDraft | None, kept: list[KeptFile]
) -> HttpResponse:
    context = {"group": group, "form": form, "draft": draft, "kept": kept}
    return render(request, "groups/topic_form.html", context, status=form_status(form))


@button_of("topic_new", "slug")
@group_for_talk
def topic_draft(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Keep a draft while it is being written (called by the page's script)."""
    try:
        seen = request.POST.get("draft_seen")
        draft = topics.keep_draft(group=group, user=request.user, fields=_draft_fields(request), seen=seen)
    except topics.WrittenElsewhere as error:
        return HttpResponse(error.message, status=HTTPStatus.CONFLICT, content_type="text/plain")
    saved_at = draft.saved_at.isoformat() if draft else ""
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Draft-Saved-At": saved_at})


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
@topic_of_address
def topic_edit(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Correct the words of one's topic."""
    if not topic.may_be_edited_by(request.user):
        raise Http404
    initial = {"title": topic.title, "body": topic.body}
    hidden = request.user if topic.masked else None
    form = TopicTextForm(request.POST if request.method == "POST" else None, initial=initial, hidden=hidden)
    if request.method == "POST" and form.is_valid():
        try:
            words = {name: form.cleaned_data[name] for name in ("title", "body")}
            topics.edit_topic(topic=topic, by=request.user, **words)
        except (CommentError, GroupError) as error:
            form.add_error("body", str(error.message))
        else:
            topic.title = words["title"]
            return SeeOther(topic.get_absolute_url())
    context = {"group": topic.group, "topic": topic, "form": form}
    return render(request, "groups/topic_edit.html", context, status=form_status(form))


@require_safe
@approved_account_required
@topic_of_address
def topic_history(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """The former words of a topic, for its author and the facilitators."""
    if not (topic.author_id == request.user.pk or topic.group.is_facilitated_by(request.user)):
        raise Http404
    context = {"group": topic.group, "topic": topic, "revisions": topic.revisions.all()}
    return render(request, "groups/topic_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
@topic_of_address
def topic_mask(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Who sees one's masked name; its author may let those who lead the group since see it too."""
    if not topic.masked or topic.author_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        topics.confide_name(topic=topic, by=request.user)
        messages.success(request, _("Les personnes qui animent le groupe aujourd’hui voient votre nom sur ce sujet."))
        return SeeOther(request.path)
    seen, unseen = topics.who_sees_name(topic)
    context = {"group": topic.group, "topic": topic, "seen": seen, "unseen": unseen}
    return render(request, "groups/topic_mask.html", context)


def _reply_or_404(topic: Topic, comment_id: Any) -> Comment:
    replies = comments_of(topic).filter(is_public=True, is_removed=False)
    return get_object_or_404(replies, pk=comment_id)


@button_of("topic_page", "slug", "topic_id", "title")
@approved_account_required
@topic_of_address
def topic_react(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """React to the topic or to a reply: « kind » or « kind:reply » in one button."""
    kind, _colon, reply = request.POST.get("reaction", "").partition(":")
    if kind not in ReactionKind.values or (reply and not is_id(reply)):
        raise Http404
    comment = _reply_or_404(topic, int(reply)) if reply else None
    if not topic.group.may_be_written_by(request.user):
        messages.error(request, _("On ne peut pas réagir dans ce groupe pour le moment."))
    else:
        reactions.react(topic=topic, user=request.user, kind=kind, comment=comment)
    return SeeOther(address_of(comment, topic) if comment else f"{topic.get_absolute_url()}#sujet")


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
@topic_of_address
def reply_actions(request: MemberRequest, topic: Topic, title: str, comment_id: int) -> HttpResponseBase:
    """Everything that one may do with a reply; posting marks it as useful, or no longer."""
    comment = _reply_or_404(topic, comment_id)
    may_mark = topic.may_be_marked_by(request.user)
    if request.method == "POST":
        if not may_mark:
            raise Http404
        reactions.mark_useful(topic=topic, comment=comment, by=request.user, useful="utile" in request.POST)
        return SeeOther(address_of(comment, topic))
    item = item_of(comment, topic, request.user)
    leads = topic.group.is_facilitated_by(request.user)
    own = comment.user_id == request.user.pk
    context = {
        "group": topic.group,
        "topic": topic,
        "reply": item,
        "address": address_of(comment, topic),
        "reactions": reactions_of(topic, request.user)[comment.pk],
        "may_react": topic.group.may_be_written_by(request.user),
        "may_mark": may_mark,
        "revisions": comment.revisions.all() if own or leads else [],
    }
    return render(request, "groups/reply_actions.html", context)


@require_safe
@never_cache
@approved_account_required
@topic_of_address
def topic_people(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """The people whom a reply may call, for ?q= the first letters of a name: a fragment that suggestions.js shows.

    For those who may reply, and nothing for a browser that saves data, whatever its script does.
    """
    if refusal_to_write(topic, request.user):
        raise Http404
    return _people_to_call(request, topic)


@require_safe
@never_cache
@group_for_talk
def group_people(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """The same for a new topic, for those who may open one."""
    if not group.may_be_written_by(request.user):
        raise Http404
    return _people_to_call(request, group)


def _people_to_call(request: MemberRequest, place: ExchangeGroup | Topic) -> HttpResponse:
    if request.headers.get("Save-Data", "").lower() == "on":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    people = proposed_for(request.GET.get("q", ""), people_to_call(place, request.user))
    return render(request, "groups/people_to_call.html", {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
@topic_of_address
def topic_report(request: MemberRequest, topic: Topic, title: str) -> HttpResponseBase:
    """Tell the facilitators about a topic."""
    form = TopicReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moderation.report_topic(topic=topic, reporter=request.user, **form.cleaned_data)
        messages.success(request, _("Merci. L’animation va relire ce sujet."))
        return SeeOther(topic.get_absolute_url())
    context = {"group": topic.group, "topic": topic, "form": form}
    return render(request, "groups/topic_report.html", context, status=form_status(form))


@require_safe
@never_cache
def topic_file(request: HttpRequest, file_id: Any) -> HttpResponseBase:
    """A file of a topic, for those who may read the topic; always downloaded, never shown as a page of the site."""
    file = get_object_or_404(TopicFile.objects.select_related("topic__group"), pk=file_id)
    if not file.topic.is_visible_to(request.user):
        return unknown_to(request)
    try:
        if file.topic.masked and not file.author_hidden:
            topics.hide_author_of_file(file)
        content = file.file.open("rb")
    except FileNotFoundError:
        raise FileMissing(_("Ce fichier n’est plus sur le site.")) from None
    except topics.AuthorInFile:
        raise FileMissing(_("Ce fichier peut nommer son auteur, qui est masqué : il n’est plus donné.")) from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
