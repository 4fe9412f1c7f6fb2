"""What every engine does: the same sentences on PostgreSQL and on Elasticsearch."""

import threading
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from kb_site.accounts.principals import principals_of
from search.engines.elasticsearch import outbox as indexing
from search.engines.postgresql import PostgresqlEngine
from search.models import Constraint, Need, NeedCard, SearchEntry, SynonymGroup
from search.queries import PAGE_SIZE, SearchQuery
from search.query_parsing import read_query
from search.services import answer

from .small_site import PUBLIC, InColumns, SmallSite


@pytest.fixture(params=["postgresql", "postgresql in columns", "elasticsearch"])
def engine(request):
    """Return each engine in turn."""
    if request.param != "elasticsearch":
        return InColumns() if request.param.endswith("columns") else PostgresqlEngine()
    request.getfixturevalue("elasticsearch")
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    return ElasticsearchEngine()


@pytest.fixture
def site(db, engine):
    return SmallSite(engine)


class TestRelevance:
    def test_a_word_of_the_title_counts_more_than_a_word_of_the_text(self, site):
        ordinary = " ".join(["Chacun raconte sa semaine, puis le groupe cherche comment avancer."] * 30)
        site.add("text", title="Tour de table", body=f"On y parle de téléphone. {ordinary}")
        site.add("title", title="Téléphone en groupe", body=f"On y parle de tout. {ordinary}")
        for subject in ("Accueillir", "Accompagner", "Orienter", "Former"):
            site.add(subject, title=f"{subject} en groupe", body=ordinary)
        assert site.keys("téléphone") == ["title", "text"]

    def test_a_rare_word_counts_more_than_a_frequent_one(self, site):
        for number in range(6):
            site.add(f"often{number}", title="Atelier", body="Une réunion ordinaire.")
        site.add("rare", title="Atelier", body="Une tablette ordinaire.")
        assert site.keys("réunion tablette")[0] == "rare"

    def test_one_word_in_three_is_enough_but_three_come_first(self, site):
        site.add("one", title="Le chantier", body="Rien de plus.")
        site.add("three", title="Le chantier", body="Une visio sur smartphone.")
        assert site.keys("chantier visio smartphone") == ["three", "one"]

    def test_words_side_by_side_come_before_the_same_words_apart(self, site):
        site.add("apart", title="Fiche", body="Mobile de la personne ; on parle ensuite de tout, puis du téléphone.")
        site.add("beside", title="Fiche", body="Téléphone mobile de la personne ; on parle ensuite de tout, puis.")
        assert site.keys("téléphone mobile")[0] == "beside"

    def test_accents_gender_number_and_capitals_change_nothing(self, site):
        site.add("found", title="Un salarié régulier")
        for typed in ("salariée régulière", "salarie regulier", "SALARIÉES RÉGULIÈRES"):
            assert site.keys(typed) == ["found"], typed

    def test_words_are_found_however_they_are_written(self, site):
        forms = {"isolement": "l’isolement", "15 h": "à 15h", "coeur": "cœur", "pmsmp": "P.M.S.M.P.",
                 "rendez vous": "rendez-vous"}  # fmt: skip
        for typed, written in forms.items():
            site.add(typed, title="Fiche", body=f"Parlons de {written}.")
        assert {typed: site.keys(typed) for typed in forms} == {typed: [typed] for typed in forms}

    def test_an_equivalent_wording_finds_but_comes_after_what_was_typed(self, site):
        SynonymGroup.objects.create(wordings=["blouson", "veste de travail"])
        site.add("other", title="Veste de travail")
        site.add("typed", title="Blouson")
        site.add("neither", title="Chaussures")
        assert site.keys("blouson") == ["typed", "other"]


