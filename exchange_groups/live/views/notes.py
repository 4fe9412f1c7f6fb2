"""What is captured: the form of both pages, the list, one note to correct."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange_groups.sessions.choices import HELD
from exchange_groups.sessions.models import Note, Session
from exchange_groups.sessions.permissions import rights_on
from exchange_groups.sessions.services.errors import SessionError
from kb_site.accounts.models import User
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, is_id

from ..access import by_script, session_to_follow
from ..drafts import is_of_another, owner_mark, typed_before
from ..forms import CorrectionForm, NoteForm
from ..page_context import readable_notes
from ..permissions import TAKES_NOTES, Place
from ..polling import PACE
from ..services import notes
from ..services.errors import NotesClosed

NOTES_A_PAGE = 30


def page_settings(request: MemberRequest, session: Session) -> dict[str, Any]:
    """What the scripts of both pages read: the server's clock, the pace, whose texts the device keeps. Once the session
    is over, also the rights that lead to its minutes."""
    return {
        "now_ms": int(timezone.now().timestamp() * 1000),
        "pace": PACE,
        "owner": owner_mark(request.user),
        "takes_notes": session.state in TAKES_NOTES,
        "rights": rights_on(session, request.user) if session.state in HELD else None,
    }


def take_up_typed(request: MemberRequest) -> dict[str, Any]:
    """Return what this person had typed on this page before their sign-in expired, and tell them."""
    typed = typed_before(request, request.user)
    if typed:
        messages.info(request, _("Votre texte est repris ci-dessous : il reste à l’envoyer."))
    return typed


def capture_form(session: Session, typed: dict[str, Any], *, runs: bool) -> NoteForm:
    """An empty capture on the subject that is talked of; or what was typed before, on the subject it was begun on."""
    return NoteForm(initial=typed if "text" in typed else typed | {"item": session.current_item_id}, runs=runs)


def subject_of(session: Session, form: NoteForm) -> str:
    """The title of the subject that the note in this form would stand under; empty when it is of none."""
    item = form["item"].value()
    if item == session.current_item_id:
        return session.current_item.title if session.current_item else ""
    known = session.items.filter(pk=item) if is_id(str(item)) else session.items.none()
    return known.values_list("title", flat=True).first() or ""


def capture_from(request: MemberRequest, session: Session, form: NoteForm, page: str) -> HttpResponseBase | None:
    """Keep what the form holds and answer; None when the page should be shown again with the errors.

    Words that wait on a device for somebody else are not sent in this person's name.
    """
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if is_of_another(request, request.user):
        status = HTTPStatus.UNAUTHORIZED
        form.add_error("text", _("Une autre personne avait ouvert cette page. Relisez, puis envoyez en votre nom."))
    elif form.is_valid():
        try:
            notes.capture(session=session, author=request.user, **form.cleaned_data)
        except SessionError as error:
            form.add_error("text", str(error.message))
            if isinstance(error, NotesClosed):
                status = HTTPStatus.CONFLICT
        else:
            if by_script(request):
                return HttpResponse(status=HTTPStatus.CREATED)
            messages.success(request, _("C’est noté."))
            return SeeOther(reverse(page, args=[session.pk, session.slug]) + "#noter")
    if by_script(request):
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    return None


@require_safe
@session_to_follow
def live_notes(request: MemberRequest, session: Session, place: Place) -> HttpResponseBase:
    """All the notes that this person may read, as they were written."""
    notes = readable_notes(session, request.user, place).order_by("written_at", "pk")
    page = Paginator(notes, NOTES_A_PAGE).get_page(request.GET.get("page", "1"))
    context = {"session": session, "place": place, "page": page, "takes_notes": session.state in TAKES_NOTES}
    return render(request, "live/notes.html", context | {"runs": place == Place.RUNS})


def may_correct(note: Note, user: User, place: Place) -> bool:
    """The author corrects, and those who run the session."""
    return place == Place.RUNS or note.author_id == user.pk


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_follow
def live_note(request: MemberRequest, session: Session, place: Place, note_id: int) -> HttpResponseBase:
    """Correct a note, or take it away."""
    note = get_object_or_404(readable_notes(session, request.user, place), pk=note_id)
    if not may_correct(note, request.user, place):
        raise Http404
    note.session = session
    if request.method == "POST":
        form = CorrectionForm(request.POST)
    else:
        form = CorrectionForm(initial={"text": note.text, "version": note.version} | take_up_typed(request))
    if request.method == "POST":
        try:
            if "retirer" in request.POST:
                notes.remove(note=note)
                messages.success(request, _("La note est retirée."))
                return SeeOther(_notes_address(session))
            if form.is_valid():
                kept = notes.correct(note=note, by=request.user, **form.cleaned_data)
                messages.success(request, _said(kept, note))
                return SeeOther(f"{_notes_address(session)}#note-{kept.pk}")
        except SessionError as error:
            form.add_error("text", str(error.message))
    status = form_status(form)
    return render(
        request,
        "live/note.html",
        {**page_settings(request, session), "session": session, "note": note, "form": form},
        status=status,
    )


def _notes_address(session: Session) -> str:
    return reverse("live_notes", args=[session.pk, session.slug])


def _said(kept: Note, corrected: Note) -> str:
    if kept.pk == corrected.pk:
        return _("C’est corrigé.")
    return _("Quelqu’un l’avait corrigée entre-temps : les deux textes sont gardés, l’un sous l’autre.")
