"""The public version: written by those who facilitate, read by anyone."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther

from ..access import minutes_to_publish
from ..choices import MinutesState
from ..documents import public_document
from ..forms.public import PublicForm
from ..models import Minutes
from ..services import publishing
from ..services.errors import MinutesError, NeverPublic

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_publish
def minutes_redact(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Choose what becomes public, in which words; keep it for later, open it, or take it back."""
    if minutes.state != MinutesState.PUBLISHED or not minutes.may_become_public:
        first = _("Publiez d’abord le compte rendu dans le groupe.")
        messages.error(request, first if minutes.may_become_public else str(NeverPublic.message))
        return redirect(minutes)
    if request.method == "POST" and "retirer" in request.POST:
        publishing.withdraw_public_version(minutes=minutes)
        messages.success(request, _("La version publique est retirée."))
        return SeeOther(minutes.get_absolute_url())
    lines = list(minutes.lines.standing())
    # Once open, every word that is kept is read by everyone: it passes the same checks.
    opening = "ouvrir" in request.POST or minutes.public_at is not None
    form = PublicForm(request.POST if request.method == "POST" else None, minutes=minutes, lines=lines, opening=opening)
    stored = None
    if form.is_bound and form.is_valid():
        words = {
            "title": form.cleaned_data["public_title"],
            "summary": form.cleaned_data["public_summary"],
            "texts": form.texts(),
            "version": form.cleaned_data["version"],
        }
        try:
            if opening:
                stored = publishing.open_public_version(minutes=minutes, by=request.user, **words)
            else:
                stored = publishing.keep_public_version(minutes=minutes, **words)
        except MinutesError as error:
            messages.error(request, str(error.message))
            return SeeOther(minutes.get_absolute_url())
        if stored is None:
            minutes.refresh_from_db()
            done = _("La version publique est en ligne.") if opening else _("Vos textes publics sont gardés.")
            messages.success(request, done)
            return SeeOther(minutes.get_public_url() if opening else request.path)
        form.data = dict(form.data.items()) | {"version": str(stored.version)}
    theirs = {line.pk: line.public_text for line in lines} if stored else {}
    rows = [(line, form[f"ligne-{line.pk}"], theirs.get(line.pk, "")) for line in lines]
    context = {"minutes": minutes, "session": minutes.session, "form": form, "rows": rows, "stored": stored}
    status = HTTPStatus.CONFLICT if stored else HTTPStatus.OK
    if form.is_bound and form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "minutes/redact.html", context, status=status)


@require_safe
def public_minutes_list(request: HttpRequest) -> HttpResponse:
    """What groups chose to make public of their sessions, the latest first."""
    found = Minutes.objects.public().select_related("session__group").order_by("-session__starts_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "minutes/public_list.html", {"page": page})


@require_safe
def public_minutes(request: HttpRequest, minutes_id: int, slug: str) -> HttpResponseBase:
    """The redacted version, for everyone: it names nobody."""
    minutes = get_object_or_404(Minutes.objects.public().select_related("session__group"), pk=minutes_id)
    if request.path != minutes.get_public_url():
        return redirect(minutes.get_public_url())
    context = {"minutes": minutes, "group": minutes.session.group, "document": public_document(minutes), "slug": slug}
    return render(request, "minutes/public.html", context)