class TestSureAndNear:
    """What answers enough of what is asked is a result; the rest may help too, and counts for nothing."""

    def test_what_holds_one_word_of_three_may_help_and_is_not_counted(self, site):
        site.add("whole", title="Visio au chantier avec un smartphone", facets=["canal:visio"])
        site.add("part", title="Visio du lundi", facets=["canal:visio"])
        results = site.search("chantier visio smartphone")
        assert (results.total, results.facets) == (1, {"canal": {"visio": 1}})
        assert site.sure("chantier visio smartphone") == ["whole"]
        assert site.near("chantier visio smartphone") == ["part"]

    def test_a_passing_mention_is_worth_less_than_a_summary(self, site):
        site.add("about", title="Une fiche", summary="Préparer la tablette.", body="Un essai.")
        site.add("passing", title="Une autre", summary="Un essai.", body="On y pose la tablette.")
        site.add("ordinary", title="Le carton", summary="Un carton.")
        assert sorted(site.sure("tablette du carton")) == ["about", "ordinary"]
        assert site.near("tablette du carton") == ["passing"]

    def test_few_may_help_however_many_there_are(self, site):
        for number in range(9):
            site.add(str(number), title=f"Visio {number}")
        assert site.search("chantier visio smartphone tablette").total == 0
        assert len(site.near("chantier visio smartphone tablette")) == 5

    def test_what_may_help_obeys_rights_and_filters(self, site):
        site.add("closed", title="Visio du lundi", principals=["members"])
        site.add("open", title="Visio du mardi", facets=["canal:visio"])
        site.add("other", title="Visio du jeudi", facets=["canal:sms"])
        assert site.near("visio chantier smartphone", facets={"canal": ("visio",)}) == ["open"]


class TestConstraints:
    @pytest.fixture
    def site(self, site):
        Constraint.objects.create(
            slug="sans-smartphone", label="sans smartphone", lacking="smartphone",
            suits=["canal:telephone"], contradicts=["canal:visio", "canal:messagerie"],
        )  # fmt: skip
        site.add("video", title="Garder le lien en visio", facets=["canal:visio"])
        site.add("both", title="Garder le lien, visio ou appel", facets=["canal:visio", "canal:telephone"])
        site.add("neither", title="Garder le lien sur place", body="On se voit le mardi.")
        return site

    def test_what_contradicts_is_out_and_what_suits_comes_first(self, site):
        assert site.keys("garder le lien sans smartphone") == ["both", "neither"]

    def test_its_words_are_no_subject(self, site):
        assert site.search("garder le lien sans smartphone").total == 2

    def test_alone_it_is_answered_by_what_suits(self, site):
        assert site.sure("pas de smartphone") == ["both"]

    def test_alone_it_is_answered_whatever_nothing_answers(self, site):
        Need.objects.create(name="Acheter", wordings="smartphone")
        assert site.sure("pas de smartphone") == ["both"]

    def test_beside_a_subject_that_nothing_holds_what_suits_may_help(self, site):
        assert (site.sure("mosaïque sans smartphone"), site.near("mosaïque sans smartphone")) == ([], ["both"])

    def test_a_word_that_says_nothing_by_itself_is_no_subject(self, site):
        site.add("light", title="Juste une visio", facets=["canal:visio", "canal:telephone"])
        assert sorted(site.sure("juste sans smartphone")) == ["both", "light"]

    def test_left_aside_its_words_are_words_again(self, site):
        assert "video" in site.keys("garder le lien sans smartphone", ignored=("sans-smartphone",))

    def test_quoted_it_is_looked_for_as_it_stands(self, site):
        assert site.keys('"sans smartphone"') == []


