"""Notes, needs, ideas, decisions, actions: kept one by one, whoever writes and whenever they arrive."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange_groups.sessions.choices import ActionState, NoteKind, SessionState
from exchange_groups.sessions.models import Note, Session
from kb_site.accounts.models import User

from ...models import Membership
from ...signals import session_noted
from ..people import person_named
from ..permissions import TAKES_NOTES
from .errors import KeyUsed, NotesClosed
from .running import tell_of_change


def capture(
    *,
    session: Session,
    author: User,
    text: str,
    kind: NoteKind | str = NoteKind.NOTE,
    key: uuid.UUID | None = None,
    item_id: int | None = None,
    doer_name: str = "",
    due_on: datetime.date | None = None,
    written_at: datetime.datetime | None = None,
    corrects: Note | None = None,
) -> Note:
    """Keep a capture; the same key sent again by the same person returns what was kept the first time.

    `doer_name` is who does an action, as typed: the account of that name in the group or the session is found when
    there is one alone. `written_at` is when the device wrote it, never before the start nor after now: what comes back
    late takes its place. A key that comes with other words keeps both. Raises NotesClosed, KeyUsed.
    """
    now = timezone.now()
    is_action = kind == NoteKind.ACTION
    doer = person_named(doer_name, _people_of(session)) if is_action and doer_name else None
    note = Note(
        session=session, author=author, kind=kind, text=text, key=key or uuid.uuid4(), corrects=corrects, doer=doer,
        item=session.items.filter(pk=item_id).first() if item_id else None,
        doer_name="" if doer or not is_action else doer_name,
        due_on=due_on if is_action else None,
        state=ActionState.TO_DO if is_action else "",
        written_at=min(max(written_at or now, session.started_at or now), now),
    )  # fmt: skip
    with transaction.atomic():
        state = _check_open(session)
        stored = _stored_or_new(note)
        if stored is note:
            _tell(session, state)
        return stored


def _check_open(session: Session) -> str:
    """Lock the session against a change of state while a note goes in, and return its state; raise NotesClosed."""
    states = Session.objects.select_for_update(of=("self",), no_key=True).values_list("state", flat=True)
    state = states.get(pk=session.pk)
    if state not in TAKES_NOTES:
        raise NotesClosed
    return state


def _tell(session: Session, state: str) -> None:
    """Tell the pages of the session; once it has ended, its minutes too, which follow what comes back late."""
    tell_of_change(session)
    if state == SessionState.TO_WRITE_UP:
        session_noted.send(Session, session=session)


def _stored_or_new(note: Note) -> Note:
    try:
        with transaction.atomic():
            note.save()
            return note
    except IntegrityError:
        stored = Note.objects.filter(key=note.key).first()
    if stored is None or (stored.author_id, stored.session_id) != (note.author_id, note.session_id):
        raise KeyUsed
    if stored.text == note.text or stored.version > 1:  # corrected since it was sent
        return stored
    other = uuid.uuid5(note.key, note.text)  # the same two texts sent again still make two notes
    known = Note.objects.filter(key=other).first()
    if known is None:
        note.key = other
        note.save(force_insert=True)
        return note
    return known


def _people_of(session: Session) -> list[User]:
    registered = [r.user for r in session.registrations.select_related("user") if r.user]
    members = [m.user for m in Membership.objects.in_effect().filter(group=session.group_id).select_related("user")]
    return [*registered, *members]


def correct(*, note: Note, by: User, text: str, version: int, key: uuid.UUID | None = None) -> Note:
    """Replace the words of the version that was read. When the note has changed since, the words are kept as another
    note beside it: nobody overwrites what they have not seen. Return the note that holds the words.

    Raises NotesClosed, KeyUsed.
    """
    with transaction.atomic():
        state = _check_open(note.session)
        current = Note.objects.select_for_update(of=("self",)).select_related("session").get(pk=note.pk)
        if current.text == text and current.removed_at is None:
            return current
        if current.version == version and current.removed_at is None:
            current.text, current.version, current.changed_at = text, version + 1, timezone.now()
            current.save(update_fields=["text", "version", "changed_at"])
            _tell(current.session, state)
            return current
        who = current.doer.public_name if current.doer else current.doer_name
        return capture(
            session=current.session, author=by, text=text, key=key, corrects=current, doer_name=who,
            written_at=current.written_at, kind=current.kind, item_id=current.item_id, due_on=current.due_on,
        )  # fmt: skip


def remove(*, note: Note) -> None:
    """Take a note away; its row stays, unseen. Raises NotesClosed."""
    with transaction.atomic():
        state = _check_open(note.session)
        if Note.objects.filter(pk=note.pk, removed_at=None).update(removed_at=timezone.now()):
            _tell(note.session, state)
