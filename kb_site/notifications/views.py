"""The notification centre, what one follows, and what one receives by mail."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import account_required, approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.accounts.user_agents import device_of
from kb_site.http import SeeOther, form_status
from kb_site.mailing.bounces import lift_problems, problems_of
from kb_site.mailing.tokens import read_held_reply_token, read_stop_token

from . import push, services, unsubscribe
from .follows import follows_of
from .forms import CadenceForm, FollowForm, HeldReplyForm, PushForm
from .models import Follow, HeldReply, Notification
from .page_context import lines_of
from .replies import ReplyHeld, ReplyRefused, keep_held, masked_words, publish_held
from .types import Followable, followable_named

PER_PAGE = 20


@require_safe
@account_required
def notification_list(request: MemberRequest) -> HttpResponse:
    """What happened, the newest first. What the person may no longer read is not shown, and counts no more."""
    rows = Notification.objects.filter(recipient=request.user).select_related("actor")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page.object_list, request.user)
    gone = {row.pk for row in page.object_list if row.read_at is None} - {line.id for line in lines}
    if gone:
        services.mark_read(user=request.user, notifications=gone)
    return render(request, "notifications/list.html", {"lines": lines, "page": page})


@require_safe
@account_required
def notification_open(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead to what happened; it is read from then on."""
    row = get_object_or_404(Notification.objects.select_related("actor"), recipient=request.user, pk=pk)
    lines = lines_of([row], request.user)
    services.mark_read(user=request.user, notifications=[pk])
    if not lines:
        raise Http404
    return redirect(lines[0].url)


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def notifications_read(request: MemberRequest) -> HttpResponse:
    """Mark everything as read; read, the address leads to the list."""
    if request.method == "POST":
        services.mark_read(user=request.user)
    return redirect("notification_list")


