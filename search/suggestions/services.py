"""What to suggest for the beginning of a search."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.accounts.principals import principals_of
from practices.models import Theme

from ..entries import visible_keys
from ..facets import KIND_LABELS, THEME
from ..french import STOP_WORDS
from ..models import SearchEntry, TitleWord
from .title_words import folded_words

MIN_LENGTH = 2
MAX_WORDS = 6
SHOWN = 7
THEMES_SHOWN = 2
CANDIDATES = 40  # rows of the index that are looked at; the best of them are shown
ENTRY_FIELDS = ("entry__kind", "entry__title", "entry__url", "entry__key", "entry__evidence_rank")


@dataclass(frozen=True)
class Suggestion:
    """One line of the list: its words, what kind of thing it is, where it leads."""

    label: str
    kind: str
    url: str


def suggest(text: str, *, user: Any) -> list[Suggestion]:
    """Return at most seven suggestions that this person may read: themes first, then titles.

    Every word typed must begin a word of the suggestion; only the last one may be short. Three queries, whatever the
    number of entries. A theme is suggested when it, or one of its synonyms, begins so and something visible bears it.
    """
    typed = folded_words(text)[:MAX_WORDS]
    if not typed or len("".join(typed)) < MIN_LENGTH:
        return []
    held = sorted(principals_of(user))
    themes = _themes(typed, held)
    return [*themes, *_titles(typed, held, user)[: SHOWN - len(themes)]]


def _titles(typed: list[str], held: list[str], user: Any) -> list[Suggestion]:
    # The longest word is the rarest: the index is walked from it, the others are looked up entry by entry.
    meaningful = [word for word in typed if word not in STOP_WORDS] or typed
    first, *others = sorted(meaningful, key=len, reverse=True)
    found = TitleWord.objects.filter(word__startswith=first, entry__principals__overlap=held)
    for word in others:
        found = found.filter(entry__title_words__word__startswith=word)
    rows = found.select_related("entry").only("place", *ENTRY_FIELDS).order_by("word")[:CANDIDATES]
    # A title found by two of its words, or twice by the join, is one suggestion.
    best = {row.entry_id: row for row in sorted(rows, key=lambda row: -row.place)}
    ordered = sorted(best.values(), key=lambda row: (row.place, -row.entry.evidence_rank, row.entry.title))
    entries = [row.entry for row in ordered[: SHOWN * 2]]
    allowed = visible_keys([entry.key for entry in entries], user)
    return [
        Suggestion(entry.title, str(KIND_LABELS.get(entry.kind, "")), entry.url)
        for entry in entries
        if entry.key in allowed
    ]


def _themes(typed: list[str], held: list[str]) -> list[Suggestion]:
    matching = []
    for slug, name, synonyms in Theme.objects.order_by("name").values_list("slug", "name", "synonyms"):
        for place, phrase in enumerate([name, *synonyms]):
            if _begins(folded_words(phrase), typed):
                matching.append((place > 0, len(name), slug, name, phrase if place else ""))
                break
    matching.sort()
    borne = _borne([slug for _synonym, _length, slug, _name, _phrase in matching[: THEMES_SHOWN * 3]], held)
    return [
        Suggestion(f"{name} ({phrase})" if phrase else name, _("Thème"), f"{reverse('search')}?theme={slug}")
        for _synonym, _length, slug, name, phrase in matching
        if slug in borne
    ][:THEMES_SHOWN]


def _begins(phrase: list[str], typed: list[str]) -> bool:
    return all(any(word.startswith(part) for word in phrase) for part in typed)


def _borne(slugs: list[str], held: list[str]) -> set[str]:
    """Return those of these themes that a visible entry bears: the others lead nowhere, and would tell of it."""
    if not slugs:
        return set()
    bearing = SearchEntry.objects.filter(
        facets__contains=[Concat(Value(THEME.token("")), OuterRef("slug"))], principals__overlap=held
    )
    return set(Theme.objects.filter(Exists(bearing), slug__in=slugs).values_list("slug", flat=True))
