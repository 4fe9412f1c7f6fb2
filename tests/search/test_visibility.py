"""Nothing that a person may not read shows in hits, totals, facets, corrections or highlights: many random cases."""

import datetime
import html
import random
import re
from dataclasses import replace

import pytest
from django.db import connection
from wagtail.models import Page

from practices.models import Theme
from search.engines.elasticsearch import outbox as indexing
from search.engines.postgresql import PostgresqlEngine
from search.french import STOP_WORDS, bare_words, terms
from search.index import snapshots
from search.meaning.answering import FLOOR, MENTIONED
from search.models import Constraint, Need, NeedCard, SearchEntry, SynonymGroup
from search.queries import NEAR_SHOWN, PAGE_SIZE, SORTS, SearchQuery
from search.query_parsing import read_query
from search.services import answer
from search.suggestions.title_words import index_titles

from .small_site import forget_the_sample

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
COMMON = "appel visio suivi salarié équipe téléphone atelier numérique dossier groupe séance contrat".split()
PRINCIPALS = ["public", "members", *(f"group:{number}" for number in range(1, 6))]
ROUNDING = 1e-6
CHALLENGES = ["isolement", "illectronisme", "confidentialite"]


def secret(draw):
    """Return a word that stands nowhere else."""
    return "".join(draw.choice("bdfglmnprtv") + draw.choice("aeiou") for _ in range(4)) + "x"


def make_entries(draw, count):
    # So that what must be found can be told from the words alone.
    Theme.objects.all().delete()
    SynonymGroup.objects.all()._raw_delete(connection.alias)
    forget_the_sample()
    entries = []
    for number in range(count):
        words = [*draw.choices(COMMON, k=12), secret(draw), secret(draw)]
        draw.shuffle(words)
        entries.append(
            SearchEntry(
                key=f"fuzz:{number}",
                kind="pratique",
                title=" ".join(words[:3]),
                summary=" ".join(words[3:6]),
                body=" ".join(words[6:]),
                facets=[
                    f"type:{draw.choice(['pratique', 'outil'])}",
                    *{f"probleme:{draw.choice(CHALLENGES)}" for _ in "12"},
                ],
                principals=draw.sample(PRINCIPALS, draw.randint(1, 2)),
                evidence_rank=draw.randrange(3),
                published_at=NOW,
                updated_at=NOW + datetime.timedelta(minutes=number),
            )
        )
    SearchEntry.objects.bulk_create(entries)
    PostgresqlEngine().put(entries)
    return entries


def slip(draw, word):
    place = draw.randrange(1, len(word) - 1)
    return draw.choice(
        [word[:place] + word[place + 1 :], word[:place] + "z" + word[place:], word[:place] + "k" + word[place + 1 :]]
    )


def random_text(draw, entries):
    texts = [f"{entry.title} {entry.summary} {entry.body}".split() for entry in draw.choices(entries, k=2)]
    words = [draw.choice(COMMON), *(draw.choice(words) for words in texts)]
    words = [slip(draw, word) if draw.random() < 0.4 else word for word in draw.sample(words, draw.randint(0, 3))]
    shape = draw.random()
    if words and shape < 0.15:
        return f'"{" ".join(words)}"'
    if words and shape < 0.3:
        return f"{' '.join(words[1:])} -{words[0]}"
    return " ".join(words)


def readable_words(entries):
    return {word for entry in entries for word in bare_words(f"{entry.title} {entry.summary} {entry.body}").split()}


@pytest.fixture
def engine(request):
    """Return the engine of this name, and what lets it see the entries just made."""
    if request.param == "postgresql":
        return PostgresqlEngine(), lambda draw, entries: None
    if request.param == "postgresql in columns":
        return PostgresqlEngine(), lambda draw, entries: snapshots.take()
    if request.param == "postgresql in both":
        return PostgresqlEngine(), change_after_a_snapshot
    request.getfixturevalue("elasticsearch")
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    return ElasticsearchEngine(), lambda draw, entries: indexing.rebuild()


def change_after_a_snapshot(draw, entries):
    """Close, open and rewrite some of the entries when a snapshot knows them as they were."""
    snapshots.take()
    for entry in draw.sample(entries, 15):
        entry.principals = draw.sample(PRINCIPALS, draw.randint(1, 2))
        entry.facets = [f"type:{draw.choice(['pratique', 'outil'])}", f"probleme:{draw.choice(CHALLENGES)}"]
        entry.title = f"{secret(draw)} {draw.choice(COMMON)}"
        entry.save()
        PostgresqlEngine().put([entry])
    for entry in draw.sample(entries, 5):
        entries.remove(entry)
        entry.delete()


