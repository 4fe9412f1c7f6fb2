"""The participants' page, and the tiny answer that tells it whether something changed."""

from http import HTTPStatus

from csp.decorators import csp_exempt
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from exchange_groups.sessions.models import Session
from exchange_groups.sessions.services.errors import SessionError
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther

from ..access import by_script, knows, session_to_follow
from ..actions import UnknownAction, act
from ..forms import ItemForm, NoteForm
from ..page_context import following_screen
from ..permissions import Place
from ..services.voting import propose_item
from ..tokens import is_valid, pulse_address
from .notes import capture_form, capture_from, page_settings, subject_of, take_up_typed


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_follow
def live_follow(request: MemberRequest, session: Session, place: Place) -> HttpResponseBase:
    """What is under way, votes, notes. Its buttons and its forms post here."""
    if request.method != "POST":
        return _page(request, session, place)
    asked = request.POST.get("do", "")
    if asked == "noter":
        form = NoteForm(request.POST, runs=place == Place.RUNS)
        return capture_from(request, session, form, "live_follow") or _page(request, session, place, form)
    if asked == "proposer" and place != Place.GUEST:
        return _propose(request, session, place)
    refusal = ""
    try:
        act(asked, session=session, user=request.user, place=place)
    except UnknownAction:
        refusal = _("Ce bouton n’existe plus. La page a été remise à jour.")
    except SessionError as error:
        refusal = str(error.message)
    return _refused(request, session, place, refusal) if refusal else _done(request, session, place)


def _propose(request: MemberRequest, session: Session, place: Place) -> HttpResponseBase:
    form = ItemForm(request.POST)
    if form.is_valid():
        try:
            propose_item(session=session, user=request.user, title=form.cleaned_data["title"])
        except SessionError as error:
            form.add_error("title", str(error.message))
        else:
            if not by_script(request):
                messages.success(request, _("Votre sujet est ajouté."))
            return _done(request, session, place)
    if by_script(request):
        return _plain(" ".join(map(str, form.errors["title"])))
    return _page(request, session, place, item_form=form)


def _done(request: MemberRequest, session: Session, place: Place) -> HttpResponseBase:
    if by_script(request):
        session.refresh_from_db()
        return _regions(request, session, place)
    return SeeOther(reverse("live_follow", args=[session.pk, session.slug]))


def _plain(message: str) -> HttpResponse:
    return HttpResponse(message, content_type="text/plain; charset=utf-8", status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _refused(request: MemberRequest, session: Session, place: Place, message: str) -> HttpResponse:
    if by_script(request):
        return _plain(message)
    return _page(request, session, place, refusal=message)


def _page(
    request: MemberRequest,
    session: Session,
    place: Place,
    form: NoteForm | None = None,
    item_form: ItemForm | None = None,
    *,
    refusal: str = "",
) -> HttpResponse:
    """The page; a form that is given holds errors."""
    typed = take_up_typed(request)
    context = following_screen(session, request.user, place) | page_settings(request, session)
    context["form"] = form or capture_form(session, typed, runs=place == Place.RUNS)
    context["about"] = subject_of(session, context["form"])
    context["item_form"] = item_form or ItemForm(initial=typed)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal or form or item_form else HTTPStatus.OK
    return render(request, "live/follow.html", context | {"refusal": refusal}, status=status)


def _regions(request: MemberRequest, session: Session, place: Place) -> HttpResponse:
    return render(request, "live/follow_regions.html", following_screen(session, request.user, place))


@require_safe
@session_to_follow
def live_follow_state(request: MemberRequest, session: Session, place: Place) -> HttpResponseBase:
    """The regions of the page, for its script; a new pass alone when it is up to date."""
    if knows(request, session):
        return render(request, "live/parts/pulse.html", {"session": session, "pulse": pulse_address(session.pk)})
    return _regions(request, session, place)


@require_safe
@csp_exempt()  # type: ignore[arg-type]
@xframe_options_exempt
def live_pulse(request: HttpRequest, session_id: int, pass_: str) -> HttpResponseBase:
    """The version of a session, or 304: asked by every participant, all the time. One query, no cookie, few headers.

    The pass in the address stands for rights checked less than half an hour ago (tokens.py); it opens this number
    alone.
    """
    if not is_valid(session_id, pass_):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    version = Session.objects.filter(pk=session_id).values_list("live_version", flat=True).first()
    if version is None:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    tag = f'"{version}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(
        str(version), content_type="text/plain", headers={"ETag": tag, "Cache-Control": "private, no-store"}
    )
