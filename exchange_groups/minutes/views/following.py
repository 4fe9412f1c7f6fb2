"""Actions: one's own list, one click from a reminder."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange_groups.sessions.access import session_to_run
from exchange_groups.sessions.choices import ActionState
from exchange_groups.sessions.models import Note, Session
from kb_site.access import approved_account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, is_id

from ..services.following import open_agenda_with_actions, settle_action
from ..tokens import read_action_token

SHOWN = 40
DONE_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@approved_account_required
def my_actions(request: MemberRequest) -> HttpResponseBase:
    """What I took on in my sessions; a button says that it is done."""
    mine = Note.objects.actions().taken_on_by(request.user).select_related("session__group")
    if request.method == "POST":
        verb, _colon, pk = request.POST.get("action", "").partition(":")
        if verb not in ActionState.values or not is_id(pk):
            raise Http404
        settle_action(note=get_object_or_404(mine, pk=int(pk)), state=verb)
        messages.success(request, _("Merci, c’est noté.") if verb == ActionState.DONE else _("L’action est à faire."))
        return SeeOther(reverse("my_actions"))
    context = {
        "open": mine.filter(state=ActionState.TO_DO).order_by("due_on", "pk")[:SHOWN],
        "done": mine.filter(state=ActionState.DONE).order_by("-done_at")[:DONE_SHOWN],
        "today": timezone.localdate(),
    }
    return render(request, "minutes/my_actions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def action_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """From a reminder, without signing in: reading asks, posting does it. A reader of mails that opens links does nothing."""
    found = read_action_token(token)
    if found is None:
        return render(request, "minutes/action_link_broken.html", status=HTTPStatus.NOT_FOUND)
    note, person = found
    if request.method == "POST":
        settle_action(note=note, state=ActionState.DONE)
        return SeeOther(request.path)
    context = {"note": note, "done": note.state == ActionState.DONE, "first_name": person.first_name}
    return render(request, "minutes/action_link.html", context)


@button_of("session_agenda", "session_id", "slug")
@session_to_run
def review_actions(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Open the agenda of a coming session with a review of the actions (a button of the agenda's page)."""
    if open_agenda_with_actions(session=session) is None:
        messages.info(request, _("Il n’y a pas d’action à passer en revue."))
    return SeeOther(reverse("session_agenda", args=[session.pk, session.slug]))
