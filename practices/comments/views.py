"""The pages of comments: each asks for an approved account and for a card that this person may read."""

from functools import wraps
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import View, approved_account_required, button_of, unknown_to
from kb_site.accounts.models import User
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status

from ..plain_text import quote
from . import services
from .forms import CommentForm, CommentTextForm, ReportForm
from .models import Comment, CommentReport
from .policies import CommentPolicy, policy_named, policy_of, policy_of_comment
from .rulebook import check_text, clean_text, write_comment
from .threads import address_of, author_name, comments_of, is_moderator, moderable_comments, shown_name

DRAFT = "comment_draft"
QUEUE_LENGTH = 50


def commenter_required(view: View) -> View:
    """Open to approved accounts: a text that a visitor had typed is not lost, and an account that waits is told so."""
    guarded = approved_account_required(view)

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        text = request.POST.get("text")
        if text and not request.user.is_authenticated:
            request.session[DRAFT] = [request.path, text[: settings.COMMENT_MAX_LENGTH]]
        try:
            return guarded(request, *args, **kwargs)
        except PermissionDenied:
            if request.user.is_approved:  # type: ignore[union-attr]
                raise
            words = _("Votre compte n’est pas encore validé par la coordination. Vous pourrez commenter ensuite.")
            return _refusal(request, words, HTTPStatus.FORBIDDEN)

    return wrapped


def _refusal(request: HttpRequest, words: str, status: HTTPStatus, target: Model | None = None) -> HttpResponse:
    context = {"title": _("Ce n’est pas possible"), "refusal": words} | _place(target)
    return render(request, "comments/comment_form_page.html", context, status=status)


def _place(target: Model | None) -> dict[str, Any]:
    """What templates say of the card or topic that the comment is on."""
    if target is None:
        return {}
    rules = policy_of(target)
    return {"target": target, "target_label": rules.label(target), "target_url": rules.address(target)}


def _moderators_only(request: HttpRequest) -> HttpResponse:
    words = _("Cette page est réservée aux éditeurs des fiches, aux animateurs des groupes et à la coordination.")
    return _refusal(request, words, HTTPStatus.FORBIDDEN)


def _target_or_404(request: MemberRequest, rules: CommentPolicy, pk: int | str) -> Any:
    return get_object_or_404(rules.visible_to(request.user), pk=pk)


def _comment_or_404(request: MemberRequest, comment_id: int) -> tuple[Comment, Any]:
    """Return a public comment, maybe removed, and what it is on; 404 unless this person may read that."""
    comment = get_object_or_404(Comment.objects.filter(is_public=True).select_related("user"), pk=comment_id)
    rules = policy_of_comment(comment)
    if rules is None:
        raise Http404
    return comment, _target_or_404(request, rules, comment.object_pk)


def _draft(request: HttpRequest) -> str:
    path, text = request.session.get(DRAFT, ("", ""))
    return text if path == request.path else ""


def _form_page(
    request: HttpRequest, form: CommentTextForm, target: Model, title: str, parent: Comment | None = None
) -> HttpResponse:
    if isinstance(form, CommentForm):  # a correction calls nobody
        form.propose_people(policy_of(target).address_of_people(target))
    context = {
        "form": form,
        "title": title,
        "parent": parent,
        "parent_author": shown_name(parent, target, request.user) if parent else "",
    } | _place(target)
    status = form_status(form)
    return render(request, "comments/comment_form_page.html", context, status=status)


def _hidden(target: Model, user: User) -> User | None:
    """The author, where their name is masked."""
    return user if policy_of(target).masks(target, user) else None


