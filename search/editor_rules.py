"""What editors keep in Wagtail for the reading of searches: equivalent wordings, constraints, needs.

Read in one statement at each search with words: an edit shows at once, in every process.
"""

from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from . import synonyms
from .meaning import knowledge


@dataclass(frozen=True)
class EditorRules:
    """The rules, ready to be compared with the words of a search."""

    groups: synonyms.Groups
    knowledge: knowledge.Knowledge


def read_editor_rules() -> EditorRules:
    """Return the rules as they are now (one query)."""
    statement = sql.SQL("SELECT {}, {}").format(synonyms.AS_WRITTEN, knowledge.AS_WRITTEN)
    with connection.cursor() as cursor:
        cursor.execute(statement)  # type: ignore[arg-type]
        wordings, known = cursor.fetchone()
    return EditorRules(synonyms.read_groups(wordings), knowledge.read_knowledge(known))
