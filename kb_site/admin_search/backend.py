"""Wagtail's search in PostgreSQL, asked for words without accents nor plurals, one slip forgiven."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from wagtail.search.query import PlainText

from .words import bare

SHORTEST_CORRECTED = 4  # letters: below, one slip leads anywhere
VOCABULARY_KEPT = 60  # seconds
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _FilteredByDatabase:
    """Other engines need every field that a list is filtered by to be declared; here the queryset filters itself."""

    def check(self) -> None:
        pass


class _Search(_FilteredByDatabase, PostgresSearchQueryCompiler):
    pass


class _Autocomplete(_FilteredByDatabase, PostgresAutocompleteQueryCompiler):
    pass


class SearchBackend(PostgresSearchBackend):
    """Wagtail's, asked for the words as typed, or as they are compared; a word that no row holds is read as its neighbour."""

    query_compiler_class = _Search
    autocomplete_query_compiler_class = _Autocomplete

    def search(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(_forgiving(query, model_or_queryset), model_or_queryset, *args, **kwargs)

    def autocomplete(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(_forgiving(query, model_or_queryset), model_or_queryset, *args, **kwargs)


def _forgiving(query: Any, model_or_queryset: Any) -> Any:
    """Return the query, or the same as it is compared. One between quotation marks is taken as it is."""
    typed = query.query_string if isinstance(query, PlainText) else query
    if not isinstance(typed, str) or not (words := bare(typed).split()):
        return query
    known = _vocabulary(getattr(model_or_queryset, "model", model_or_queryset))
    read = " ".join(_nearest(word, known) for word in words)
    return PlainText(typed) | PlainText(read)


def _vocabulary(model: Any) -> frozenset[str]:
    """Return every word of the index of a model and of those that inherit it; kept for a minute."""
    key = f"admin_search:{model._meta.label_lower}"
    known = cache.get(key)
    if known is None:
        models = [one for one in apps.get_models() if issubclass(one, model)]
        types = [str(one.pk) for one in ContentType.objects.get_for_models(*models).values()]
        rows = f"SELECT autocomplete FROM wagtailsearch_indexentry WHERE content_type_id IN ({','.join(types)})"  # noqa: S608 - numbers
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM ts_stat(%s)", [rows])
            known = frozenset(word for (word,) in cursor.fetchall())
        cache.set(key, known, VOCABULARY_KEPT)
    return known


def _nearest(word: str, known: frozenset[str]) -> str:
    """Return the word, when some row holds it or begins so; else the known word one slip away; else the word."""
    if len(word) < SHORTEST_CORRECTED or any(one.startswith(word) for one in known):
        return word
    return min((one for one in _one_slip_away(word) if one in known), default=word)


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield what one letter added, taken away, changed, or two exchanged, make of a word."""
    for place in range(len(word) + 1):
        start, end = word[:place], word[place:]
        if end:
            yield start + end[1:]
        if len(end) > 1:
            yield start + end[1] + end[0] + end[2:]
        for letter in LETTERS:
            yield start + letter + end
            if end:
                yield start + letter + end[1:]
