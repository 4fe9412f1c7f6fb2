"""The link of a reminder: it says that one action is done, without signing in, and opens nothing else.

It names one action and one person, whose rights are read again when it is followed; it expires.
"""

from django.core import signing
from django.urls import reverse

from exchange_groups.sessions.models import Note
from kb_site.accounts.models import User
from kb_site.addresses import absolute

SALT = "minutes.action-done"
LIFETIME_SECONDS = 60 * 60 * 24 * 60


def action_token(note: Note, person: User) -> str:
    """Return the signed part of the link."""
    return signing.dumps([note.pk, person.pk], salt=SALT)


def action_link(note: Note, person: User) -> str:
    """Return the whole address to write in a mail."""
    return absolute(reverse("action_by_link", args=[action_token(note, person)]))


def read_action_token(token: str) -> tuple[Note, User] | None:
    """Return the action and the person of a link, or None when it is broken, too old, or no longer their action."""
    try:
        note_id, person_id = signing.loads(token, salt=SALT, max_age=LIFETIME_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not person.is_approved:
        return None
    note = Note.objects.actions().taken_on_by(person).select_related("session__group").filter(pk=note_id).first()
    return (note, person) if note else None
