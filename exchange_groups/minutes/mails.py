"""The mails of minutes and of actions; listed with all the others in kb_site/mails.py."""

from django.utils.text import Truncator

from exchange_groups.sessions.models import Note
from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from .choices import AmendmentState, MinutesState
from .models import Amendment, Minutes
from .sections import lines_of, sections_of
from .tokens import action_link

SUBJECT_LENGTH = 70  # what a phone shows of a subject


def _readable(to: User, minutes: int, *states: str) -> Minutes | None:
    found = Minutes.objects.visible_to(to).select_related("session__group").filter(pk=minutes, state__in=states)
    return found.first()


def minutes_to_read(*, to: User, minutes: int) -> Mail | None:
    """To those who were there, when the minutes are sent for review."""
    found = _readable(to, minutes, MinutesState.IN_REVIEW)
    if found is None or not found.is_amendable:
        return None
    context = {"minutes": found, "session": found.session, "sections": sections_of(lines_of(found))}
    return Mail("minutes_to_read", context)


def amendment_decided(*, to: User, amendment: int) -> Mail | None:
    """To the person who asked for a change, when it is accepted or refused."""
    asked = Amendment.objects.select_related("minutes__session__group", "line").filter(pk=amendment, author=to).first()
    if asked is None or asked.state == AmendmentState.PROPOSED or not asked.minutes.is_visible_to(to):
        return None
    context = {"amendment": asked, "minutes": asked.minutes, "accepted": asked.state == AmendmentState.ACCEPTED}
    return Mail("amendment_decided", context)


def minutes_to_validate(*, to: User, minutes: int) -> Mail | None:
    """To those who facilitate, when the amendment window has closed."""
    found = _readable(to, minutes, MinutesState.IN_REVIEW)
    if found is None or not found.may_be_validated_by(to):
        return None
    waiting = found.amendments.filter(state=AmendmentState.PROPOSED).count()
    context = {"minutes": found, "session": found.session, "waiting": waiting}
    return Mail("minutes_to_validate", context)


def action_due(*, to: User, note: int) -> Mail | None:
    """To the person who took an action on, three days before its date and on the day."""
    found = Note.objects.open_actions().taken_on_by(to).select_related("session__group").filter(pk=note).first()
    if found is None or found.due_on is None:
        return None
    context = {
        "note": found,
        "session": found.session,
        "link": action_link(found, to),
        "first_words": _first_words(found.text),
    }
    return Mail("action_due", context)


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return Truncator(line).chars(SUBJECT_LENGTH)
