"""Reading minutes, writing them: from notes, section by section, line by line."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchange_groups.sessions.access import session_to_run
from exchange_groups.sessions.models import Note, Session
from kb_site.access import button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status, is_id

from ..access import minutes_of_address, minutes_to_write
from ..choices import NOTE_OF, LineKind, MinutesState
from ..forms.writing import ActionForm, LineForm, MoveForm, NewLineForm, SummaryForm, rows_for
from ..models import Minutes, MinutesLine
from ..people import attendance_of, possible_doers, readers_of
from ..sections import Section, lines_of, sections_of
from ..services import undoing, writing
from ..services.errors import MinutesError


@require_safe
@minutes_of_address
def minutes_page(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """The minutes whole, for those who share them; what each may do next is beside."""
    runs = minutes.session.may_be_run_by(request.user)
    editable = runs and minutes.is_editable
    amendments = minutes.amendments.all() if runs else minutes.amendments.filter(author=request.user)
    readers = {person.pk for person in readers_of(minutes.session)} if minutes.is_amendable else set()
    agreed = readers & {person.pk for person in minutes.agreed_by.all()} if readers else set()
    context = {
        "minutes": minutes,
        "session": minutes.session,
        "asked": len(readers),
        "agreed": len(agreed),
        "may_agree": request.user.pk in readers,
        "agrees": request.user.pk in agreed,
        "undo": _last_gesture(request, minutes) if editable else None,
        "sections": sections_of(lines_of(minutes)),
        "attendance": attendance_of(minutes.session),
        "runs": runs,
        "editable": editable,
        "publishes": runs and minutes.may_be_validated_by(request.user),
        "may_amend": minutes.may_be_amended_by(request.user),
        "amendments": list(amendments.select_related("author", "line")),
        "removed": list(minutes.lines.exclude(removed_at=None)) if editable else [],
    }
    return render(request, "minutes/minutes_page.html", context)


@button_of("session_page", "session_id", "slug")
@session_to_run
def minutes_write(request: MemberRequest, session: Session) -> HttpResponseBase:
    """Make the minutes from what was noted, or take in what was noted since."""
    try:
        minutes = writing.write_minutes(session=session, by=request.user)
    except MinutesError as error:
        messages.error(request, str(error.message))
        return SeeOther(session.get_absolute_url())
    messages.success(request, _("Le compte rendu reprend ce qui a été noté. Vos corrections sont gardées."))
    return SeeOther(minutes.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_summary(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Write the summary; if someone else changed it meanwhile, both texts are shown."""
    if not minutes.is_editable:
        return _refuse(request, minutes)
    fields = ("summary", "amendment_days", "version")
    initial = {name: getattr(minutes, name) for name in fields}
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=initial)
    stored = None
    if form.is_bound and form.is_valid():
        try:
            stored = writing.edit_summary(
                minutes=minutes,
                text=form.cleaned_data["summary"],
                version=form.cleaned_data["version"],
                amendment_days=form.cleaned_data["amendment_days"],
            )
        except MinutesError as error:
            messages.error(request, str(error.message))
            return SeeOther(minutes.get_absolute_url())
        if stored is None:
            return _saved(request, minutes.get_absolute_url(), versions={"version": _version_of(minutes)})
        form.data = dict(form.data.items()) | {"version": str(stored.version)}
        if "autosave" in request.POST:
            return JsonResponse({}, status=HTTPStatus.CONFLICT)
    status = HTTPStatus.CONFLICT if stored else form_status(form)
    context = {"minutes": minutes, "session": minutes.session, "form": form, "stored": stored}
    return render(request, "minutes/summary.html", context, status=status)


def _version_of(minutes: Minutes) -> int:
    return Minutes.objects.values_list("version", flat=True).get(pk=minutes.pk)