class TestNeeds:
    @pytest.fixture
    def site(self, site):
        site.add("beside", title="Répondre à un appel d’offres", body="Répondre vite.", facets=["theme:marches"])
        site.add("borne", title="Tenir bon", facets=["theme:lien"])
        return site

    def test_a_need_leads_to_its_card_where_no_word_does(self, site):
        home = Page.objects.get(depth=1)
        site.add(f"page:{home.pk}", title="Prendre des nouvelles", body="Chaque mardi.")
        need = Need.objects.create(
            name="Plus de réponse", wordings="injoignable\nne décroche plus", values=["theme:lien"]
        )
        NeedCard.objects.create(need=need, page=home)
        assert site.keys("elle est injoignable") == [f"page:{home.pk}", "borne"]

    def test_a_need_said_by_its_denial_wants_it_denied(self, site):
        Need.objects.create(name="Injoignable", wordings="ne décroche plus\npas de ligne", values=["theme:lien"])
        assert site.sure("il décroche pas") == ["borne"]
        assert site.sure("ligne") == site.sure("elle décroche") == []

    def test_a_need_said_by_its_grammar_wants_it(self, site):
        Need.objects.create(name="À la place de", wordings="faire à sa place", values=["theme:lien"])
        assert site.sure("faire à sa place") == ["borne"]
        assert site.sure("mettre en place") == []

    def test_words_in_another_order_say_a_need_less(self, site):
        Need.objects.create(name="Isolée", wordings="parle à personne", values=["theme:lien"])
        Need.objects.create(name="En danger", wordings="personne parle", values=["theme:alerte"])
        site.add("alert", title="Tenir compte", facets=["theme:alerte"])
        assert site.keys("une personne qui parle") == ["alert", "borne"]

    def test_another_name_is_as_sure_as_the_name_itself(self, site):
        SynonymGroup.objects.create(wordings=["DREETS", "DIRECCTE"])
        Need.objects.create(name="Pilotage", wordings="DREETS\nDIRECCTE")
        site.add("dreets", title="Écrire à la DREETS")
        assert site.sure("direccte") == ["dreets"]

    def test_a_need_that_nothing_answers_leaves_the_rest_unsure(self, site):
        site.add("mention", title="Tour de table", body="Le permis, le logement, le reste.")
        assert site.sure("permis") == ["mention"]
        Need.objects.create(name="Permis", wordings="passer le permis\npermis")
        assert site.search("permis").total == 0
        assert site.near("permis") == ["mention"]

    def test_a_card_about_it_answers_all_the_same(self, site):
        Need.objects.create(name="Permis", wordings="permis")
        site.add("new", title="Passer le permis", summary="Les aides au permis.")
        assert site.sure("permis") == ["new"]


class TestWordsOfTheQuery:
    def test_a_quoted_phrase_must_be_there_in_order(self, site):
        site.add("phrase", title="Fiche", body="Une période d’essai de deux mois.")
        site.add("words", title="Fiche", body="Un essai, sur une période.")
        assert site.keys('"période d’essai"') == ["phrase"]

    def test_an_excluded_word_is_nowhere(self, site):
        site.add("kept", title="Visio")
        site.add("out", title="Visio et téléphone")
        assert site.keys("visio -telephone") == ["kept"]

    def test_exclusions_alone_leave_everything_else(self, site):
        site.add("kept", title="Visio")
        site.add("out", title="Téléphone")
        assert site.keys("-téléphone") == ["kept"]

    def test_words_of_grammar_alone_find_everything(self, site):
        site.add("a", title="Visio")
        assert site.keys("comment faire") == ["a"]

    def test_strange_words_are_answered(self, site):
        site.add("a", title="Visio")
        for typed in ('"', '""', "-", "--", '-"', "« »", "a" * 200, "+ - && || ! ( ) { } [ ] ^ ~ * ? : \\ /", "\u202e\U0001f600",
                      "'; DROP TABLE", "title_terms:x", '{"match_all": {}}', "visio " * 33):  # fmt: skip
            assert site.search(typed) is not None, typed


class TestCorrection:
    def test_an_unknown_word_is_corrected_and_what_was_searched_is_told(self, site):
        site.add("phone", title="Téléphone", facets=["canal:telephone"])
        site.add("other", title="Visio")
        site.settle()
        for typed in ("telephnoe", "telefone"):
            results = answer(SearchQuery(text=typed, principals=PUBLIC), site.engine)
            assert results.correction == "téléphone"
            assert [hit.title for hit in results.hits] == ["<mark>Téléphone</mark>"]
            assert results.facets == {"canal": {"telephone": 1}}

    def test_what_was_typed_is_searched_when_that_is_asked(self, site):
        site.add("phone", title="Téléphone")
        site.settle()
        results = answer(SearchQuery(text="telefone", principals=PUBLIC, exact=True), site.engine)
        assert (results.correction, results.total) == ("", 0)

    def test_a_closed_word_is_never_the_correction(self, site):
        site.add("closed", title="Xylandre", principals=["members"])
        site.settle()
        assert answer(SearchQuery(text="xylindre", principals=PUBLIC), site.engine).correction == ""
        members = answer(SearchQuery(text="xylindre", principals=PUBLIC | {"members"}), site.engine)
        assert (members.correction, members.total) == ("xylandre", 1)


