"""Take a place and give it back: on the page of the session, or from a mail without signing in."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kb_site.access import approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status

from ..access import session_of_address, session_to_run
from ..choices import COMING, RegistrationState, SessionState
from ..formatting import message_to_copy
from ..forms import ForSomebodyForm
from ..models import Registration, Session
from ..page_context import counted
from ..permissions import rights_on
from ..services import notify, places
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


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_people(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Who comes, who waits, who gave up, for those who run the session; they register who called."""
    people = Registration.objects.filter(session=session).select_related("user__structure")
    placed = people.exclude(state=RegistrationState.WITHDRAWN).exclude(user=None).values("user")
    others = notify.members_of(session).exclude(pk__in=placed).order_by("first_name", "last_name")
    form = ForSomebodyForm(request.POST if request.method == "POST" else None, people=others)
    if form.is_bound and form.is_valid():
        person, name = form.cleaned_data["person"], form.cleaned_data["name"]
        try:
            if person:
                places.register(session=session, user=person)
            else:
                places.register_guest(session=session, name=name)
        except SessionError as error:
            form.add_error(None, str(error.message))
        else:
            who = person.public_name if person else name
            messages.success(request, _("%(name)s : c’est noté.") % {"name": who})
            return SeeOther(request.path)
    context = {
        "session": session,
        "group": session.group,
        "registered": people.registered(),
        "waiting": people.waiting(),
        "gone": people.filter(state=RegistrationState.WITHDRAWN),
        "is_coming": session.state in COMING,
        "form": form,
        "silent": notify.silent(session).count() if session.state in COMING else 0,
        "words": message_to_copy(session),
    }
    return render(request, "sessions/session_people.html", context, status=form_status(form))


@button_of("session_people", "session_id", "slug")
@session_to_run
def session_ask_again(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Ask again those who have not answered: for a date, or whether they come."""
    back = reverse("session_people", args=[session.pk, session.slug])
    if session.state == SessionState.POLLING:
        back = reverse("session_dates", args=[session.pk, session.slug])
    elif session.state not in COMING:
        return SeeOther(back)
    asked = notify.ask_again(session)
    words = ngettext(
        "%(n)d personne reçoit de nouveau la question : une fois par jour au plus.",
        "%(n)d personnes reçoivent de nouveau la question : une fois par jour au plus.",
        asked,
    )
    messages.success(request, words % {"n": asked})
    return SeeOther(back)