def _saved(request: HttpRequest, address: str, *, versions: dict[str, int]) -> HttpResponseBase:
    """Answer a script that saves while one writes with the new versions; anyone else goes and sees."""
    if "autosave" in request.POST:
        return JsonResponse({"versions": versions})
    return SeeOther(address)


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_section(request: MemberRequest, minutes: Minutes, key: int) -> HttpResponseBase:
    """Write the lines of one section: correct, add, move, take away. Every button saves what was typed first."""
    if not minutes.is_editable:
        return _refuse(request, minutes)
    sections = sections_of(lines_of(minutes))
    section = next((part for part in sections if part.key == key), Section(None) if key == 0 else None)
    if section is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    rows = [*_rows(section), *_moved_meanwhile(sections, section, posted)]
    forms_ = {line.pk: _line_form(line, posted) for line in rows}
    new = NewLineForm(posted, prefix="nouvelle", initial={"kind": LineKind.NOTE})
    conflicts: dict[int, MinutesLine] = {}
    if posted is not None:
        # A row may have left the section while its words were being typed: only rows that were sent are read.
        valid = all(form.is_valid() for pk, form in forms_.items() if f"{pk}-text" in posted)
        if "autosave" in posted:
            return (
                _autosaved(request, minutes, forms_) if valid else HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
            )
        if new.is_valid() and valid:
            try:
                conflicts = writing.edit_lines(minutes=minutes, by=request.user, edits=_edits(forms_))
                if not conflicts:
                    return _after_saving(request, minutes, section, new)
            except MinutesError as error:
                messages.error(request, str(error.message))
                return SeeOther(minutes.get_absolute_url())
            for pk, line in conflicts.items():
                forms_[pk].data = dict(forms_[pk].data.items()) | {f"{pk}-version": str(line.version)}
    errors = any(form.is_bound and form.errors for form in [*forms_.values(), new])
    context = {
        "minutes": minutes,
        "session": minutes.session,
        "section": section,
        "rows": [(line, forms_[line.pk], conflicts.get(line.pk)) for line in rows],
        "new": new,
        "kinds": [(kind, LineKind(kind).label.capitalize()) for kind in NOTE_OF],
        "conflicts": conflicts,
        "undo": _last_gesture(request, minutes),
        "has_errors": errors,
        "may_move": len(_points_for(sections, section)) > 0,
        "position": [part.key for part in sections].index(key) + 1 if section in sections else 1,
    }
    status = HTTPStatus.CONFLICT if conflicts else HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "minutes/section.html", context, status=status)


def _rows(section: Section) -> list[MinutesLine]:
    return [*([section.heading] if section.heading else []), *section.lines]


def _moved_meanwhile(sections: list[Section], section: Section, posted: Any) -> list[MinutesLine]:
    """The lines that someone moved out of this section while their words were being typed here."""
    others = [line for part in sections if part.key != section.key for line in part.lines]
    return [line for line in others if posted is not None and f"{line.pk}-text" in posted]


def _points_for(sections: list[Section], section: Section) -> list[Section]:
    """Where a line of this section may be moved: the other ones, the opening one among them even when it is empty."""
    opening = [] if sections and sections[0].heading is None else [Section(None)]
    return [part for part in [*opening, *sections] if part.key != section.key]


def _line_form(line: MinutesLine, posted: Any) -> LineForm:
    sent = posted if posted is not None and f"{line.pk}-text" in posted else None
    form = LineForm(sent, prefix=str(line.pk), initial={"text": line.text, "version": line.version})
    form.fields["text"].widget.attrs["rows"] = rows_for(line.text)
    return form


def _edits(forms_: dict[int, LineForm]) -> dict[int, writing.Edit]:
    return {
        pk: writing.Edit(form.cleaned_data["text"], form.cleaned_data["version"])
        for pk, form in forms_.items()
        if form.is_bound
    }


def _autosaved(request: MemberRequest, minutes: Minutes, forms_: dict[int, LineForm]) -> HttpResponseBase:
    try:
        conflicts = writing.edit_lines(minutes=minutes, by=request.user, edits=_edits(forms_))
    except MinutesError:
        return JsonResponse({}, status=HTTPStatus.CONFLICT)
    kept = MinutesLine.objects.filter(pk__in=set(forms_) - set(conflicts)).values_list("pk", "version")
    versions = {f"{pk}-version": version for pk, version in kept}
    return JsonResponse({"versions": versions}, status=HTTPStatus.CONFLICT if conflicts else HTTPStatus.OK)


