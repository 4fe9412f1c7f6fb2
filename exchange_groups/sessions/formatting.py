"""When a session takes place and what it costs in data, in the words of pages, mails and calendars."""

import datetime
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.addresses import absolute
from kb_site.french.dates import french_date
from practices.models.tools import DataRange

if TYPE_CHECKING:
    from .models import Session

MB_PER_GB = 1000
MINUTES_PER_HOUR = 60


def hour(moment: datetime.datetime) -> str:
    """Return an hour as it is said: « 13 h », « 17 h 30 »."""
    local = timezone.localtime(moment)
    return (
        f"{local.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{local.minute:02}"
        if local.minute
        else f"{local.hour}\N{NO-BREAK SPACE}h"
    )


def day(moment: datetime.datetime) -> str:
    """Return a day as it is said: « jeudi 3 décembre »; with its year when it is not this one's."""
    local = timezone.localtime(moment)
    pattern = "l j F" if local.year == timezone.localdate().year else "l j F Y"
    return french_date(local, pattern)


def when(starts_at: datetime.datetime | None, ends_at: datetime.datetime | None) -> str:
    """Return « jeudi 3 décembre, de 13 h à 14 h »; « date à choisir » while a poll looks for it."""
    if starts_at is None:
        return _("date à choisir")
    if ends_at is None:
        return _("%(day)s à %(start)s") % {"day": day(starts_at), "start": hour(starts_at)}
    words = {"day": day(starts_at), "start": hour(starts_at), "end": hour(ends_at)}
    return _("%(day)s, de %(start)s à %(end)s") % words


def dialled(number: str, code: str) -> str:
    """Return what a telephone dials, as a link: the number, then its code after two pauses, closed by #."""
    digits = re.sub(r"[^\d+]", "", number)
    keys = re.sub(r"[^\d*#]", "", code)
    return f"tel:{digits}" + (f",,{quote(keys.rstrip('#'))}%23" if keys else "")


def _amount(hourly: DataRange, minutes: int) -> str:
    """The least that a session of this length takes, rounded: the sources give ranges, and people keep one figure."""
    megabytes = hourly.low * minutes / MINUTES_PER_HOUR
    if megabytes >= MB_PER_GB:
        return _("%(n)s Go") % {"n": f"{megabytes / MB_PER_GB:.1f}".removesuffix(".0").replace(".", ",")}
    step = 10 if megabytes < 100 else 50  # noqa: PLR2004 — 27 is said 30, 830 is said 850
    return _("%(n)d Mo") % {"n": max(step * round(megabytes / step), 1 if megabytes else 0)}


def data_estimate(session: "Session") -> str:
    """Return what taking part costs: « environ 30 Mo en audio, 800 Mo en vidéo »; empty when nothing is known.

    Figures of the tool card, for the length of the session. A measured 0 (a phone call) is said as such.
    """
    tool = session.tool
    if tool is None:
        return ""
    audio, video = tool.audio_data, tool.video_data
    if audio is not None and audio.high == 0 and video is None:
        return _("aucune donnée mobile : c’est un appel téléphonique")
    words = {
        "audio": _amount(audio, session.minutes) if audio else "",
        "video": _amount(video, session.minutes) if video else "",
    }
    if audio and video:
        return _("environ %(audio)s en audio, %(video)s en vidéo") % words
    if video:
        return _("environ %(video)s en vidéo ; l’audio seul n’a pas été mesuré") % words
    return _("environ %(audio)s en audio") % words if audio else ""


def question_to_copy(session: "Session") -> str:
    """Return what to paste in an SMS while a date is looked for: the dates, and where to answer."""
    lines = [f"{session.group.name} : {session.title}", _("Quelle date vous va ?")]
    lines += [f"- {when(option.starts_at, None)}" for option in session.date_options.all()]
    if session.answers_until:
        lines.append(_("Réponse au plus tard le %s.") % french_date(session.answers_until, "l j F"))
    lines.append(_("Répondre : %s") % absolute(session.get_absolute_url()))
    return "\n".join(lines)


def message_to_copy(session: "Session") -> str:
    """Return the appointment whole as a message for SMS and messaging apps: what, when, where, and where to answer."""
    lines = [f"{session.title} : {when(session.starts_at, session.ends_at)}"]
    lines += [_("Lieu : %s") % session.place] if session.place else []
    lines += [_("Visio : %s") % session.video_link] if session.video_link else []
    if session.phone_number:
        code = _(", code %s") % session.phone_code if session.phone_code else ""
        lines.append(_("Téléphone : %(number)s%(code)s") % {"number": session.phone_number, "code": code})
    lines.append(_("Dire si vous venez : %s") % absolute(session.get_absolute_url()))
    return "\n".join(lines)