def _thing_or_404(request: MemberRequest, kind: str, pk: int) -> tuple[Followable, Any]:
    followable = followable_named(kind)
    if followable is None:
        raise Http404
    return followable, get_object_or_404(followable.visible_to(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def follow(request: MemberRequest, kind: str, pk: int) -> HttpResponseBase:
    """Follow a thing, change the cadence or stop; read, the page where one comes back to after sign-in."""
    followable, thing = _thing_or_404(request, kind, pk)
    stored = services.follow_of(user=request.user, obj=thing)
    form = FollowForm(request.POST if request.method == "POST" else None, instance=stored)
    back = followable.url(thing)
    if request.method == "POST" and "stop" in request.POST:
        services.unfollow(user=request.user, obj=thing)
        messages.success(request, _("Vous ne suivez plus « %s ».") % followable.title(thing))
        return redirect(_back(request, back))
    if form.is_valid():
        services.follow(user=request.user, obj=thing, cadence=form.cleaned_data["cadence"])
        messages.success(request, _("Vous suivez « %s ».") % followable.title(thing))
        return redirect(_back(request, back))
    context = {"followable": followable, "title": followable.title(thing), "back": back, "form": form, "follow": stored}
    status = form_status(form)
    return render(request, "notifications/follow.html", context, status=status)


def _back(request: HttpRequest, default: str) -> str:
    """Return the page that the person came from: a path of this site, never another host."""
    wanted = request.POST.get("next", "")
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else default


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def mail_settings(request: MemberRequest) -> HttpResponse:
    """What one receives by mail, kind by kind, and what one follows."""
    form = CadenceForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        services.choose_cadences(user=request.user, choices=form.choices)
        messages.success(request, _("C’est enregistré."))
        return redirect("mail_settings")
    context = {
        "form": form,
        "follows": follows_of(request.user),
        "problems": problems_of(request.user.email),
        "push_is_open": push.is_open(),
    }
    status = form_status(form)
    return render(request, "notifications/settings.html", context, status=status)


@button_of("mail_settings")
@account_required
def unfollow(request: MemberRequest, pk: int) -> HttpResponse:
    """Follow a thing no more, even one that may no longer be read."""
    Follow.objects.filter(user=request.user, pk=pk).delete()
    messages.success(request, _("Vous ne suivez plus cette page."))
    return redirect("mail_settings")


@button_of("mail_settings")
@account_required
def address_works(request: MemberRequest) -> HttpResponse:
    """The person says that their address works again."""
    lift_problems(email=request.user.email)
    messages.success(request, _("Merci : nous vous écrirons de nouveau à cette adresse."))
    return redirect("mail_settings")


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def push_settings(request: MemberRequest) -> HttpResponse:
    """On which devices one is told, and at which cadences."""
    if not push.is_open():
        raise Http404
    form = PushForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        push.choose(user=request.user, choices=form.cleaned_data)
        messages.success(request, _("C’est enregistré."))
        return SeeOther(reverse("push_settings"))
    context = {"form": form, "devices": request.user.push_subscriptions.all(), "key": push.public_key()}
    return render(request, "notifications/push.html", context, status=form_status(form))


@button_of("push_settings")
@account_required
def push_subscribe(request: MemberRequest) -> HttpResponse:
    """Take the address that a browser's service gave (push.js), which the person has just allowed."""
    if not push.is_open():
        raise Http404
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    try:
        push.subscribe(
            user=request.user,
            session_key=request.session.session_key or "",
            device=device_of(request.headers.get("User-Agent", "")),
            **given,
        )
    except ValueError:
        words = _("Le service de notifications de ce navigateur n’est pas connu de ce site.")
        return HttpResponse(words, status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain; charset=utf-8")
    messages.success(request, _("Cet appareil sera prévenu."))
    return HttpResponse(status=HTTPStatus.CREATED)


@button_of("push_settings")
@account_required
def push_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Tell on this device no more."""
    request.user.push_subscriptions.filter(pk=pk).delete()
    messages.success(request, _("Cet appareil ne sera plus prévenu."))
    return SeeOther(reverse("push_settings"))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a mail with the link at its foot, without signing in; reading the page changes nothing.

    A POST answers 200 in place, because RFC 8058 forbids a mail reader's one click to be redirected.
    """
    asked = read_stop_token(token)
    words = unsubscribe.words_for(asked) if asked else ""
    if asked is None or not words:
        return render(request, "notifications/stop.html", {"unknown": True}, status=HTTPStatus.NOT_FOUND)
    parts = unsubscribe.parts_of(asked)
    if request.method == "POST":
        asked = unsubscribe.only(asked, request.POST.get("seulement", ""))
        words = unsubscribe.words_for(asked)
        unsubscribe.stop(asked)
    context = {"words": words, "parts": parts, "done": request.method == "POST"}
    return render(request, "notifications/stop.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def held_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Publish a reply by mail that was kept as a draft, as it is or changed, with the link of the mail, without signing in;
    reading publishes nothing."""
    pk = read_held_reply_token(token)
    held = HeldReply.objects.in_time().filter(pk=pk).first() if pk is not None else None
    if held is None:
        status = HTTPStatus.NOT_FOUND if pk is None else HTTPStatus.GONE
        return render(request, "notifications/held_reply.html", {"late": pk is not None}, status=status)
    as_it_stands = {"text": held.text}  # also what a button without the field agrees to
    form = HeldReplyForm(
        {**as_it_stands, **request.POST.dict()} if request.method == "POST" else None, initial=as_it_stands
    )
    context: dict[str, Any] = {"held": held, "form": form, "reasons": held.reasons.values()}
    status = HTTPStatus.OK
    if not held.published_at and "masquer" in request.POST:
        form = context["form"] = HeldReplyForm(initial={"text": masked_words(held, form.typed())})
        context["reasons"] = [_("C’est masqué. Relisez, puis publiez.")]
    elif request.method == "POST" and not held.published_at and form.is_valid():
        try:
            context["published"] = publish_held(held, text=form.cleaned_data["text"])
            held.refresh_from_db()
        except ReplyRefused as refusal:
            context["refusal"] = str(refusal)
            status = HTTPStatus.CONFLICT
        except ReplyHeld as again:  # something else, which they have not been told
            keep_held(held, text=form.cleaned_data["text"], reasons=again.reasons)
            context["reasons"] = ()
            for reason in again.reasons.values():
                form.add_error("text", reason)
    if not held.published_at:
        status = form_status(form) if status == HTTPStatus.OK else status
        context["may_mask"] = masked_words(held, form.typed()) != form.typed()
    return render(request, "notifications/held_reply.html", context, status=status)
