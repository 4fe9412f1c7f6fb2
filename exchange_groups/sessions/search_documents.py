"""May this session be found, and under which words? Read by search, which this app does not know.

Its title, objective and preparation, for those who may know of it; never how to join, nor what is said in it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from kb_site.accounts.principals import PUBLIC
from kb_site.search_documents import SearchDocument
from practices.models.themes import THEME

from ..choices import GroupState
from ..search_documents import principals_of_talk
from . import formatting
from .choices import SessionState
from .models import Session


def principals_of_session(session: Session) -> frozenset[str]:
    """Return the principals that may know of it: those of SessionQuerySet.visible_to, drafts left out."""
    group = session.group
    peers = session.is_of_peers or group.is_peer_group
    is_public = session.is_public and not peers and group.state != GroupState.PREPARING
    return frozenset([PUBLIC]) if is_public else principals_of_talk(session, group.pk)


def search_document(session: Session) -> SearchDocument | None:
    """Return what search may know of this session; None when nobody looks for it: a draft, or cancelled."""
    if session.state in {SessionState.DRAFT, SessionState.CANCELLED}:
        return None
    themes = list(session.themes.all())
    return SearchDocument(
        key=f"session:{session.pk}",
        kind="seance",
        title=session.title,
        summary=session.objective,
        body="\n\n".join(filter(None, [session.objective, session.preparation])),
        url=session.get_absolute_url(),
        principals=principals_of_session(session),
        published_at=session.created_at,
        updated_at=session.starts_at or session.created_at,
        keywords=" ".join([str(session.get_format_display()), *(theme.name for theme in themes)]),
        facets={THEME: [theme.slug for theme in themes]},
        card={"type": f"{session.group.name} · {formatting.when(session.starts_at, session.ends_at)}"},
    )


def all_search_documents() -> Iterator[SearchDocument]:
    """Yield every session that may be found, for a rebuild."""
    for session in Session.objects.select_related("group").prefetch_related("themes").iterator(chunk_size=500):
        if described := search_document(session):
            yield described


def visible_keys(keys: Iterable[str], user: Any) -> set[str]:
    """Return those of these keys that this person may know of now, asked from the sessions themselves."""
    ids = [int(key.removeprefix("session:")) for key in keys if key.startswith("session:")]
    if not ids:
        return set()
    found = Session.objects.visible_to(user).filter(pk__in=ids)
    return {f"session:{pk}" for pk in found.values_list("pk", flat=True)}
