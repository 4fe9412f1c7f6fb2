"""Take a place and give it back: on the page of the session, or from a mail without signing in."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther

from ..access import session_of_address, session_to_run
from ..choices import COMING, RegistrationState
from ..models import Registration, Session
from ..page_context import counted
from ..permissions import rights_on
from ..services import places
from ..services.errors import SessionError
from ..tokens import PLACE, PersonalLink
from .links import by_link

LEAVE = "annuler"


@button_of("session_page", "session_id", "slug")
@approved_account_required
@session_of_address
def session_join(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Register, or give one's place back."""
    try:
        _do(request, session, request.user)
    except SessionError as error:
        messages.error(request, str(error.message))
    return SeeOther(session.get_absolute_url())


def _do(request: HttpRequest, session: Session, person: Any) -> None:
    if request.POST.get("place") == LEAVE:
        places.withdraw(session=session, user=person)
        messages.success(request, _("C’est noté : vous ne venez plus."))
        return
    registration = places.register(session=session, user=person)
    if registration.state == RegistrationState.WAITING:
        messages.success(request, _("La séance est complète : vous êtes sur la liste d’attente."))
    else:
        messages.success(request, _("Votre place est notée. Un e-mail la confirme, avec le fichier pour votre agenda."))


@require_http_methods(["GET", "HEAD", "POST"])
@by_link(PLACE)
def session_place_by_link(request: HttpRequest, link: PersonalLink) -> HttpResponseBase:
    """The link of a mail: a page that says what one's place is, a button; nothing changes before it is pressed."""
    refusal, status = "", HTTPStatus.OK
    if request.method == "POST":
        try:
            if request.POST.get("place") == LEAVE:
                places.withdraw(session=link.session, user=link.user)
            else:
                places.register(session=link.session, user=link.user)
            return SeeOther(request.path)
        except SessionError as error:
            refusal, status = str(error.message), HTTPStatus.CONFLICT
    session, rights = link.session, rights_on(link.session, link.user)
    context = {
        "session": session,
        "group": session.group,
        "rights": rights,
        "person": link.user,
        "refusal": refusal,
        "is_coming": session.state in COMING,
    } | counted(session)
    return render(request, "sessions/place_by_link.html", context, status=status)


@require_safe
@session_to_run
def session_people(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Who comes, who waits, who gave up, for those who run the session."""
    people = Registration.objects.filter(session=session).select_related("user__structure")
    context = {
        "session": session,
        "group": session.group,
        "registered": people.registered(),
        "waiting": people.waiting(),
        "gone": people.filter(state=RegistrationState.WITHDRAWN),
    }
    return render(request, "sessions/session_people.html", context)