@pytest.mark.parametrize(
    ("engine", "seed"),
    [
        *(("postgresql", seed) for seed in range(3)),
        *(("postgresql in columns", seed) for seed in range(3, 6)),
        *(("elasticsearch", seed) for seed in range(6, 9)),
        *(("postgresql in both", seed) for seed in range(9, 12)),
    ],
    indirect=["engine"],
)
def test_nothing_closed_shows(engine, seed):
    engine, let_it_see = engine
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw
    entries = make_entries(draw, 60)
    let_it_see(draw, entries)
    for _ in range(40):
        mine = frozenset(["public", *draw.sample(PRINCIPALS, draw.randint(0, 2))])
        readable = [entry for entry in entries if mine & set(entry.principals)]
        text = random_text(draw, entries)
        chosen = {"probleme": tuple(draw.sample(CHALLENGES, 2))} if draw.random() < 0.4 else {}
        query = SearchQuery(text=text, facets=chosen, sort=draw.choice([*SORTS, ""]), principals=mine)
        results = answer(query, engine)

        all_shown_is_readable(results, text, readable)
        if '"' not in text and "-" not in text:
            asked = read_query(results.correction or text).words
            shares = {entry.key: share(entry, asked, results.asked.lexicon) for entry in readable}
            sure = [entry for entry in readable if not asked or shares[entry.key] >= FLOOR - ROUNDING]
            unsure = [entry for entry in readable if 0 < shares[entry.key] < FLOOR - ROUNDING]
            within, beside = ([entry for entry in some if bears_one(entry, chosen)] for some in (sure, unsure))
            assert every_page(query, results, engine) == sorted(entry.key for entry in within)
            assert results.total == len(within)
            near = [hit.entry.key for hit in results.near]
            assert set(near) <= {entry.key for entry in beside}
            shows = asked and query.order == "pertinence" and len(within) <= PAGE_SIZE
            assert len(set(near)) == len(near) == (min(NEAR_SHOWN, len(beside)) if shows else 0)
            for facet, counted in (("type", within), ("probleme", sure)):
                tokens = [token for entry in counted for token in entry.facets if token.startswith(f"{facet}:")]
                assert results.facets.get(facet, {}) == {
                    token.removeprefix(f"{facet}:"): tokens.count(token) for token in tokens
                }


@pytest.mark.parametrize(
    ("engine", "seed"),
    [("postgresql", 20), ("postgresql in columns", 21), ("elasticsearch", 22), ("postgresql in both", 23)],
    indirect=["engine"],
)
def test_nothing_closed_shows_where_needs_lead_and_constraints_are_understood(engine, seed):
    engine, let_it_see = engine
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw
    entries = make_entries(draw, 60)
    pages = list(Page.objects.filter(depth__gt=2).values_list("pk", flat=True)[:6])
    keys = [f"page:{pk}" for pk in pages]
    for entry, key in zip(draw.sample(entries, len(keys)), keys, strict=True):
        SearchEntry.objects.filter(pk=entry.pk).update(key=key)
        entry.key = key
    led = Need.objects.create(name="Un besoin", wordings="appel suivi\nvisio", values=["probleme:isolement"])
    NeedCard.objects.bulk_create(NeedCard(need=led, page_id=pk) for pk in pages)
    Need.objects.create(name="Sans réponse", wordings="atelier\ncontrat séance")
    Constraint.objects.create(
        slug="sans-telephone", label="sans téléphone", lacking="téléphone", wordings="équipe",
        suits=["type:outil"], contradicts=["probleme:illectronisme"],
    )  # fmt: skip
    let_it_see(draw, entries)
    understood = set()
    for _ in range(40):
        mine = frozenset(["public", *draw.sample(PRINCIPALS, draw.randint(0, 2))])
        readable = [entry for entry in entries if mine & set(entry.principals)]
        text = draw.choice(["", "", "sans téléphone "]) + random_text(draw, entries)
        query = SearchQuery(text=text, sort=draw.choice([*SORTS, ""]), principals=mine)
        results = answer(query, engine)
        all_shown_is_readable(results, text, readable)
        keys = every_page(query, results, engine)
        assert len(keys) == len(set(keys)) == results.total
        assert set(keys) <= {entry.key for entry in readable}
        assert not set(keys) & {hit.entry.key for hit in results.near}
        assert sum(results.facets.get("type", {}).values()) == results.total  # each bears one
        understood |= {*results.asked.constraints, *(need.name for need in results.asked.needs)}
    assert len(understood) == 3


def all_shown_is_readable(results, text, readable):
    shown = [*results.hits, *results.near]
    assert {hit.entry.key for hit in shown} <= {entry.key for entry in readable}
    known = readable_words(readable)
    for other in (results.correction, results.offer):
        assert set(bare_words(other).split()) <= known | STOP_WORDS | set(bare_words(text).split())
    for hit in shown:
        said = set(bare_words(re.sub(r"</?mark>|…", " ", f"{hit.title} {hit.summary} {hit.excerpt}")).split())
        assert said <= known


