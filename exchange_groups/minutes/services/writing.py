"""Writing minutes: made from what the session left, then corrected line by line. Two editors never overwrite each other."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from exchange_groups.sessions.choices import HELD, ActionState, ItemState, NoteKind, SessionState
from exchange_groups.sessions.models import AgendaItem, Note, Session
from kb_site.accounts.models import User

from ..choices import NOTE_OF, OF_NOTE, LineKind
from ..models import TEXT_LENGTH, Minutes, MinutesLine, forget_agreements
from ..sections import Section, sections_of
from .errors import NotEditable, NotHeld, TooLong

STEP = 10  # between the orders of two lines


@dataclass(frozen=True)
class Edit:
    """Words for a line, and the version that they were written on."""

    text: str
    version: int


def was_held(session: Session) -> bool:
    """Whether the session took place: ended by its facilitator, or over by the clock though nobody ran it here."""
    if session.state in HELD:
        return True
    return session.state == SessionState.OPEN and session.ends_at is not None and session.ends_at <= timezone.now()


@transaction.atomic
def write_minutes(*, session: Session, by: User | None) -> Minutes:
    """Make the minutes from the agenda, the notes, decisions, actions, needs and ideas of a session; again is harmless.

    Made anew, they take what was noted since; a line that was edited keeps its words, one that was taken away stays away.
    Raises NotHeld or NotEditable.
    """
    current = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not was_held(current):
        raise NotHeld
    if current.state == SessionState.OPEN:
        current.state = SessionState.TO_WRITE_UP
        current.save(update_fields=["state"])
    minutes, _made = Minutes.objects.get_or_create(session=current)
    if not minutes.is_editable:
        raise NotEditable
    sections = _sections_with_what_is_new(minutes, current, by)
    _renumber([line for section in sections for line in ([section.heading] if section.heading else []) + section.lines])
    return minutes


def _sections_with_what_is_new(minutes: Minutes, session: Session, by: User | None) -> list[Section]:
    known = list(minutes.lines.select_related("note", "item"))
    _take_away_what_was(known)
    by_note = {line.note_id: line for line in known if line.note_id}
    by_item = {line.item_id: line for line in known if line.item_id}
    sections = sections_of(known)
    if not sections or sections[0].heading is not None:
        sections.insert(0, Section(None))
    place: dict[int | None, Section] = {
        part.heading.item_id: part for part in sections if part.heading and part.heading.item_id
    }
    for item in _items_talked_of(session):
        if item.pk not in place:
            line = by_item.get(item.pk) or _line(minutes, LineKind.POINT, item.title, by, item=item)
            place[item.pk] = Section(line)
            sections.append(place[item.pk])
        _refresh(by_item.get(item.pk), item.title)
    for note in Note.objects.standing().filter(session=session):
        if note.pk in by_note:
            _refresh(by_note[note.pk], note.text)
            continue
        section = place.get(note.item_id) or sections[0]
        section.lines.append(_line(minutes, OF_NOTE[NoteKind(note.kind)], note.text, by, note=note))
    return sections


def _take_away_what_was(lines: Iterable[MinutesLine]) -> None:
    """Take away the lines whose note was taken away since, unless someone has edited them."""
    gone = [line.pk for line in lines if line.note and line.note.removed_at and not line.was_edited]
    MinutesLine.objects.standing().filter(pk__in=gone).update(removed_at=timezone.now(), version=F("version") + 1)


def _items_talked_of(session: Session) -> Iterable[AgendaItem]:
    """The agenda, and what was talked of without being on it."""
    talked = (
        Q(order__isnull=False)
        | Q(state__in=(ItemState.DONE, ItemState.POSTPONED))
        | Q(notes__removed_at=None, notes__isnull=False)
    )
    return session.items.filter(talked).distinct()


def _line(minutes: Minutes, kind: str, text: str, by: User | None, **source: Any) -> MinutesLine:
    return MinutesLine.objects.create(
        minutes=minutes, kind=kind, text=text, generated_text=text, changed_by=by, **source
    )


def _refresh(line: MinutesLine | None, text: str) -> None:
    """Follow the words of the source, unless someone has edited the line."""
    if line is not None and not line.was_edited and line.text != text:
        line.text = line.generated_text = text
        line.version += 1
        line.save(update_fields=["text", "generated_text", "version"])


def _renumber(lines: Iterable[MinutesLine]) -> None:
    moved = []
    for position, line in enumerate(lines, start=1):
        if line.order != position * STEP:
            line.order = position * STEP
            moved.append(line)
    MinutesLine.objects.bulk_update(moved, ["order"])


def locked(minutes: Minutes) -> Minutes:
    """Return the minutes with their row locked: editors pass one after the other. Raises NotEditable."""
    current = Minutes.objects.select_for_update(of=("self",)).select_related("session").get(pk=minutes.pk)
    if not current.is_editable:
        raise NotEditable
    return current


@transaction.atomic
def edit_lines(*, minutes: Minutes, by: User, edits: Mapping[int, Edit]) -> dict[int, MinutesLine]:
    """Store the lines whose words changed; return those that someone else changed meanwhile, as they are now.

    Such a line is left as it is: whoever writes is shown both texts and decides. Lines taken away meanwhile come back
    among them. Raises NotEditable.
    """
    current = locked(minutes)
    conflicts: dict[int, MinutesLine] = {}
    for line in current.lines.filter(pk__in=list(edits)).select_related("note", "changed_by"):
        edit = edits[line.pk]
        if edit.text == line.text or not edit.text:
            continue
        if edit.version != line.version or line.removed_at is not None:
            conflicts[line.pk] = line
            continue
        set_words(line, edit.text, by=by)
    return conflicts


def set_words(line: MinutesLine, text: str, *, by: User | None) -> None:
    """Write a line; the words of an action are those of its note, which is what its doer receives."""
    line.text, line.version = text, line.version + 1
    line.changed_by, line.changed_at = by, timezone.now()
    line.save(update_fields=["text", "version", "changed_by", "changed_at"])
    forget_agreements(line.minutes_id)
    if line.kind == LineKind.ACTION and line.note_id:
        Note.objects.filter(pk=line.note_id).update(text=text, changed_at=timezone.now())


@transaction.atomic
def add_line(*, minutes: Minutes, by: User | None, kind: str, text: str, section: int) -> MinutesLine:
    """Add a line at the end of a section (0: the opening one); an action is noted in the session too. Raises NotEditable."""
    current = locked(minutes)
    forget_agreements(current.pk)
    sections = sections_of(current.lines.all())
    place = next((part for part in sections if part.key == section), None)
    note = None
    if kind == LineKind.ACTION:
        note = Note.objects.create(
            session=current.session,
            kind=NoteKind.ACTION,
            state=ActionState.TO_DO,
            text=text,
            author=by,
            item=place.heading.item if place and place.heading else None,
        )
    line = MinutesLine.objects.create(minutes=current, kind=kind, text=text, note=note, changed_by=by)
    ordered: list[MinutesLine] = [] if place or section else [line]
    for part in sections:
        ordered += [*([part.heading] if part.heading else []), *part.lines]
        ordered += [line] if part is place else []
    _renumber(ordered if line in ordered else [*ordered, line])
    return line


@transaction.atomic
def move_line(*, minutes: Minutes, line_id: int, up: bool) -> None:
    """Exchange a line with the one before it, or after it; at the end of the document nothing moves. Raises NotEditable."""
    current = locked(minutes)
    lines = list(current.lines.standing())
    position = next((index for index, line in enumerate(lines) if line.pk == line_id), None)
    if position is None:
        return
    other = position - 1 if up else position + 1
    if 0 <= other < len(lines):
        lines[position], lines[other] = lines[other], lines[position]
        taken_away = list(current.lines.exclude(removed_at=None))
        _renumber([*lines, *taken_away])


@transaction.atomic
def move_to_section(*, minutes: Minutes, line_id: int, section: int, before: int = 0) -> bool:
    """Put a line in a section (0: the opening one), before a line of it, else at its end; its note follows it there.

    Return whether it could: the line, or the section, may have been taken away meanwhile. Raises NotEditable.
    """
    current = locked(minutes)
    sections = sections_of(current.lines.standing().select_related("note", "item"))
    if not section and sections and sections[0].heading is not None:
        sections.insert(0, Section(None))
    place = next((part for part in sections if part.key == section), None)
    line = next((line for part in sections for line in part.lines if line.pk == line_id), None)
    if place is None or line is None or before == line_id:
        return False
    for part in sections:
        part.lines = [one for one in part.lines if one != line]
    position = next((at for at, one in enumerate(place.lines) if one.pk == before), len(place.lines))
    place.lines.insert(position, line)
    in_order = [line for part in sections for line in ([part.heading] if part.heading else []) + part.lines]
    _renumber([*in_order, *current.lines.exclude(removed_at=None)])
    if line.note_id:
        item = place.heading.item if place.heading else None
        Note.objects.filter(pk=line.note_id).exclude(item=item).update(item=item, changed_at=timezone.now())
    return True


@transaction.atomic
def change_kind(*, minutes: Minutes, by: User, line_id: int, kind: LineKind) -> MinutesLine | None:
    """Make a line of another kind, its note with it; what becomes an action is to be done, and followed.

    Return the line, None when it is not there any more, or when it opens a section or would. Raises NotEditable.
    """
    current = locked(minutes)
    line = current.lines.standing().select_related("note").filter(pk=line_id).first()
    if line is None or LineKind.POINT in (line.kind, kind):
        return None
    line.kind, line.version = kind, line.version + 1
    line.changed_by, line.changed_at = by, timezone.now()
    note = line.note
    if note is None and kind == LineKind.ACTION:
        note = Note(session=current.session, author=by, text=line.text)
    if note is not None:
        note.kind = NOTE_OF[kind]
        note.state = (note.state or ActionState.TO_DO) if kind == LineKind.ACTION else ""
        note.save()
        line.note = note
    line.save(update_fields=["kind", "note", "version", "changed_by", "changed_at"])
    forget_agreements(current.pk)
    return line


@transaction.atomic
def split_line(*, minutes: Minutes, by: User, line_id: int) -> int:
    """Make a line of each paragraph of a line, in their order; return how many lines it became. Raises NotEditable."""
    current = locked(minutes)
    lines = list(current.lines.standing().select_related("note"))
    position = next((index for index, line in enumerate(lines) if line.pk == line_id), None)
    if position is None or lines[position].kind == LineKind.POINT:
        return 0
    line = lines[position]
    first, *rest = filter(None, (paragraph.strip() for paragraph in line.text.splitlines()))
    if rest:
        set_words(line, first, by=by)
    # An action of several paragraphs stays one, with who does it and for when: what follows is told about it.
    kind = LineKind.NOTE if line.kind == LineKind.ACTION else line.kind
    made = [MinutesLine.objects.create(minutes=current, kind=kind, text=text, changed_by=by) for text in rest]
    _renumber([*lines[: position + 1], *made, *lines[position + 1 :], *current.lines.exclude(removed_at=None)])
    return 1 + len(rest)


@transaction.atomic
def join_line(*, minutes: Minutes, by: User, line_id: int) -> MinutesLine | None:
    """Add the words of a line to the one before it in its section, and take it away; return the line that holds them.

    None when nothing of the section stands before it. Raises NotEditable, TooLong.
    """
    current = locked(minutes)
    lines = list(current.lines.standing().select_related("note"))
    position = next((index for index, line in enumerate(lines) if line.pk == line_id), 0)
    line, before = lines[position] if lines else None, lines[position - 1] if position else None
    if line is None or before is None or LineKind.POINT in (line.kind, before.kind):
        return None
    text = f"{before.text}\n{line.text}"
    if len(text) > TEXT_LENGTH:
        raise TooLong
    set_words(before, text, by=by)
    remove_line(minutes=current, line_id=line.pk)
    return before


@transaction.atomic
def remove_line(*, minutes: Minutes, line_id: int, removed: bool = True) -> None:
    """Take a line away, or bring it back; an action taken away is given up. Twice is harmless. Raises NotEditable."""
    current = locked(minutes)
    line = current.lines.filter(pk=line_id).first()
    if line is None or (line.removed_at is not None) == removed:
        return
    line.removed_at = timezone.now() if removed else None
    line.version += 1
    line.save(update_fields=["removed_at", "version"])
    forget_agreements(current.pk)
    if line.kind == LineKind.ACTION and line.note_id:
        before, after = ActionState.TO_DO, ActionState.DROPPED
        if not removed:
            before, after = after, before
        Note.objects.filter(pk=line.note_id, state=before).update(state=after)


@transaction.atomic
def edit_summary(*, minutes: Minutes, text: str, version: int, amendment_days: int) -> Minutes | None:
    """Store the summary and the days of review; return the minutes as they are when someone changed them meanwhile.

    Raises NotEditable.
    """
    current = locked(minutes)
    if (text, amendment_days) == (current.summary, current.amendment_days):
        return None
    if version != current.version:
        return current
    current.summary, current.amendment_days, current.version = text, amendment_days, version + 1
    current.save(update_fields=["summary", "amendment_days", "version"])
    forget_agreements(current.pk)
    return None


@transaction.atomic
def assign_action(*, note: Note, doer: User | None, doer_name: str, due_on: datetime.date | None) -> None:
    """Say who does an action and for when; a new date will be reminded of."""
    current = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    current.doer, current.doer_name, current.due_on = doer, "" if doer else doer_name, due_on
    current.save(update_fields=["doer", "doer_name", "due_on"])
