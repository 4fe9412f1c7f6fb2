"""What Elasticsearch keeps of an entry, and how: fields, analysis, names of the index and of its aliases.

Words are analysed in Python (french.py), as for PostgreSQL, so that both engines agree on what a word is; the server
adds its own light French stemmer as a second opinion. Nothing here needs a module that the basic server lacks.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from elasticsearch.dsl import (
    ComposableIndexTemplate,
    Date,
    Document,
    Index,
    Keyword,
    MetaField,
    Object,
    Short,
    Text,
    analyzer,
    mapped_field,
    token_filter,
)

from kb_site.french.letters import strip_accents

from ...facets import facet_of
from ...french import READING, as_read, terms_of_word, words
from ...models import SearchEntry

ROOT_LENGTH = 5  # letters of a stem that stand for its family: « licenci-ement », « licenci-er »
LEAD_LENGTH = 60  # words of the title and of what opens the text: they tell what it is about
ARTICLES = ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"]

elision = token_filter("french_elision", type="elision", articles_case=True, articles=ARTICLES)
light_stem = token_filter("french_light_stem", type="stemmer", language="light_french")
# Accents go before stemming: people type without them.
folded_french = analyzer(
    "french_folded", tokenizer="standard", filter=[elision, "lowercase", "asciifolding", light_stem]
)
BY_SPACE = "whitespace"


def sequence(text: str) -> list[str]:
    """Return one term a word, in order, stop words left out: what phrases and exclusions are matched on."""
    return [found[-1] for found in _read(text)]


def roots(stems: Iterable[str]) -> list[str]:
    """Return the first letters of the stems that are longer."""
    return [stem[:ROOT_LENGTH] for stem in stems if len(stem) > ROOT_LENGTH]


def _read(text: str) -> list[tuple[str, ...]]:
    return [found for match in words(text) if (found := terms_of_word(match.group()))]


def _flat(read: list[tuple[str, ...]]) -> str:
    return " ".join(term for found in read for term in found)


class EntryDocument(Document):
    """One entry, under its key. Its texts are indexed and not kept: what is shown comes from the database."""

    class Meta:
        source = MetaField(enabled=False)
        meta = MetaField({"reading": READING})
        dynamic = MetaField("strict")
        dynamic_templates = MetaField(
            [{"facets_apart": {"path_match": "facets_apart.*", "mapping": {"type": "keyword", "index": False}}}]
        )

    # Both terms of each word, then one term a word in order, then the beginnings of long stems.
    title_terms: str = mapped_field(Text(analyzer=BY_SPACE, similarity="title", index_options="freqs"))
    body_terms: str = mapped_field(Text(analyzer=BY_SPACE, similarity="body", index_options="freqs"))
    lead_terms: str = mapped_field(Text(analyzer=BY_SPACE, similarity="body", index_options="freqs"))
    # What it says it is about.
    about_terms: str = mapped_field(Text(analyzer=BY_SPACE, index_options="docs", norms=False))
    title_sequence: str = mapped_field(Text(analyzer=BY_SPACE, similarity="title"))
    body_sequence: str = mapped_field(Text(analyzer=BY_SPACE, similarity="body"))
    title_roots: str = mapped_field(Text(analyzer=BY_SPACE, similarity="title", index_options="freqs"))
    body_roots: str = mapped_field(Text(analyzer=BY_SPACE, similarity="body", index_options="freqs"))
    french: str = mapped_field(Text(analyzer=folded_french, similarity="body"))
    facets: list[str] = mapped_field(Keyword())
    facets_apart: dict[str, list[str]] = mapped_field(Object(dynamic=True))  # the same by facet: to count one alone
    principals: list[str] = mapped_field(Keyword())
    title_order: str = mapped_field(Keyword(index=False))
    evidence_rank: int = mapped_field(Short(index=False))
    updated_at: datetime = mapped_field(Date(index=False))
    key: str = mapped_field(Keyword())


def source_of(entry: SearchEntry) -> dict[str, Any]:
    """Return the document of an entry."""
    body = f"{entry.summary} {entry.keywords} {entry.body}"
    title_words, body_words = _read(entry.title), _read(body)
    title_sequence = [found[-1] for found in title_words]
    body_sequence = [found[-1] for found in body_words]
    return {
        "title_terms": _flat(title_words),
        "body_terms": _flat(body_words),
        "lead_terms": _flat((title_words + body_words)[:LEAD_LENGTH]),
        "about_terms": _flat(_read(f"{entry.title} {entry.summary} {entry.keywords}")),
        "title_sequence": " ".join(title_sequence),
        "body_sequence": " ".join(body_sequence),
        "title_roots": " ".join(roots(title_sequence)),
        "body_roots": " ".join(roots(body_sequence)),
        "french": as_read(f"{entry.title} {body}"),
        "facets": entry.facets,
        "facets_apart": {name: list(values) for name, values in groupby(sorted(entry.facets), facet_of)},
        "principals": entry.principals,
        "title_order": strip_accents(entry.title).lower(),
        "evidence_rank": entry.evidence_rank,
        "updated_at": entry.updated_at,
        "key": entry.key,
    }


def read_alias() -> str:
    """Return the alias that searches read: one complete index."""
    return f"{settings.ELASTICSEARCH_INDEX}.read"


def write_alias() -> str:
    """Return the alias of every index that changes must reach: two while one is being built."""
    return f"{settings.ELASTICSEARCH_INDEX}.write"


def index_pattern() -> str:
    """Return the pattern of the names of our indexes."""
    return f"{settings.ELASTICSEARCH_INDEX}-*"


def index_template() -> ComposableIndexTemplate:
    """Return the template that every index of ours is made from."""
    index = Index(index_pattern())
    index.settings(
        number_of_shards=1,
        auto_expand_replicas="0-1",
        # A removal is remembered this long, so that a late write of an older state does not bring the entry back.
        gc_deletes="1h",
        # The latest first, on the disk too: a list without words stops at its page; among equals the latest wins.
        sort={"field": ["updated_at", "key"], "order": ["desc", "asc"]},
        similarity={
            "title": {"type": "BM25", "k1": 1.2, "b": 0.8},
            "body": {"type": "BM25", "k1": 1.2, "b": 0.4},
        },
    )
    index.document(EntryDocument)
    return ComposableIndexTemplate(settings.ELASTICSEARCH_INDEX, index_pattern(), index=index, priority=500)


def definition() -> str:
    """Return what the present fields, analysis and settings are known by: it is in the name of each index."""
    written = json.dumps(index_template().to_dict(), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:8]
