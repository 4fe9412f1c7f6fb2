"""The facilitator's pages: the screen, who is there, the end."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from exchange_groups.sessions.access import session_to_run
from exchange_groups.sessions.choices import Presence, SessionState
from exchange_groups.sessions.models import Session
from exchange_groups.sessions.services.errors import SessionError
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, is_id

from ..access import by_script, keeping_typed, knows
from ..actions import UnknownAction, act
from ..forms import NoteForm, PersonForm
from ..page_context import open_items, people_of, running_screen
from ..permissions import Place
from ..services import people
from ..services.running import end_session
from ..tokens import pulse_address
from .notes import capture_form, capture_from, page_settings, subject_of, take_up_typed

DAY_OF = (SessionState.OPEN, SessionState.RUNNING, SessionState.TO_WRITE_UP)


@require_http_methods(["GET", "HEAD", "POST"])
@keeping_typed
@session_to_run
def live_run(request: MemberRequest, session: Session) -> HttpResponseBase:
    """The facilitator's screen. Its buttons and its capture form post here."""
    if request.method != "POST":
        return _screen(request, session)
    if request.POST.get("do") == "noter":
        form = NoteForm(request.POST, runs=True)
        return capture_from(request, session, form, "live_run") or _screen(request, session, form)
    try:
        act(request.POST.get("do", ""), session=session, user=request.user, place=Place.RUNS)
    except UnknownAction:
        return _refused(request, session, _("Ce bouton n’existe plus. La page a été remise à jour."))
    except SessionError as error:
        return _refused(request, session, str(error.message))
    if by_script(request):
        session.refresh_from_db()
        return _regions(request, session)
    return SeeOther(reverse("live_run", args=[session.pk, session.slug]))


def _refused(request: MemberRequest, session: Session, message: str) -> HttpResponse:
    if by_script(request):
        return HttpResponse(message, content_type="text/plain; charset=utf-8", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _screen(request, session, refusal=message)


def _screen(
    request: MemberRequest, session: Session, form: NoteForm | None = None, *, refusal: str = ""
) -> HttpResponse:
    """The screen; a form that is given holds errors."""
    context = running_screen(session, request.user) | page_settings(request, session) | {"refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal or form else HTTPStatus.OK
    context["form"] = form or capture_form(session, take_up_typed(request), runs=True)
    context["about"] = subject_of(session, context["form"])
    return render(request, "live/run.html", context, status=status)


def _regions(request: MemberRequest, session: Session) -> HttpResponse:
    return render(request, "live/run_regions.html", running_screen(session, request.user))


@require_safe
@keeping_typed
@session_to_run
def live_run_state(request: MemberRequest, session: Session) -> HttpResponseBase:
    """The regions of the screen, for its script; a new pass alone when it is up to date."""
    if knows(request, session):
        return render(request, "live/parts/pulse.html", {"session": session, "pulse": pulse_address(session.pk)})
    return _regions(request, session)


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def live_people(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Who is there: tick several people at once, add who came without being registered, give the floor."""
    here = reverse("live_people", args=[session.pk, session.slug])
    form = PersonForm(request.POST if "name" in request.POST else None)
    if request.method == "POST" and session.state in DAY_OF:
        presence = request.POST.get("presence", "")
        if presence in Presence.values:
            known = [int(value) for value in request.POST.getlist("who") if is_id(value)]
            count = people.mark_presence(session=session, registration_ids=known, presence=Presence(presence))
            words = (
                ngettext("%(n)d personne notée.", "%(n)d personnes notées.", count)
                if count
                else _("Cochez d’abord des personnes.")
            )
            messages.success(request, words % {"n": count} if count else words)
            return SeeOther(here)
        if form.is_valid():
            added = people.add_person(
                session=session, name=form.cleaned_data["name"], presence=Presence(form.cleaned_data["how"])
            )
            messages.success(request, _("%(name)s : ajouté.") % {"name": added.name})
            return SeeOther(here)
    refused = request.method == "POST"
    context: dict[str, Any] = people_of(session) | {
        "session": session,
        "form": form,
        "may_tick": session.state in DAY_OF,
    }
    context["groups"] = _by_presence(context["people"])
    context["presences"] = Presence.choices
    return render(
        request, "live/people.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    )


def _by_presence(registrations: list[Any]) -> list[tuple[str, list[Any]]]:
    """People under the word that says where they are: first those not ticked yet."""
    named = {"": _("À pointer")} | {value: str(label).capitalize() for value, label in Presence.choices}
    groups = [(label, [p for p in registrations if p.presence == value]) for value, label in named.items()]
    return [(label, found) for label, found in groups if found]


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def live_end(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Say what the end will do, then end."""
    if request.method == "POST":
        end_session(session=session)
        messages.success(
            request, _("La séance est terminée. Vos notes sont devenues le brouillon du compte rendu : relisez-le.")
        )
        return SeeOther(reverse("minutes_page", args=[session.pk, session.slug]))
    context = people_of(session) | {"session": session, "open_items": open_items(session)}
    return render(request, "live/end.html", context | {"running": session.state == SessionState.RUNNING})