def share(entry, asked, lexicon):
    """Return how much of these words an entry answers: whole where it is about one, in part where its text mentions it."""
    about, mentioned = (set(terms(text)) for text in (f"{entry.title} {entry.summary}", entry.body))
    answered = whole = 0.0
    for word in asked:
        weight = max(map(lexicon.idf, word.terms))
        whole += weight
        answered += weight * (1 if about & {*word.terms} else MENTIONED if mentioned & {*word.terms} else 0)
    return answered / whole if whole else 0.0


def bears_one(entry, chosen):
    return all({f"{name}:{value}" for value in values} & set(entry.facets) for name, values in chosen.items())


def every_page(query, first, engine):
    """Return the keys of all the pages of a search, sorted."""
    pages = range(2, -(-first.total // PAGE_SIZE) + 1)
    hits = [*first.hits, *(hit for page in pages for hit in answer(replace(query, page=page), engine).hits)]
    return sorted(hit.entry.key for hit in hits)


@pytest.mark.parametrize(
    "role", [None, "attente", "membre", "partenaire", "animation", "edition", "coordination", "admin"]
)
def test_nothing_closed_shows_on_the_pages_suggestions_nor_feeds_of_the_site(signed_in, role):
    """The judge is the address of each thing itself: what does not open there must show nowhere."""
    draw = random.Random(str(role))  # noqa: S311 - a repeatable draw
    browser = signed_in(role)
    closed = list(SearchEntry.objects.exclude(principals__contains=["public"]))
    secrets = {}
    for entry in closed:
        secrets[entry.pk] = secret(draw)
        entry.title += f" {secrets[entry.pk]}"
        entry.body = f"{secrets[entry.pk]} {entry.body} {secrets[entry.pk]}"
        entry.save()
    PostgresqlEngine().put(closed)
    index_titles(closed)
    hidden = [entry for entry in closed if browser.get(entry.url).status_code != 200]
    assert hidden or role == "admin"
    for entry in draw.choices(hidden or closed, k=15):
        word = draw.choice([secrets[entry.pk], *entry.title.split()])
        typed = draw.choice([word, word[:4], slip(draw, word) if len(word) > 3 else word, ""])
        params = {"q": typed, **draw.choice([{}, {"type": "sujet"}, {"public": "tous"}])}
        addresses = ("/recherche/", "/recherche/suggestions/", "/recherche/ressemblantes/", "/recherche/flux/")
        for address in addresses:
            response = browser.get(address, params)
            assert response.status_code == 200
            text = html.unescape(response.content.decode())
            for other in closed if "flux" in address else hidden:  # a feed has no account
                assert f'{other.url}"' not in text, (address, typed)
                assert secrets[other.pk] not in text or secrets[other.pk] in typed, (address, typed)


@pytest.mark.parametrize("in_a_snapshot", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_a_change_of_rights_takes_effect_at_once(seed, in_a_snapshot):
    draw = random.Random(100 + seed)  # noqa: S311 - a repeatable draw
    entries = make_entries(draw, 20)
    if in_a_snapshot:
        snapshots.take()
    engine = PostgresqlEngine()
    for entry in draw.sample(entries, 10):
        word = next(word for word in f"{entry.title} {entry.summary} {entry.body}".split() if word not in COMMON)
        entry.principals = [draw.choice(PRINCIPALS)]
        entry.save()
        engine.put([entry])
        for mine in (frozenset({"public"}), frozenset({"public", "members"}), frozenset(PRINCIPALS)):
            hits = answer(SearchQuery(text=word, principals=mine, exact=True), engine).hits
            assert (entry.key in {hit.entry.key for hit in hits}) == bool(mine & set(entry.principals))


@pytest.mark.parametrize("in_a_snapshot", [False, True])
@pytest.mark.parametrize("forget", [SearchEntry.delete, lambda entry: PostgresqlEngine().remove([entry.key])])
def test_a_forgotten_entry_leaves_nothing(forget, in_a_snapshot):
    draw = random.Random(7)  # noqa: S311 - a repeatable draw
    entry = make_entries(draw, 5)[0]
    word = entry.title.split()[0]
    if in_a_snapshot:
        snapshots.take()
    forget(entry)
    everything = answer(SearchQuery(principals=frozenset(PRINCIPALS)), PostgresqlEngine())
    assert entry.key not in {hit.entry.key for hit in everything.hits}
    assert everything.total == 4
    found = answer(SearchQuery(text=word, principals=frozenset(PRINCIPALS)), PostgresqlEngine())
    assert entry.key not in {hit.entry.key for hit in found.hits}