def _after_saving(request: MemberRequest, minutes: Minutes, section: Section, new: NewLineForm) -> HttpResponseBase:
    """Do what the button asked once the words are stored, and show the section again, or the whole."""
    verb, _colon, pk = request.POST.get("faire", "").partition(":")
    line_id = int(pk) if is_id(pk) else 0
    own = line_id in {line.pk for line in _rows(section)}
    here = reverse("minutes_section", args=[minutes.session_id, minutes.session.slug, section.key])
    if text := new.cleaned_data["text"]:
        kind = new.cleaned_data["kind"]
        line = writing.add_line(minutes=minutes, by=request.user, kind=kind, text=text, section=section.key)
        if line.note_id:
            return SeeOther(reverse("minutes_action", args=[minutes.session_id, minutes.session.slug, line.note_id]))
        if not verb:
            return SeeOther(f"{here}#ajouter")
    if own and verb in OF_A_LINE:
        with _undoable(request, minutes, verb):
            then = OF_A_LINE[verb](request, minutes, line_id)
        return SeeOther(then or f"{here}#ligne-{line_id}")
    if own and verb == "retirer":
        with _undoable(request, minutes, verb):
            writing.remove_line(minutes=minutes, line_id=line_id)
        return SeeOther(minutes.get_absolute_url() if line_id == section.key else here)
    return SeeOther(here if verb == "ajouter" else f"{minutes.get_absolute_url()}#point-{section.key}")


# The last gesture on lines, which the person may take back: kept in their session, the words of nobody else in it.
UNDO = "minutes_undo"


@contextmanager
def _undoable(request: HttpRequest, minutes: Minutes, verb: str) -> Iterator[None]:
    before = undoing.snapshot(minutes)
    yield
    if changed := undoing.difference(before, undoing.snapshot(minutes)):
        request.session[UNDO] = {"minutes": minutes.pk, "verb": verb, "changed": changed}


def _last_gesture(request: HttpRequest, minutes: Minutes) -> dict[str, Any] | None:
    kept = request.session.get(UNDO)
    return kept if kept and kept["minutes"] == minutes.pk else None


