"""Words of sessions in templates, and the sessions that a group's page shows."""

import datetime
from typing import Any

from django import template

from .. import formatting
from ..listings import sessions_of_group
from ..models import DateOption, Session

register = template.Library()


@register.filter
def when(session: Session) -> str:
    """« jeudi 3 décembre, de 13 h à 14 h »."""
    return formatting.when(session.starts_at, session.ends_at)


@register.filter
def option_words(option: DateOption) -> str:
    """« jeudi 3 décembre à 13 h »: a date that a poll offers."""
    return formatting.when(option.starts_at, None)


@register.filter
def day(moment: datetime.datetime) -> str:
    """« jeudi 3 décembre »."""
    return formatting.day(moment)


@register.filter
def hour(moment: datetime.datetime) -> str:
    """« 17 h 30 »."""
    return formatting.hour(moment)


@register.filter
def dialled(session: Session) -> str:
    """« tel:0199001234,,4242%23 »: one tap calls and gives the code."""
    return formatting.dialled(session.phone_number, session.phone_code)


@register.filter
def data_estimate(session: Session) -> str:
    """« environ 30 Mo en audio, 800 Mo en vidéo »."""
    return formatting.data_estimate(session)


@register.simple_tag(takes_context=True)
def group_sessions(context: template.Context) -> dict[str, Any]:
    """The sessions of the group of this page, for its reader."""
    return sessions_of_group(context["group"], context["user"])
