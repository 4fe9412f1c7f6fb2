"""Topics proposed and voted before the session, and the agenda that whoever runs it builds from them."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, is_id

from ...models import Topic
from ..access import session_for_talk, session_to_run
from ..forms import ItemForm
from ..models import AgendaItem, Session
from ..page_context import agenda_of
from ..parsing import numbers_after
from ..services import agenda
from ..services.errors import SessionError

LONGEST_ITEM = 240  # minutes


@require_http_methods(["GET", "HEAD", "POST"])
@session_for_talk
def session_propose(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Propose something to talk of."""
    form = ItemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "detail", "type")}
        try:
            agenda.propose_item(session=session, by=request.user, **values)
        except SessionError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Votre sujet est proposé. Chacun peut voter pour lui."))
            return SeeOther(session.get_absolute_url() + "#ordre-du-jour")
    status = form_status(form)
    context = {"session": session, "group": session.group, "form": form}
    return render(request, "sessions/session_propose.html", context, status=status)


@button_of("session_page", "session_id", "slug")
@session_for_talk
def session_vote(request: MemberRequest, session: Session, item_id: int) -> HttpResponseBase:
    """Give a vote to an item, take it back, or take back what one has proposed."""
    item = get_object_or_404(AgendaItem.objects.select_related("session"), pk=item_id, session=session)
    what = request.POST.get("voix")
    try:
        if what == "reprendre":
            agenda.take_back_vote(item=item, user=request.user)
        elif what == "retirer":
            agenda.withdraw_item(item=item, by=request.user)
        else:
            agenda.vote(item=item, user=request.user)
    except SessionError as error:
        messages.error(request, str(error.message))
    return SeeOther(session.get_absolute_url() + "#ordre-du-jour")


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def session_agenda(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Build the agenda: keep, order, give minutes. Each button saves the whole form before it acts."""
    if request.method == "POST":
        try:
            _build(request, session)
        except SessionError as error:
            messages.error(request, str(error.message))
            return SeeOther(session.get_absolute_url())
        return SeeOther(reverse("session_agenda", args=[session.pk, session.slug]))
    return _agenda_page(request, session)


def _agenda_page(request: MemberRequest, session: Session) -> HttpResponse:
    items = list(agenda_of(session, request.user))
    context = {
        "session": session,
        "group": session.group,
        "kept": [item for item in items if item.order is not None],
        "aside": sorted((item for item in items if item.order is None), key=lambda item: -item.vote_count),  # type: ignore[attr-defined]
        "fit": agenda.fit_of(session),
        "topics": agenda.topics_offered(session),
        "postponed": agenda.postponed_offered(session),
        "is_open": session.state in agenda.OPEN_TO_TOPICS,
    }
    return render(request, "sessions/session_agenda.html", context)


def _build(request: MemberRequest, session: Session) -> None:
    """Save the order and the minutes of the form, then do what its button says (verb-id)."""
    kept = [int(number) for number in request.POST.getlist("point") if is_id(number)]
    minutes = {
        pk: int(value)
        for pk, value in numbers_after("minutes-", request.POST.dict()).items()
        if is_id(value) and 0 < int(value) <= LONGEST_ITEM
    }
    agenda.build_agenda(session=session, kept=kept, minutes=minutes)
    verb, _dash, number = request.POST.get("faire", "").partition("-")
    if is_id(number):
        _act(request, session, verb, int(number))
    else:
        _say_fit(request, session)


def _act(request: MemberRequest, session: Session, verb: str, pk: int) -> None:
    if verb == "sujet":
        topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk, group=session.group)
        agenda.take_up_topic(session=session, topic=topic, by=request.user)
        return
    if verb == "reporte":
        former = get_object_or_404(AgendaItem.objects.select_related("session"), pk=pk, session__group=session.group)
        agenda.take_up_postponed(session=session, former=former, by=request.user)
        return
    item = get_object_or_404(AgendaItem.objects.select_related("session"), pk=pk, session=session)
    if verb in {"monter", "descendre"}:
        agenda.move_item(item=item, up=verb == "monter")
    elif verb in {"garder", "laisser"}:
        agenda.keep_item(item=item, keep=verb == "garder")


def _say_fit(request: MemberRequest, session: Session) -> None:
    over = agenda.fit_of(session).over
    if over:
        words = ngettext(
            "Enregistré, mais il y a %(n)d minute de trop. Raccourcissez un point ou laissez-en un de côté.",
            "Enregistré, mais il y a %(n)d minutes de trop. Raccourcissez un point ou laissez-en un de côté.",
            over,
        )
        messages.warning(request, words % {"n": over})
    else:
        messages.success(request, _("L’ordre du jour est enregistré."))
