"""What editors keep in Wagtail for the reading of searches: equivalent wordings, constraints, needs.

Each process keeps them ready, with the version that the database gave them: a trigger gives another whenever one of their
tables is written, whatever writes there (models.RulesVersion). A search learns the version of the moment with what it
asks anyway (index/lexicon.py), so that an edit shows at once, in every process, and costs nothing when there is none.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from psycopg import sql

from . import synonyms
from .meaning import knowledge
from .models import RulesVersion


@dataclass(frozen=True)
class EditorRules:
    """The rules, ready to be compared with the words of a search; without a version they are not worth keeping."""

    version: UUID | None
    groups: synonyms.Groups
    knowledge: knowledge.Knowledge


_READ = sql.SQL("""
SELECT kept.version, CASE WHEN kept.version = %s::uuid THEN NULL ELSE ARRAY[{groups}, {knowledge}] END
FROM (SELECT (SELECT version FROM {versions}) AS version) AS kept
""").format(
    groups=synonyms.AS_WRITTEN,
    knowledge=knowledge.AS_WRITTEN,
    versions=sql.Identifier(RulesVersion._meta.db_table),
)


class _Kept:
    """The rules as this process last read them."""

    rules: EditorRules | None = None


def kept_editor_rules() -> EditorRules:
    """Return the rules as this process last read them (no query once it has): whoever uses them checks their version."""
    return _Kept.rules or read_editor_rules()


def read_editor_rules() -> EditorRules:
    """Return the rules as they are now (one query, which hands them over only when they changed)."""
    kept = _Kept.rules
    with connection.cursor() as cursor:
        cursor.execute(_READ, [kept.version if kept else None])  # type: ignore[arg-type]
        version, written = cursor.fetchone()
    if kept is None or written:
        groups, known = written
        kept = _Kept.rules = EditorRules(version, synonyms.read_groups(groups), knowledge.read_knowledge(known))
    return kept
