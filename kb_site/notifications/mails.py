"""The mails that tell of notifications. Each is composed when it leaves: rights are checked again, withdrawn words and
what was read meanwhile are left out; None when nothing is left to say."""

import datetime

from django.utils.text import Truncator

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail
from kb_site.mailing.tokens import held_reply_url

from .letter_sections import DigestLine, Section, sections_for
from .models import HELD_FOR, LETTER, Cadence, HeldReply, IncomingMail, Notification
from .page_context import Line, lines_of
from .unsubscribe import BOTH

WORDS_SHOWN = 40  # of what is worth opening, in the weekly letter


def _unread_lines(user: User, delivery: int) -> list[Line]:
    if not user.is_approved:
        return []
    rows = Notification.objects.filter(recipient=user, delivery=delivery, read_at=None).select_related("actor")
    return lines_of(rows.order_by("pk"), user)


def notifications_at_once(*, to: User, delivery: int) -> Mail | None:
    """To a follower or a person replied to, a minute after the event; what happens in that minute is one mail."""
    lines = _unread_lines(to, delivery)
    if not lines:
        return None
    follows = {line.follow for line in lines}
    kinds = BOTH.join(dict.fromkeys(line.kind.name for line in lines))
    last = lines[-1]
    return Mail(
        "notifications_at_once",
        {"lines": lines, "place": _place(lines)},
        stop=f"suivi:{last.follow}" if len(follows) == 1 and last.follow else f"genre:{kinds}",
        reply=_answer(lines),
        thread=f"{last.kind.target.__name__}:{last.object_id}" if _of_one_thing(lines) else "",
    )


def _place(lines: list[Line]) -> str:
    """Return where all of it happened, "" when it was in several places."""
    places = {line.place for line in lines}
    return places.pop() if len(places) == 1 else ""


def _of_one_thing(lines: list[Line]) -> bool:
    return len({(line.kind.target, line.object_id) for line in lines}) == 1


def _answer(lines: list[Line]) -> tuple[str, int] | None:
    """Return where an answer to the mail goes, if that is sure: all of it tells of one thing. Under the last that was said."""
    last = lines[-1]
    return (last.kind.reply, last.reply_about) if last.kind.reply and _of_one_thing(lines) else None


def notifications_of_the_day(*, to: User, delivery: int) -> Mail | None:
    """To a follower, each morning when something happened the day before."""
    lines = _unread_lines(to, delivery)
    if not lines:
        return None
    context = {"lines": lines, "place": _place(lines)}
    return Mail("notifications_of_the_day", context, stop=f"rythme:{Cadence.DAILY}", reply=_answer(lines))


def weekly_letter(*, to: User, delivery: int) -> Mail | None:
    """To a person who did not come during the week, on Monday morning."""
    return letter_for(to, lines=_unread_lines(to, delivery))


def letter_for(user: User, *, lines: list[Line], until: datetime.datetime | None = None) -> Mail | None:
    """Compose the letter that this person would receive now, or at `until`; None when the week brought nothing."""
    sections = sections_for(user, until=until) if user.is_approved else []
    if not lines and not sections:
        return None
    first = _worth_opening(lines, sections)
    return Mail("weekly_letter", {"first": first, "lines": lines, "sections": sections}, stop=LETTER)


def _worth_opening(lines: list[Line], sections: list[Section]) -> DigestLine:
    """Take what is worth opening out of its list: what was said to this person, else the first thing of the week."""
    if lines:
        addressed = [line for line in lines if line.kind.addressed] or lines
        line = addressed[-1]
        lines.remove(line)
        return DigestLine(line.sentence, line.url, Truncator(line.text).words(WORDS_SHOWN))
    found = sections[0].lines.pop(0)
    if not sections[0].lines:
        sections.pop(0)
    return found


def reply_refused(*, to: User, incoming: int) -> Mail | None:
    """To a person whose reply by mail could not be published: says why and gives their way back."""
    refused = IncomingMail.objects.filter(pk=incoming, user=to, outcome=IncomingMail.Outcome.REFUSED).first()
    return Mail("reply_refused", {"reason": refused.reason}) if refused else None


def reply_without_files(*, to: User, incoming: int, files: int) -> Mail | None:
    """To a person whose reply by mail is published without the files that came with it."""
    written = IncomingMail.objects.filter(pk=incoming, user=to, outcome=IncomingMail.Outcome.WRITTEN)
    return Mail("reply_without_files", {"files": files}) if written.exists() else None


def reply_held(*, to: User, held: int, files: int = 0) -> Mail | None:
    """To a person whose reply by mail waits for their agreement: shows what would be published, and where to agree."""
    waiting = HeldReply.objects.in_time().filter(pk=held, user=to, published_at=None).first()
    if waiting is None or not to.is_approved:
        return None
    return Mail(
        "reply_held", {"held": waiting, "link": held_reply_url(waiting.pk), "days": HELD_FOR.days, "files": files}
    )
