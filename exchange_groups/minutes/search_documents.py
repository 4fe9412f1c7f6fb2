"""May these minutes be found, and under which words? Read by search, which this app does not know.

Two rows: the whole, for those who share the talk of the group, once published there; the public version, for everyone.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from kb_site.accounts.principals import PUBLIC
from kb_site.search_documents import SearchDocument
from practices.models.themes import THEME

from ..search_documents import principals_of_talk
from .choices import MinutesState
from .documents import Document, internal_document, public_document
from .models import Minutes

SUMMARY_LENGTH = 180
INTERNAL, OPEN = "minutes", "public-minutes"


def search_document(minutes: Minutes) -> SearchDocument | None:
    """Return what those who share the talk of the group may find; None before publication. It holds no one's name."""
    if minutes.state != MinutesState.PUBLISHED:
        return None
    document = internal_document(minutes)
    document.sections = [
        (heading, [line for line in lines if line.kind != "action"]) for heading, lines in document.sections
    ]
    principals = principals_of_talk(minutes.session, minutes.session.group_id)
    return _row(minutes, f"{INTERNAL}:{minutes.pk}", document, minutes.get_absolute_url(), principals)


def public_search_document(minutes: Minutes) -> SearchDocument | None:
    """Return what anyone may find; None without a public version."""
    if not Minutes.objects.public().filter(pk=minutes.pk).exists():
        return None
    document = public_document(minutes)
    return _row(minutes, f"{OPEN}:{minutes.pk}", document, minutes.get_public_url(), frozenset([PUBLIC]))


def _row(minutes: Minutes, key: str, document: Document, url: str, principals: frozenset[str]) -> SearchDocument:
    body = [document.summary]
    for heading, lines in document.sections:
        body += [heading, *(line.text for line in lines)]
    themes = list(minutes.session.themes.all())
    when = minutes.session.starts_at or minutes.published_at or timezone.now()
    text = "\n\n".join(filter(None, body))
    return SearchDocument(
        key=key,
        kind="compte-rendu",
        title=document.title,
        summary=Truncator(" ".join(text.split())).chars(SUMMARY_LENGTH),
        body=text,
        url=url,
        principals=principals,
        published_at=when,
        updated_at=minutes.public_at or minutes.published_at or when,
        keywords=" ".join([str(minutes.session.get_format_display()), *(theme.name for theme in themes)]),
        facets={THEME: [theme.slug for theme in themes]},
        card={"type": f"{minutes.session.get_format_display().capitalize()} · {minutes.session.group.name}"},
    )


def all_search_documents() -> Iterator[SearchDocument]:
    """Yield everything of minutes that may be found, for a rebuild."""
    found = Minutes.objects.filter(state=MinutesState.PUBLISHED).select_related("session__group")
    for minutes in found.iterator(chunk_size=200):
        yield from filter(None, (search_document(minutes), public_search_document(minutes)))


def visible_keys(keys: Iterable[str], user: Any) -> set[str]:
    """Return those of these keys that this person may read now, asked from the minutes themselves."""
    asked: dict[str, list[int]] = {INTERNAL: [], OPEN: []}
    for key in keys:
        kind, _colon, pk = key.partition(":")
        if kind in asked:
            asked[kind].append(int(pk))
    whole = (
        Minutes.objects.visible_to(user).filter(pk__in=asked[INTERNAL]) if asked[INTERNAL] else Minutes.objects.none()
    )
    public = Minutes.objects.public().filter(pk__in=asked[OPEN]) if asked[OPEN] else Minutes.objects.none()
    seen = {f"{INTERNAL}:{pk}" for pk in whole.values_list("pk", flat=True)}
    return seen | {f"{OPEN}:{pk}" for pk in public.values_list("pk", flat=True)}