def _published(request: MemberRequest, form: CommentForm, target: Model, parent: Comment | None) -> HttpResponse | None:
    """Store a valid form and lead to the comment; None, with the reason in the form, when it cannot be."""
    text = form.cleaned_data["text"]
    key = form.cleaned_data["submission_key"]
    mention = form.cleaned_data.get("mention")
    try:
        comment = write_comment(
            target=target,
            author=request.user,
            text=text,
            submission_key=key,
            parent=parent,
            mentioned=[mention] if mention else [],
            agreed=None if form.cleaned_data["personal_data_checked"] else (),
        )
    except services.SubmissionKeyUsed as error:
        form.renew_key(error.message)
        return None
    except services.CommentError as error:
        form.add_error("text", ValidationError(error.message, code=error.code))
        return None
    same_place = comment.level == 0 if parent is None else comment.level and comment.thread_id == parent.thread_id
    if (comment.comment, comment.object_pk) != (clean_text(text), str(target.pk)) or not same_place:
        # A form taken up again with the browser's « Back », for other words: they are not the stored comment.
        form.renew_key(services.SubmissionKeyUsed.message)
        return None
    request.session.pop(DRAFT, None)
    return SeeOther(address_of(comment, target))


def _may_write(request: MemberRequest, target: Model) -> HttpResponse | None:
    """The page that says why this person may not write on the object now; None when they may."""
    refusal = policy_of(target).refusal(target, request.user)
    return _refusal(request, refusal, HTTPStatus.FORBIDDEN, target) if refusal else None


