"""French as people type it: two wordings that mean the same find the same entry."""

import datetime
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from snowballstemmer import stemmer

from kb_site.benchmarks.synthetic_entries import Synthesis
from search.engines.postgresql import PostgresqlEngine
from search.french import terms_of_word
from search.models import SearchEntry, SynonymGroup
from search.queries import SearchQuery
from search.services import answer

from .small_site import forget_the_sample

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def only_ours(db):
    forget_the_sample()


def write(title, body="", principals=("public",), facets=()):
    entry = SearchEntry.objects.create(
        key=f"test:{SearchEntry.objects.count()}:{title}"[:60],
        kind="pratique",
        title=title,
        body=body,
        principals=list(principals),
        facets=list(facets),
        published_at=NOW,
        updated_at=NOW,
    )
    PostgresqlEngine().put([entry])
    return entry


def found(text, **options):
    return titles(text, **options)[0]


def titles(text, **options):
    """Return the titles of what surely answers, and of what may help too."""
    query = SearchQuery(text=text, principals=frozenset({"public"}), **options)
    results = answer(query, PostgresqlEngine())
    return [[hit.entry.title for hit in hits] for hits in (results.hits, results.near)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Établir un contrat", "etablir"),
        ("Etablir un contrat", "établir"),
        ("L’isolement des personnes", "isolement"),
        ("Lutter contre l'isolement", "l’isolement"),
        ("Jusqu’au retour", "retour"),
        ("Les appels réguliers", "appel régulier"),
        ("Les salariées absentes", "salarié absent"),
        ("Une cheffe d’équipe", "équipes"),
        ("Le rendez-vous", "rendez vous"),
        ("Le co-développement", "codéveloppement"),
        ("Le codéveloppement", "co-développement"),
        ("Un point wi-fi", "wifi"),
        ("Un accès Wi‑Fi", "wifi"),
        ("Main-d’œuvre", "main d'oeuvre"),
        ("Mise en œuvre", "mise en oeuvre"),
        ("Une PMSMP réussie", "P.M.S.M.P."),
        ("Une P.M.S.M.P. réussie", "pmsmp"),
        ("Une association intermédiaire (AI)", "AI"),
        ("Réunion à 15 h", "15h"),
        ("Réunion à 15h", "15 h"),
        ("Aide de 1 000 euros", "aide 1000 euros"),
        ("ÉCRIRE EN CAPITALES", "écrire capitales"),
        ("Recevoir une personne", "que je la reçoive"),
        ("Répondre à un appel", "il repond pas"),
        ("Elle a appris seule", "apprendre"),
        ("Ce que nous attendons", "attendre"),
    ],
)
def test_two_ways_of_writing_meet(written, typed):
    write("Rien à voir avec le sujet")
    write(written)
    assert found(typed, exact=True)[:1] == [written]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Le rôle de la conseillère en insertion professionnelle", "CIP"),
        ("Réunion des CIP", "conseillers en insertion professionnelle"),
        ("S’inscrire à France Travail", "pôle emploi"),
        ("L’espace personnel Pôle emploi", "france travail"),
        ("Écrire à la DRIEETS", "DIRECCTE"),
        ("Préparer une visioconférence", "zoom"),
        ("Période de mise en situation en milieu professionnel", "pmsmp"),
        ("Atelier et chantier d’insertion", "ACI"),
    ],
)
def test_names_of_the_trade_and_old_names_find_one_another(written, typed):
    write("Tout autre chose")
    write(written)
    assert found(typed)[:1] == [written]


def test_a_form_that_is_a_noun_too_and_verbs_that_only_help_are_left_alone():
    for title in ("Suivre un salarié", "Vouloir bien faire", "Un lit au calme"):
        write(title)
    assert found("suivi", exact=True) == []
    assert found("lire", exact=True) == []
    assert terms_of_word("veulent") == terms_of_word("pouvaient") == ()


def test_what_was_typed_comes_before_its_synonyms():
    write("Inscription à France Travail")
    write("Inscription à Pôle emploi")
    assert found("inscription pôle emploi") == ["Inscription à Pôle emploi", "Inscription à France Travail"]


def test_a_synonym_of_several_words_wants_them_all():
    write("Le travail en France")
    write("France Travail")
    write("La France des chantiers")
    assert "La France des chantiers" not in found("ANPE")


def test_an_editor_s_group_works_at_once_and_its_removal_too():
    write("Notre gazette")
    assert found("feuille de chou", exact=True) == []
    group = SynonymGroup.objects.create(wordings=["gazette", "feuille de chou"])
    assert found("feuille de chou", exact=True) == ["Notre gazette"]
    group.delete()
    assert found("feuille de chou", exact=True) == []


def test_a_quoted_phrase_wants_its_words_together_and_in_order():
    write("Le café visio du jeudi")
    write("Une visio sans café")
    write("Des cafés-visio pour tous")
    assert sorted(found('"café visio"')) == ["Des cafés-visio pour tous", "Le café visio du jeudi"]


def test_a_phrase_does_not_run_from_the_title_into_the_text():
    write("Prendre un café", "Visio du jeudi")
    assert found('"café visio"') == []


def test_a_phrase_keeps_its_small_words():
    write("Mise en situation")
    write("Mise de la situation")
    assert found('"mise en situation"') == ["Mise en situation"]


def test_an_excluded_word_leaves_nothing_that_holds_it():
    write("Visio avec Zoom")
    write("Visio avec Jitsi")
    write("Visio", "dans les zooms")
    assert found("visio -zoom") == ["Visio avec Jitsi"]
    assert sorted(found('visio -"avec jitsi"')) == ["Visio", "Visio avec Zoom"]
    assert found("-zoom") == ["Visio avec Jitsi"]


def test_every_word_helps_and_none_is_required():
    write("Prêt de tablettes")
    write("Prêt de matériel")
    assert titles("prêt tablettes introuvable", exact=True) == [["Prêt de tablettes"], ["Prêt de matériel"]]


def test_words_near_one_another_come_first():
    filler = "mot " * 60
    write("Fiche une", f"Le suivi. {filler} Un appel.")
    write("Fiche deux", f"{filler} Le suivi par appel. {filler}")
    assert found("suivi appel")[0] == "Fiche deux"


def test_pages_follow_one_another_without_repeating():
    for number in range(45):
        write(f"Appel numéro {number}")
    seen = [title for page in range(1, 6) for title in found("appel", page=page)]
    assert len(seen) == len(set(seen)) == 45


def test_the_order_by_title_ignores_accents():
    for title in ("Zoom appel", "École appel", "Atelier appel"):
        write(title)
    assert found("appel", sort="titre") == ["Atelier appel", "École appel", "Zoom appel"]


def test_words_read_by_several_threads_are_not_mixed_up():
    words = [f"{word}{end}" for word in Synthesis().words[5000:6000] for end in ("ation", "ements", "euses")]
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(terms_of_word, words))
    finally:
        sys.setswitchinterval(switching)
    alone = stemmer("french")
    assert [found[0] for found in together] == [alone.stemWord(word) for word in words]
