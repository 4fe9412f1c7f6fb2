"""The public version: other words, chosen line by line, checked, and taken back when need be."""

import re
import unicodedata
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from exchange_groups.sessions.models import Note, Registration, Session
from kb_site.accounts.models import User

from ..choices import MinutesState
from ..models import Minutes
from ..people import members_of
from .errors import NeverPublic, NotWaiting

SHORTEST_NAME = 3
CHECKS = ("nobody", "situations", "agreed")


def names_of(session: Session) -> set[str]:
    """Return the names that the public version must not hold: members, guests, people who run, note and act."""
    people = [(one.first_name, one.last_name) for one in members_of(session.group)]
    there = Registration.objects.filter(session=session).select_related("user")
    people += [(one.user.first_name, one.user.last_name) if one.user else (one.guest_name, "") for one in there]
    # Those who noted, act or run it may have left the group since.
    people += [(one.first_name, one.last_name) for one in (session.facilitator, session.secretary) if one]
    said = Note.objects.filter(session=session)
    people += said.values_list("author__first_name", "author__last_name")
    people += said.values_list("doer__first_name", "doer__last_name")
    people += [(name, "") for name in said.values_list("doer_name", flat=True)]
    words = {word for names in people for name in names for word in _words(name or "")}
    return {word for word in words if len(word) >= SHORTEST_NAME and word[0].isupper()}


def names_in(text: str, names: set[str]) -> list[str]:
    """Return those of these names that a text holds, as whole words with their capital: « DIALLO » is « Diallo »."""
    wanted = {name.casefold() for name in names}
    return sorted({word for word in _words(text) if word[0].isupper() and word.casefold() in wanted})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", unicodedata.normalize("NFC", text))


@transaction.atomic
def keep_public_version(
    *, minutes: Minutes, title: str, summary: str, texts: Mapping[int, str], version: int
) -> Minutes | None:
    """Store the public words (an empty text leaves a line out), not yet open to anyone.

    Returns the minutes as they are when someone changed them meanwhile. Raises NotWaiting, also when the version is open
    already (its words would be read at once, unchecked), or NeverPublic.
    """
    current = _locked(minutes)
    if current.public_at is not None:
        raise NotWaiting
    if version != current.version:
        return current
    _write(current, title, summary, texts)
    return None


@transaction.atomic
def open_public_version(
    *, minutes: Minutes, by: User, title: str, summary: str, texts: Mapping[int, str], version: int
) -> Minutes | None:
    """Store the public words and open them to everyone; every check of CHECKS was ticked by this person.

    Returns the minutes as they are when someone changed them meanwhile. Raises NotWaiting or NeverPublic.
    """
    current = _locked(minutes)
    if version != current.version:
        return current
    current.public_at = current.public_at or timezone.now()
    current.public_by, current.public_checks = by, list(CHECKS)
    _write(current, title, summary, texts)
    return None


@transaction.atomic
def withdraw_public_version(*, minutes: Minutes) -> None:
    """Close the public version; its words stay for another day. Twice is harmless."""
    current = Minutes.objects.select_for_update(of=("self",)).select_related("session__group").get(pk=minutes.pk)
    current.public_at, current.public_by, current.public_checks = None, None, []
    current.version += 1
    current.save(update_fields=["public_at", "public_by", "public_checks", "version"])


def _locked(minutes: Minutes) -> Minutes:
    current = Minutes.objects.select_for_update(of=("self",)).select_related("session__group").get(pk=minutes.pk)
    if current.state != MinutesState.PUBLISHED:
        raise NotWaiting
    if not current.may_become_public:
        raise NeverPublic
    return current


def _write(minutes: Minutes, title: str, summary: str, texts: Mapping[int, str]) -> None:
    for line in minutes.lines.standing():
        words = texts.get(line.pk, "")
        if (line.public_text, line.is_public) != (words, bool(words)):
            line.public_text, line.is_public = words, bool(words)
            line.save(update_fields=["public_text", "is_public"])
    minutes.public_title, minutes.public_summary, minutes.version = title, summary, minutes.version + 1
    minutes.save()  # last: what may be found of it is read now
