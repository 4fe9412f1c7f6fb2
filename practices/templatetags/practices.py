"""Filters of the practices' templates: plain text, data and durations in words."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kb_site.french.quantities import MB_PER_GB, ROUND_MB, megabytes
from kb_site.media.renditions import ShownImage

from .. import plain_text as texts
from ..models.tools import DataRange

register = template.Library()

MINUTES_PER_HOUR = 60


@register.filter
def plain_text(text: str | None) -> SafeString:
    """Show plain text as paragraphs, lists and links."""
    return texts.plain_text_to_html(text or "")


@register.filter
def plain_text_with_headings(text: str | None) -> SafeString:
    """The same, with titles (« ## »): for charters, never for comments."""
    return texts.plain_text_to_html(text or "", headings=True)


@register.filter
def marked_text(text: str | None) -> SafeString:
    """Show a text of editors: what plain text shows, and its marks (practices/marks.py)."""
    return texts.plain_text_to_html(text or "", marked=True)


@register.filter
def marked_text_with_headings(text: str | None) -> SafeString:
    """The same, with titles, for a text that is the page."""
    return texts.plain_text_to_html(text or "", headings=True, marked=True)


@register.filter
def marked_line(text: str | None) -> SafeString:
    """The same within a line: bold words and links."""
    return texts.marked_line_to_html(text or "")


@register.filter
def plain_text_in_line(text: str | None) -> str:
    """The same on one line, for the first screen."""
    return texts.plain_text_in_line(text or "")


@register.filter
def of_key(found: dict[int, ShownImage], key: int) -> ShownImage | None:
    """Return the picture of this key, None when its file is gone."""
    return found.get(key)


@register.filter
def sentence(text: str) -> str:
    """Return the text with one full stop at its end, whether it was typed or not; nothing stays nothing."""
    words = text.strip().rstrip(".")
    return f"{words}." if words else ""


@register.filter
def mb_range(data: DataRange | None) -> str:
    """Show megabytes per hour: « 27 à 36 Mo », « 0,8 à 2,4 Go », « 540 Mo à 1,6 Go », « non mesuré »."""
    if data is None:
        return _("non mesuré")
    return megabytes(data.low, data.high)


@register.filter
def data_range(pair: list[int] | None) -> DataRange | None:
    """Return the range that a search entry keeps as a list."""
    return DataRange(*pair) if pair else None


@register.filter
def data_level(data: DataRange | None) -> str:
    """How much an hour may take: `none`, `light`, `medium` from 100 MB, `heavy` from a gigabyte (a fifth of a small
    monthly plan of 5 GB), `unknown` when it was not measured. Shown by a gauge (`.data` in site.css) and in words."""
    if data is None:
        return "unknown"
    if data.high >= MB_PER_GB:
        return "heavy"
    if data.high >= ROUND_MB:
        return "medium"
    return "light" if data.high else "none"


@register.filter
def minutes(duration: int | None) -> str:
    """Show a duration: « 30 min », « 1 h 30 », « 2 h »; nothing when it is not known."""
    if duration is None:
        return ""
    hours, rest = divmod(duration, MINUTES_PER_HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
