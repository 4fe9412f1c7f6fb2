"""Papers: the sheet to sign, certificates, files. A file is read by those who read the page, and by no one else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exchange_groups.sessions.access import session_to_run
from exchange_groups.sessions.choices import THERE, Presence, RegistrationState
from exchange_groups.sessions.models import Registration, Session
from kb_site.access import approved_account_required
from kb_site.accounts.requests import MemberRequest

from ..access import minutes_of_address
from ..documents import Document, internal_document, public_document
from ..exports import as_docx, as_markdown
from ..models import Minutes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY_LINES = 4  # for those who come without having registered


@require_safe
@session_to_run
def attendance_sheet(request: MemberRequest, session: Session) -> HttpResponseBase:
    """The sheet that people sign, on A4: those who have a place, and empty lines."""
    coming = session.registrations.filter(state=RegistrationState.REGISTERED).select_related("user__structure")
    people = sorted(coming, key=lambda one: one.name.casefold())
    remote = (Presence.VISIO, Presence.TELEPHONE)
    context = {"session": session, "people": people, "remote": remote, "empty": range(EMPTY_LINES)}
    return render(request, "minutes/attendance_sheet.html", context)


@require_safe
@approved_account_required
def certificate(request: MemberRequest, session_id: int, slug: str, registration_id: int) -> HttpResponseBase:
    """The certificate of someone who was there: for themselves, and for those who run the session."""
    there = Registration.objects.filter(session=session_id, presence__in=THERE).select_related(
        "user__structure", "session__group__network", "session__facilitator"
    )
    found = get_object_or_404(there, pk=registration_id)
    own = found.user_id == request.user.pk
    if not own and not found.session.may_be_run_by(request.user):
        raise Http404
    context = {"registration": found, "session": found.session, "person": found.user}
    return render(request, "minutes/certificate.html", context)


@require_safe
@minutes_of_address
def minutes_file(request: MemberRequest, minutes: Minutes, ending: str) -> HttpResponseBase:
    """The minutes whole, as a file."""
    return _file(internal_document(minutes), ending)


@require_safe
def public_minutes_file(request: HttpRequest, minutes_id: int, slug: str, ending: str) -> HttpResponseBase:
    """The public version as a file."""
    minutes = get_object_or_404(Minutes.objects.public().select_related("session__group"), pk=minutes_id)
    return _file(public_document(minutes), ending)


def _file(document: Document, ending: str) -> HttpResponse:
    content: bytes | str
    if ending == "docx":
        content, media_type = as_docx(document), DOCX
    elif ending == "md":
        content, media_type = as_markdown(document), "text/markdown; charset=utf-8"
    else:
        raise Http404
    disposition = f'attachment; filename="{document.file_name}.{ending}"'
    headers = {"Content-Disposition": disposition, "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=media_type, headers=headers)