@require_safe
def comment_show(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Lead to a comment on its page, whatever the page of threads it is on; a visitor who may not read signs in."""
    try:
        comment, target = _comment_or_404(request, comment_id)
    except Http404:
        return unknown_to(request)
    return redirect(address_of(comment, target))


@require_http_methods(["GET", "HEAD", "POST"])
@commenter_required
def comment_add(request: MemberRequest, target_id: int, kind: str = "page") -> HttpResponseBase:
    """Post a comment; read, the form alone (where one comes back to after sign-in)."""
    rules = policy_named(kind)
    if rules is None:
        raise Http404
    target = _target_or_404(request, rules, target_id)
    title = rules.form_title
    whom = {"people": rules.people_to_mention(target, request.user), "hidden": _hidden(target, request.user)}
    if request.method != "POST":
        form = CommentForm(initial={"text": _draft(request)}, **whom)
        return _may_write(request, target) or _form_page(request, form, target, str(title))
    form = CommentForm(request.POST, **whom)
    if form.is_valid():
        parent = None
        if parent_id := form.cleaned_data["parent"]:
            parent = comments_of(target).filter(pk=parent_id).first()
        if parent_id and parent is None:
            form.add_error("text", services.ParentUnavailable.message)
        elif response := _published(request, form, target, parent):
            return response
    return _form_page(request, form, target, str(title))


@require_http_methods(["GET", "HEAD", "POST"])
@commenter_required
def comment_reply(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Reply to a comment."""
    parent, target = _comment_or_404(request, comment_id)
    title = _("Répondre à %(author)s") % {"author": shown_name(parent, target, request.user)}
    whom = {
        "people": policy_of(target).people_to_mention(target, request.user),
        "hidden": _hidden(target, request.user),
    }
    if request.method != "POST":
        if parent.is_removed:
            raise Http404
        quoted = quote(parent.comment) if "citer" in request.GET else ""
        form = CommentForm(initial={"text": _draft(request) or quoted}, **whom)
        return _may_write(request, target) or _form_page(request, form, target, title, parent)
    form = CommentForm(request.POST, **whom)
    if form.is_valid():
        if form.cleaned_data["parent"] not in (None, parent.pk):
            form.add_error("text", services.ParentUnavailable.message)
        elif response := _published(request, form, target, parent):
            return response
    return _form_page(request, form, target, title, parent)


@require_http_methods(["GET", "HEAD", "POST"])
@commenter_required
def comment_edit(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Correct one's own comment, during a quarter of an hour; later, what was typed is given back."""
    comment, target = _comment_or_404(request, comment_id)
    if comment.user_id != request.user.pk:
        return _refusal(request, str(services.NotTheAuthor.message), HTTPStatus.FORBIDDEN, target)
    title = _("Modifier mon commentaire")
    if request.method != "POST":
        if comment.is_removed:
            raise Http404
        if not comment.may_be_edited_by(request.user):
            return _refusal(request, str(services.EditWindowClosed.message), HTTPStatus.FORBIDDEN, target)
        form = CommentTextForm(initial={"text": _draft(request) or comment.comment})
        return _form_page(request, form, target, title)
    form = CommentTextForm(request.POST, hidden=request.user if comment.masked else None)
    if form.is_valid():
        try:
            if refusal := policy_of(target).refusal(target, request.user):
                raise services.WritingRefused(refusal)
            text = clean_text(form.cleaned_data["text"])
            check_text(text, agreed=None)  # what the guard points at was shown by the form
            services.edit_comment(comment=comment, author=request.user, text=text)
        except services.CommentError as error:
            form.add_error("text", error.message)
        else:
            request.session.pop(DRAFT, None)
            return SeeOther(address_of(comment, target))
    return _form_page(request, form, target, title)


@require_http_methods(["GET", "HEAD", "POST"])
@commenter_required
def comment_delete(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Withdraw one's own comment, after a confirmation."""
    comment, target = _comment_or_404(request, comment_id)
    if comment.user_id != request.user.pk:
        return _refusal(request, str(services.NotTheAuthor.message), HTTPStatus.FORBIDDEN, target)
    if request.method == "POST":
        services.delete_comment(comment=comment, author=request.user)
        messages.success(request, _("Votre commentaire est supprimé."))
        return SeeOther(address_of(comment, target))
    if comment.is_removed:
        raise Http404
    return render(request, "comments/comment_delete.html", {"comment": comment} | _place(target))


@require_http_methods(["GET", "HEAD", "POST"])
@commenter_required
def comment_report(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Tell the editors about a comment."""
    comment, target = _comment_or_404(request, comment_id)
    if comment.is_removed:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.report_comment(comment=comment, reporter=request.user, **form.cleaned_data)
        messages.success(request, _("Merci. Ce commentaire va être relu."))
        return SeeOther(address_of(comment, target))
    context = {"form": form, "comment": comment, "author": shown_name(comment, target, request.user)} | _place(target)
    status = form_status(form)
    return render(request, "comments/comment_report.html", context, status=status)


@require_safe
@commenter_required
def comment_moderation(request: MemberRequest) -> HttpResponseBase:
    """The reported comments that wait for this person's decision, oldest report first."""
    if not is_moderator(request.user):
        return _moderators_only(request)
    waiting = (
        CommentReport.objects.filter(
            outcome="", comment__is_removed=False, comment__in=moderable_comments(request.user)
        )
        .select_related("comment__user")
        .order_by("comment_id", "created_at")
    )
    cases = [(comment, list(reports)) for comment, reports in groupby(waiting, key=lambda report: report.comment)]
    cases.sort(key=lambda case: case[1][0].created_at)
    shown = cases[:QUEUE_LENGTH]
    targets = services.targets_of([comment for comment, _reports in shown])
    queue = [
        {"comment": comment, "author": author_name(comment.user), "reports": reports}
        | _place(targets.get((comment.content_type_id, comment.object_pk)))
        for comment, reports in shown
    ]
    return render(request, "comments/comment_moderation.html", {"queue": queue, "total": len(cases)})


@button_of("comment_moderation")
@commenter_required
def comment_decide(request: MemberRequest, comment_id: int) -> HttpResponseBase:
    """Keep or remove a reported comment."""
    if not is_moderator(request.user):
        return _moderators_only(request)
    comment = get_object_or_404(moderable_comments(request.user), pk=comment_id)
    outcome = request.POST.get("outcome")
    if outcome not in CommentReport.Outcome.values:
        messages.error(request, _("Choisissez : conserver ou retirer."))
        return SeeOther(reverse("comment_moderation"))
    try:
        services.decide_report(comment=comment, outcome=outcome, by=request.user)
    except services.CommentError as error:
        messages.error(request, str(error.message))
    else:
        removed = outcome == CommentReport.Outcome.REMOVED
        messages.success(request, _("Le commentaire est retiré.") if removed else _("Le commentaire est conservé."))
    return SeeOther(reverse("comment_moderation"))