class TestFacets:
    @pytest.fixture
    def cards(self, site):
        site.add("1", title="Visio", facets=["type:pratique", "canal:visio", "public:jeunes"])
        site.add("2", title="Visio", facets=["type:pratique", "canal:visio", "public:seniors"])
        site.add("3", title="Visio", facets=["type:pratique", "canal:sms", "public:jeunes"])
        site.add("4", title="Visio", facets=["type:outil", "canal:visio"])
        site.add("5", title="Autre", facets=["type:pratique", "canal:sms"])
        return site

    def test_values_are_counted_among_what_matches(self, cards):
        results = cards.search("visio")
        assert results.total == 4
        assert results.facets["canal"] == {"visio": 3, "sms": 1}
        assert results.facets["type"] == {"pratique": 3, "outil": 1}

    def test_counts_obey_the_other_facets_and_not_their_own(self, cards):
        results = cards.search("visio", facets={"canal": ("visio",)})
        assert results.total == 3
        assert results.facets["canal"] == {"visio": 3, "sms": 1}
        assert results.facets["public"] == {"jeunes": 1, "seniors": 1}

    def test_two_values_of_one_facet_widen_and_two_facets_narrow(self, cards):
        assert sorted(cards.keys("visio", facets={"canal": ("visio", "sms")})) == ["1", "2", "3", "4"]
        assert sorted(cards.keys("visio", facets={"canal": ("visio", "sms"), "public": ("jeunes",)})) == ["1", "3"]
        counts = cards.search("visio", facets={"canal": ("sms",), "public": ("jeunes",)}).facets
        assert counts["canal"] == {"visio": 1, "sms": 1}
        assert counts["public"] == {"jeunes": 1}

    def test_a_facet_alone_lists_without_words(self, cards):
        assert sorted(cards.keys(facets={"type": ("pratique",)})) == ["1", "2", "3", "5"]

    def test_an_unknown_value_finds_nothing_and_breaks_nothing(self, cards):
        results = cards.search("visio", facets={"canal": ('" .*',)})
        assert (results.total, results.hits) == (0, [])


class TestVisibility:
    def test_what_is_closed_shows_in_no_hit_total_nor_count(self, site):
        site.add("open", title="Visio", facets=["canal:visio"])
        site.add("closed", title="Visio secrète", principals=["members"], facets=["canal:visio", "public:jeunes"])
        assert site.keys("visio secrète") == ["open"]
        results = site.search("visio")
        assert [hit.entry.key for hit in results.hits] == ["open"]
        assert results.total == 1
        assert results.facets == {"canal": {"visio": 1}}
        assert len(site.keys("visio", principals=PUBLIC | {"members"})) == 2

    def test_nobody_finds_anything_without_a_principal(self, site):
        site.add("open", title="Visio")
        assert site.search("visio", principals=frozenset()).total == 0

    def test_closing_an_entry_hides_it(self, site):
        site.add("card", title="Visio")
        assert site.keys("visio") == ["card"]
        site.add("card", principals=["group:1"])
        assert site.search("visio").total == 0


class TestHits:
    def test_found_words_are_marked_and_the_rest_is_escaped(self, site):
        site.add("a", title="<b>Visio</b> & co", summary="<script>alert('visio')</script>", body="…")
        (hit,) = site.search("visio").hits
        assert "&lt;b&gt;<mark>Visio</mark>&lt;/b&gt; &amp; co" in hit.title
        assert "<mark>visio</mark>" in hit.summary  # where it stands in the summary, no excerpt repeats it
        assert not hit.excerpt
        assert "<script" not in hit.summary + hit.excerpt
        assert "<mark>visio</mark>" in hit.summary + hit.excerpt

    def test_the_words_of_a_longer_equivalent_are_not_marked_apart(self, site):
        SynonymGroup.objects.create(wordings=["téléphone", "coup de fil", "portable"])
        site.add("a", title="Un coup de main au téléphone ou sur un portable")
        (hit,) = site.search("téléphone").hits
        assert hit.title == "Un coup de main au <mark>téléphone</mark> ou sur un <mark>portable</mark>"

    def test_pages_hold_everything_once(self, site):
        for number in range(25):
            site.add(f"{number}", title="Visio", body=f"Fiche {number}")
        pages = [site.keys("visio", page=page) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 5, 0]
        assert len({key for page in pages for key in page}) == 25
        assert site.search("visio", page=4).total == 25

    def test_the_orders(self, site):
        now = timezone.now()
        site.add("old", title="Été visio", evidence_rank=3, updated_at=now - timedelta(days=9))
        site.add("new", title="Visio", evidence_rank=1, updated_at=now)
        site.add("mid", title="Atelier visio", evidence_rank=2, updated_at=now - timedelta(days=3))
        assert site.keys("visio", sort="recent") == ["new", "mid", "old"]
        assert site.keys("visio", sort="preuve") == ["old", "mid", "new"]
        assert site.keys("visio", sort="titre")[0] == "mid"
        assert site.keys() == ["new", "mid", "old"]


