"""Create a session from a method or from the last one, change it, open it, cancel it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, is_id

from ...access import group_to_manage
from ...models import ExchangeGroup
from ..access import session_to_run
from ..choices import SessionState
from ..forms import CancelForm, SessionForm, StepFormSet, initial_of
from ..models import Method, Session
from ..recurrence import next_start
from ..services import preparing
from ..services.errors import SessionError
from ..services.steps import change_steps

OPEN, POLL, DRAFT = "ouvrir", "dates", "brouillon"


@require_http_methods(["GET", "HEAD", "POST"])
@group_to_manage
def session_new(request: MemberRequest, group: ExchangeGroup) -> HttpResponseBase:
    """Choose a method or the last session (?methode=, ?depuis=), then fill in what remains."""
    if not group.is_facilitated_by(request.user) or not group.is_open_to_words:
        messages.error(request, _("Ce groupe est en pause ou clos, ou vous n’avez pas accepté sa charte."))
        return redirect(group)
    previous = _previous(request, group)
    method = previous.method if previous else _method(request)
    if previous is None and method is None:
        return _choice(request, group)
    minutes = previous.minutes if previous else method.minutes if method else 90
    aim = request.POST.get("suite", DRAFT)
    bound = request.POST if request.method == "POST" else None
    initial = _initial_from(group, previous, method)
    form = SessionForm(bound, group=group, to_open=aim == OPEN, minutes=minutes, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values | {"format": previous.format if previous else method.format if method else ""}
        session = preparing.create_session(
            group=group,
            by=request.user,
            submission_key=form.cleaned_data["submission_key"] or form.fields["submission_key"].initial(),
            method=method,
            values=values,
            themes=form.cleaned_data["themes"],
            previous=previous,
        )
        return _next_step(request, session, aim)
    context = {"group": group, "form": form, "method": method, "previous": previous}
    return render(request, "sessions/session_new.html", context, status=form_status(form))


def _choice(request: MemberRequest, group: ExchangeGroup) -> HttpResponse:
    dated = Session.objects.filter(group=group, starts_at__isnull=False)
    last = dated.exclude(state__in=[SessionState.CANCELLED, SessionState.DRAFT]).order_by("-starts_at").first()
    methods = Method.objects.prefetch_related("steps")
    return render(request, "sessions/session_method.html", {"group": group, "last": last, "methods": methods})


def _previous(request: MemberRequest, group: ExchangeGroup) -> Session | None:
    number = request.GET.get("depuis", "")
    if not number:
        return None
    sessions = Session.objects.select_related("method").filter(group=group)
    found = sessions.filter(pk=int(number)).first() if is_id(number) else None
    if found is None or not found.is_shared_with(request.user) or group.is_more_open_than(found):
        raise Http404
    return found


def _method(request: MemberRequest) -> Method | None:
    slug = request.GET.get("methode", "")
    if not slug:
        return None
    method = Method.objects.prefetch_related("steps").filter(slug=slug).first() if "\x00" not in slug else None
    if method is None:
        raise Http404
    return method


def _initial_from(group: ExchangeGroup, previous: Session | None, method: Method | None) -> dict[str, Any]:
    if previous is not None:
        initial = initial_of(previous)
        if previous.starts_at is not None:
            initial["day"] = next_start(previous.starts_at, group.rhythm).date()
        return initial
    assert method is not None
    # Where the group last met remotely is where it will meet again.
    last = Session.objects.filter(group=group).exclude(video_link="", phone_number="").order_by("-pk").first()
    initial = {"title": method.name, "objective": method.objective, "preparation": method.preparation}
    initial["capacity"] = method.people_max
    if last is not None:
        same = ("video_link", "phone_number", "phone_code", "tool")
        initial |= {name: getattr(last, name) for name in same}
    return initial


def _open(request: MemberRequest, session: Session) -> None:
    """Open a session to registration, or say why it cannot be."""
    try:
        preparing.open_session(session=session)
    except SessionError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("La séance est ouverte : le groupe reçoit l’invitation."))


def _next_step(request: MemberRequest, session: Session, aim: str) -> HttpResponseBase:
    """Where one goes after saving: the dates to offer, or the session, opened if that was asked."""
    if aim == POLL:
        return SeeOther(reverse("session_dates", args=[session.pk, session.slug]))
    if aim == OPEN:
        _open(request, session)
    else:
        messages.success(request, _("Brouillon enregistré : vous seul, avec l’animation, le voyez."))
    return SeeOther(session.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_edit(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Change a session; once open, a new appointment is told to everyone."""
    if session.state not in preparing.CHANGEABLE:
        return redirect(session)
    bound = request.POST if request.method == "POST" else None
    form = SessionForm(
        bound,
        group=session.group,
        session=session,
        to_open=session.state == SessionState.OPEN,
        minutes=session.minutes,
        initial=initial_of(session),
    )
    if request.method == "POST" and form.is_valid():
        values = form.values
        if session.state == SessionState.POLLING:
            values.pop("starts_at")  # the poll chooses it
        try:
            changed = preparing.change_session(session=session, values=values, themes=form.cleaned_data["themes"])
        except SessionError as error:
            form.add_error(None, str(error.message))
        else:
            moved = changed.calendar_sequence != session.calendar_sequence
            words = _("C’est enregistré, et tout le monde est prévenu.") if moved else _("C’est enregistré.")
            messages.success(request, words)
            return SeeOther(changed.get_absolute_url())
    context = {"group": session.group, "session": session, "form": form}
    return render(request, "sessions/session_edit.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_steps(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Change the steps of a session: its own, not those of its method."""
    if session.state not in preparing.CHANGEABLE:
        return redirect(session)
    steps = list(session.steps.values("id", "name", "minutes", "role", "instruction", "takes_items"))
    forms = StepFormSet(request.POST if request.method == "POST" else None, initial=steps, prefix="etape")
    if request.method == "POST" and forms.is_valid():
        rows = [row for row in forms.cleaned_data if row and not row["DELETE"]]
        try:
            change_steps(session=session, rows=rows)
        except SessionError as error:
            messages.error(request, str(error.message))
        else:
            total = sum(row["minutes"] for row in rows)
            words = _("Le déroulé est enregistré : %(total)d minutes pour une séance de %(minutes)d.")
            messages.success(request, words % {"total": total, "minutes": session.minutes})
        return SeeOther(session.get_absolute_url())
    context = {"group": session.group, "session": session, "forms": forms}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forms.is_bound else HTTPStatus.OK
    return render(request, "sessions/session_steps.html", context, status=status)


@button_of("session_page", "session_id", "slug")
@session_to_run
def session_open(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Open a draft to registration."""
    _open(request, session)
    return SeeOther(session.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_cancel(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Cancel a session, with a word that everyone reads."""
    if session.state not in preparing.CHANGEABLE:
        return redirect(session)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            preparing.cancel_session(session=session, reason=form.cleaned_data["reason"])
        except SessionError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("La séance est annulée."))
            return SeeOther(session.get_absolute_url())
    context = {"group": session.group, "session": session, "form": form}
    return render(request, "sessions/session_cancel.html", context, status=form_status(form))