@button_of("minutes_page", "session_id", "slug")
@minutes_to_write
def minutes_undo(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    """Take back the last gesture of this person on lines, unless somebody changed them since."""
    gesture = _last_gesture(request, minutes)
    here = minutes.get_absolute_url()
    if gesture is None:
        return SeeOther(here)
    del request.session[UNDO]
    lines = [int(pk) for pk in gesture["changed"]]
    try:
        undoing.undo(minutes=minutes, by=request.user, changed=gesture["changed"])
    except MinutesError as error:
        messages.error(request, str(error.message))
        return SeeOther(here)
    messages.success(request, _("C’est défait."))
    return SeeOther(f"{here}#ligne-{lines[0]}")


@button_of("minutes_page", "session_id", "slug")
@minutes_to_write
def minutes_place(request: MemberRequest, minutes: Minutes, line_id: int) -> HttpResponseBase:
    """Put a line where it was dropped: `point`, and `avant`, the line that it goes before (none: the end of the point)."""
    point, before = (request.POST.get(name, "") for name in ("point", "avant"))
    try:
        with _undoable(request, minutes, "deplacer"):
            moved = writing.move_to_section(
                minutes=minutes,
                line_id=line_id,
                section=int(point) if is_id(point) else 0,
                before=int(before) if is_id(before) else 0,
            )
    except MinutesError as error:
        messages.error(request, str(error.message))
    else:
        if not moved:
            messages.error(request, _("Cette ligne ou ce point n’est plus là : relisez la page."))
    return SeeOther(f"{minutes.get_absolute_url()}#ligne-{line_id}")


# What the buttons of a line do; each returns where to go, "" for the line itself.


def _up(request: MemberRequest, minutes: Minutes, line_id: int) -> str:
    writing.move_line(minutes=minutes, line_id=line_id, up=True)
    return ""


def _down(request: MemberRequest, minutes: Minutes, line_id: int) -> str:
    writing.move_line(minutes=minutes, line_id=line_id, up=False)
    return ""


def _elsewhere(request: MemberRequest, minutes: Minutes, line_id: int) -> str:
    return reverse("minutes_move", args=[minutes.session_id, minutes.session.slug, line_id])


def _of_another_kind(request: MemberRequest, minutes: Minutes, line_id: int) -> str:
    kind = request.POST.get(f"{line_id}-kind", "")
    if kind not in NOTE_OF:
        return ""
    changed = writing.change_kind(minutes=minutes, by=request.user, line_id=line_id, kind=LineKind(kind))
    if changed is None or changed.kind != LineKind.ACTION:
        return ""
    return reverse("minutes_action", args=[minutes.session_id, minutes.session.slug, changed.note_id])


def _cut(request: MemberRequest, minutes: Minutes, line_id: int) -> str:
    if writing.split_line(minutes=minutes, by=request.user, line_id=line_id) == 1:
        messages.info(request, _("Allez à la ligne là où vous voulez couper, puis recommencez."))
    return ""


def _join(request: MemberRequest, minutes: Minutes, line_id: int) -> str:
    writing.join_line(minutes=minutes, by=request.user, line_id=line_id)
    return ""


OF_A_LINE = {
    "monter": _up,
    "descendre": _down,
    "deplacer": _elsewhere,
    "nature": _of_another_kind,
    "couper": _cut,
    "joindre": _join,
}


@require_http_methods(["GET", "HEAD", "POST"])
@minutes_to_write
def minutes_move(request: MemberRequest, minutes: Minutes, line_id: int) -> HttpResponseBase:
    """Put a line under another point, and come back to the point it was under."""
    if not minutes.is_editable:
        return _refuse(request, minutes)
    sections = sections_of(lines_of(minutes))
    section = next((part for part in sections if line_id in {line.pk for line in part.lines}), None)
    if section is None:
        raise Http404
    here = reverse("minutes_section", args=[minutes.session_id, minutes.session.slug, section.key])
    form = MoveForm(request.POST if request.method == "POST" else None, sections=_points_for(sections, section))
    if form.is_valid():
        point = form.cleaned_data["point"]
        try:
            with _undoable(request, minutes, "deplacer"):
                moved = writing.move_to_section(minutes=minutes, line_id=line_id, section=point)
        except MinutesError as error:
            messages.error(request, str(error.message))
            return SeeOther(minutes.get_absolute_url())
        if moved:
            title = dict(form.fields["point"].choices)[point]  # type: ignore[attr-defined]
            messages.success(request, _("La ligne est rangée sous « %s ».") % title)
            return SeeOther(here)
        form.add_error("point", form.fields["point"].error_messages["invalid_choice"])
    line = next(line for line in section.lines if line.pk == line_id)
    context = {"minutes": minutes, "session": minutes.session, "line": line, "form": form, "here": here}
    return render(request, "minutes/move.html", context, status=form_status(form))


@button_of("minutes_page", "session_id", "slug")
@minutes_to_write
def minutes_restore(request: MemberRequest, minutes: Minutes, line_id: int) -> HttpResponseBase:
    """Bring back a line that was taken away."""
    try:
        writing.remove_line(minutes=minutes, line_id=line_id, removed=False)
    except MinutesError as error:
        messages.error(request, str(error.message))
    return SeeOther(minutes.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@session_to_run
def minutes_action(request: MemberRequest, session: Session, note_id: int) -> HttpResponseBase:
    """Say who does an action and for when; allowed after publication too: actions live on."""
    note = get_object_or_404(Note.objects.actions().filter(session=session), pk=note_id)
    initial = {"doer": note.doer_id, "doer_name": note.doer_name, "due_on": note.due_on}
    form = ActionForm(
        request.POST if request.method == "POST" else None, initial=initial, people=possible_doers(session)
    )
    if form.is_bound and form.is_valid():
        writing.assign_action(note=note, **form.cleaned_data)
        messages.success(request, _("C’est noté."))
        minutes = Minutes.objects.filter(session=session).first()
        return SeeOther(minutes.get_absolute_url() if minutes else session.get_absolute_url())
    context = {"session": session, "note": note, "form": form}
    return render(request, "minutes/action.html", context, status=form_status(form))


def _refuse(request: MemberRequest, minutes: Minutes) -> HttpResponseBase:
    if minutes.state not in (MinutesState.DRAFT, MinutesState.IN_REVIEW):
        messages.error(request, _("Ce compte rendu est validé : il ne change plus."))
    return redirect(minutes)
