"""Pictograms of the diagnostic, drawn in the page (no picture to fetch); figures about people, in words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kb_site.disclosure import Told

from ..questions import PEOPLE

register = template.Library()


@register.simple_tag
def question_count() -> int:
    """How many questions are put to each person: announced before, said at each of them."""
    return len(PEOPLE)


# Drawn on a square of 32, in strokes: they say the same without the words, for people who read little.
DRAWINGS = {
    "no": '<circle cx="16" cy="16" r="11"/><path d="M8.5 8.5l15 15"/>',
    "help": '<circle cx="11" cy="10" r="4"/><circle cx="22" cy="12" r="3.5"/>'
    '<path d="M4 26c0-6 3-9 7-9s7 3 7 9M18 19c5-3 10 0 10 7"/>',
    "one": '<circle cx="16" cy="10" r="5"/><path d="M6 28c0-7 4-11 10-11s10 4 10 11"/>',
    "shared": '<circle cx="10" cy="11" r="4"/><circle cx="22" cy="11" r="4"/>'
    '<path d="M3 26c0-5 3-8 7-8s7 3 7 8M15 26c0-5 3-8 7-8s7 3 7 8"/>',
    "basic-phone": '<rect x="10" y="3" width="12" height="26" rx="3"/><path d="M13 7h6v6h-6zM13 18h1M18 18h1M13 22h1M18 22h1"/>',
    "smartphone": '<rect x="9" y="3" width="14" height="26" rx="3"/><path d="M14 25h4"/>',
    "computer": '<rect x="4" y="6" width="24" height="15" rx="2"/><path d="M2 26h28"/>',
    "mobile": '<rect x="6" y="9" width="10" height="19" rx="2"/><path d="M20 13c3 2 3 6 0 8M23 9c6 4 6 12 0 16"/>',
    "wifi": '<path d="M4 13c7-7 17-7 24 0M8 18c5-5 11-5 16 0M12 23c3-2 5-2 8 0"/><circle cx="16" cy="26" r="1"/>',
    "low": '<path d="M5 26v-5h5v5z"/><path d="M13 26V16M18 26V11M23 26V6" stroke-dasharray="1 3"/>',
    "medium": '<path d="M5 26v-5h5v5zM13 26V14h5v12z"/><path d="M23 26V6" stroke-dasharray="1 3"/>',
    "full": '<path d="M5 26v-5h5v5zM13 26V14h5v12zM21 26V6h5v20z"/>',
    "noisy": '<path d="M5 13v6h4l6 5V8l-6 5zM19 12c2 2 2 6 0 8M23 8c5 4 5 12 0 16"/>',
    "quiet": '<path d="M6 28V8h20v20M6 28h20M14 28v-9h5v9"/><path d="M3 11L16 3l13 8"/>',
    "call": '<path d="M8 4l5 6-3 3c1 4 4 7 8 9l3-3 6 5c-1 4-4 5-7 4C12 26 6 19 4 11c-1-3 0-6 4-7z"/>',
    "photo": '<rect x="3" y="9" width="26" height="18" rx="3"/><circle cx="16" cy="18" r="5"/><path d="M11 9l2-4h6l2 4"/>',
    "video": '<rect x="3" y="8" width="18" height="16" rx="3"/><path d="M21 14l8-4v12l-8-4"/>',
    "email": '<rect x="3" y="7" width="26" height="18" rx="2"/><path d="M4 9l12 9 12-9"/>',
    "form": '<rect x="6" y="3" width="20" height="26" rx="2"/><path d="M11 10h10M11 15h10M11 21l2 2 5-5"/>',
    "book": '<path d="M16 8c-3-3-8-3-12-2v19c4-1 9-1 12 2 3-3 8-3 12-2V6c-4-1-9-1-12 2zM16 8v19"/>',
    "search": '<circle cx="14" cy="14" r="9"/><path d="M21 21l8 8"/>',
    "money": '<circle cx="16" cy="16" r="12"/><path d="M21 11c-5-4-10 0-10 5s5 9 10 5M8 14h9M8 18h9"/>',
    "lock": '<rect x="6" y="14" width="20" height="14" rx="2"/><path d="M10 14V9c0-8 12-8 12 0v5"/>',
    "unknown": '<circle cx="16" cy="16" r="12"/><path d="M12 13c0-6 9-5 8 0-1 2-4 3-4 5M16 23v1"/>',
}


@register.simple_tag
def pictogram(name: str) -> SafeString:
    """Return the drawing of this name, decorative: the words beside it say the same."""
    drawing = mark_safe(DRAWINGS[name]) if name in DRAWINGS else ""  # noqa: S308 - constants above
    return format_html('<svg class="picto" viewBox="0 0 32 32" aria-hidden="true">{}</svg>', drawing)


@register.filter
def people_told(people: Told) -> str:
    """Say a count as it is told: « moins de 5 de vos 15 personnes », « de 5 à 9 … », « au moins 10 … »."""
    words = {"low": people.low, "high": people.high, "below": people.high + 1, "total": people.total}
    if people.is_untold:
        return _("trop peu de réponses pour le dire")
    if people.is_few:
        return _("moins de %(below)d de vos %(total)d personnes") % words
    if people.is_most:
        return _("au moins %(low)d de vos %(total)d personnes") % words
    return _("de %(low)d à %(high)d de vos %(total)d personnes") % words