class TestChanges:
    def test_a_changed_entry_is_found_by_its_new_words_only(self, site):
        site.add("a", title="Visio")
        assert site.keys("visio") == ["a"]
        site.add("a", title="Téléphone")
        assert site.keys("visio") == []
        assert site.keys("téléphone") == ["a"]

    def test_a_removed_entry_is_found_no_more(self, site):
        site.add("a", title="Visio")
        site.add("b", title="Visio")
        assert site.search("visio").total == 2
        site.remove("a")
        results = site.search("visio")
        assert ([hit.entry.key for hit in results.hits], results.total) == (["b"], 1)

    def test_an_entry_that_comes_back_is_found(self, site):
        site.add("a", title="Visio")
        site.remove("a")
        assert site.keys("visio") == []
        site.add("a", title="Visio")
        assert site.keys("visio") == ["a"]

    def test_a_rebuild_finds_the_same(self, site):
        for number in range(5):
            site.add(f"{number}", title="Visio", facets=["canal:visio"])
        before = site.search("visio")
        indexing.rebuild() if site.on_elasticsearch else site.engine.rebuild()
        after = site.search("visio")
        assert (after.total, after.facets) == (before.total, before.facets) == (5, {"canal": {"visio": 5}})


@pytest.mark.usefixtures("committed_site")
class TestSeveralAtOnce:
    @staticmethod
    def in_threads(*works):
        """Run these together, each on its own connection; return what went wrong."""
        errors = []

        def run(work):
            try:
                work()
            except Exception as error:
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[work]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return errors

    def test_of_concurrent_changes_the_last_one_stays(self, engine):
        site = SmallSite(engine)
        for key in "abc":
            site.add(key, title="Départ")

        def rewrite(name):
            for turn in range(5):
                for key in "abc":
                    site.add(key, title=f"Titre {name} {turn}")
                if site.on_elasticsearch:
                    indexing.push()

        assert self.in_threads(*(lambda name=name: rewrite(name) for name in ("rouge", "verte", "bleue"))) == []
        for key in "abc":
            title = SearchEntry.objects.get(key=key).title
            assert key in site.keys(f'"{title}"')
        found = [hit.title for name in ("rouge", "verte", "bleue") for hit in site.search(f'"titre {name}"').hits]
        assert len(found) == 3

    def test_a_rebuild_during_writes_loses_nothing(self, engine):
        site = SmallSite(engine)
        for number in range(40):
            site.add(f"kept{number}", title="Cerise")
        rebuild = indexing.rebuild if site.on_elasticsearch else engine.rebuild
        stop = threading.Event()

        def write():
            try:
                for number in range(20):
                    site.add(f"new{number}", title="Prune")
                    site.remove(f"kept{number}")
                    site.add(f"kept{number + 20}", title="Abricot")
                    if site.on_elasticsearch:
                        indexing.push()
            finally:
                stop.set()

        def build():
            while not stop.is_set():
                rebuild()

        assert self.in_threads(write, build) == []
        assert site.search("prune").total == 20
        assert site.search("abricot").total == 20
        assert site.search("cerise").total == 0
        assert site.search().total == 40


@pytest.mark.django_db
def test_both_engines_count_the_sample_site_alike(elasticsearch, account):
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    indexing.rebuild()
    different = []
    for name, text in product(
        [None, "membre", "partenaire"], ["visio", "téléphone", "groupe de messagerie", "codéveloppement", ""]
    ):
        query = SearchQuery(text=text, principals=principals_of(account(name) if name else AnonymousUser()))
        one, other = (engine.search(query, read_query(text)) for engine in (PostgresqlEngine(), ElasticsearchEngine()))
        if (one.total, one.facets) != (other.total, other.facets):
            different.append((name, text, one.total, other.total, one.facets, other.facets))
    assert different == []
