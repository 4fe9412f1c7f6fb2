"""The date poll: offered and decided by whoever runs the session, answered by the group, from a mail or on the site."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, is_id

from ..access import session_for_talk, session_to_run
from ..choices import DateAnswer, SessionState
from ..date_poll import own_answers, poll_of
from ..formatting import question_to_copy
from ..forms import DatesForm, ForSomebodyForm
from ..models import Session
from ..parsing import numbers_after
from ..services import dates, notify
from ..services.errors import AnswersClosed, SessionError, WrongState
from ..tokens import DATES, PersonalLink
from .links import by_link


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_dates(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Offer dates; once offered, read the answers and choose one."""
    if session.state not in {SessionState.DRAFT, SessionState.POLLING}:
        return redirect(session)
    known = list(session.date_options.values_list("starts_at", flat=True))
    form = DatesForm(
        request.POST if request.method == "POST" else None,
        known=known,
        initial={"answers_until": session.answers_until},
    )
    if request.method == "POST" and form.is_valid():
        try:
            dates.offer_dates(session=session, starts=form.starts, answers_until=form.cleaned_data["answers_until"])
        except SessionError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Les dates sont proposées : chaque membre répond depuis son e-mail."))
            return SeeOther(request.path)
    context = {
        "session": session,
        "group": session.group,
        "form": form,
        "words": question_to_copy(session) if session.takes_answers else "",
        "poll": poll_of(session) if session.state == SessionState.POLLING else None,
        "silent": notify.silent(session).count() if session.state == SessionState.POLLING else 0,
    }
    status = form_status(form)
    return render(request, "sessions/session_dates.html", context, status=status)


@button_of("session_dates", "session_id", "slug")
@session_to_run
def session_date_choose(request: MemberRequest, session: Session, option_id: int) -> HttpResponseBase:
    """Choose a date: the session opens."""
    option = get_object_or_404(session.date_options, pk=option_id)
    try:
        dates.choose_date(session=session, option=option)
    except SessionError as error:
        messages.error(request, str(error.message))
        if not isinstance(error, WrongState):
            return SeeOther(reverse("session_edit", args=[session.pk, session.slug]))
    else:
        messages.success(request, _("La date est choisie : le groupe reçoit l’invitation."))
    return SeeOther(session.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_dates_for(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Note the answers of a member who called."""
    if session.state != SessionState.POLLING:
        return redirect(session)
    people = notify.members_of(session).order_by("first_name", "last_name")
    form = ForSomebodyForm(request.POST if request.method == "POST" else None, people=people, with_guests=False)
    if form.is_bound and form.is_valid():
        person = form.cleaned_data["person"]
        if not _answer(request, session, person, noted=True):
            messages.success(request, _("Les réponses de %s sont notées.") % person.public_name)
        return SeeOther(reverse("session_dates", args=[session.pk, session.slug]))
    typed = numbers_after("date-", request.POST.dict())
    context = {
        "session": session,
        "group": session.group,
        "form": form,
        "choices": DateAnswer.choices,
        "answers": [(option, typed.get(option.pk, "")) for option in session.date_options.all()],
    }
    return render(request, "sessions/session_dates_for.html", context, status=form_status(form))


def _answer(request: HttpRequest, session: Session, user: Any, noted: bool = False) -> str:
    """Record the answers of a form; return why they were not, in words, "" when they were."""
    answers = numbers_after("date-", request.POST.dict())
    try:
        dates.answer_dates(session=session, user=user, answers=answers, noted_by_facilitator=noted)
    except WrongState:
        return _("La date est déjà choisie.")
    except AnswersClosed as error:
        return str(error.message)
    return ""


@button_of("session_page", "session_id", "slug")
@session_for_talk
def session_dates_answer(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Answer the poll on the page of the session."""
    if refused := _answer(request, session, request.user):
        messages.error(request, refused)
    else:
        messages.success(request, _("Merci, vos réponses sont notées."))
    return SeeOther(session.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(DATES)
def session_dates_by_link(request: HttpRequest, link: PersonalLink) -> HttpResponseBase:
    """The link of a mail: the dates with the answer clicked already ticked, a button; a GET alone never answers."""
    session, user = link.session, link.user
    is_open = session.takes_answers and session.may_be_read_by(user)
    if request.method == "POST" and is_open and not _answer(request, session, user):
        return SeeOther(f"{request.path}?merci")
    context = {
        "session": session,
        "group": session.group,
        "person": user,
        "is_open": is_open,
        "thanks": "merci" in request.GET,
        "choices": DateAnswer.choices,
        "answers": _with_click(own_answers(session, user), request),
    }
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "sessions/dates_by_link.html", context, status=status)


def _with_click(answers: list[tuple[Any, str]], request: HttpRequest) -> list[tuple[Any, str]]:
    """Tick the answer of the link that was clicked (?d= the date, &r= the answer)."""
    number, clicked = request.GET.get("d", ""), request.GET.get("r", "")
    if not is_id(number) or clicked not in DateAnswer.values:
        return answers
    return [(option, clicked if option.pk == int(number) else given) for option, given in answers]
