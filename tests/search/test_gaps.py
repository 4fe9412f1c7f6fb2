"""Searches that end badly are counted, without anyone in the counts."""

import datetime

import pytest
from django.utils import timezone

from search.models import Need, SearchEntry
from search.zero_results.anonymization import countable_words, digest, search_token
from search.zero_results.models import SearchChoice, SearchGap
from search.zero_results.services import Outcome, count_search, decide_gap, forget_old_gaps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_yet(db):
    SearchGap.objects.all().delete()


@pytest.fixture
def on_day(monkeypatch):
    """Count searches as if it were this many days ago."""

    def count(words, days_ago=0, outcome=Outcome.WITHOUT_RESULT):
        day = timezone.localdate() - datetime.timedelta(days=days_ago)
        with monkeypatch.context() as context:
            context.setattr(timezone, "localdate", lambda *args: day)
            count_search(counted=countable_words(words), outcome=outcome)

    return count


@pytest.mark.parametrize(
    "typed",
    [
        "samia.durand@example.org", "appeler 06 12 34 56 78", "0612345678", "06.12.34.56.78", "dossier 2503144",
        "né le 12/03/1985", "1 85 03 75 116 005 42", "https://exemple.fr/x", "M. Dupont logement", "madame Kone",
        "la personne que je suis depuis six mois ne répond plus et sa carte de séjour expire mardi", "de la", "",
    ],
)  # fmt: skip
def test_what_looks_personal_or_tells_a_situation_is_never_counted(typed):
    assert countable_words(typed) == ""
    assert search_token(typed) == ""


@pytest.mark.parametrize("typed", ["visio 15 h", "PMSMP", "prêt de tablettes", "formation 2026"])
def test_ordinary_needs_are_counted(typed):
    assert countable_words(typed)


def test_the_same_need_in_other_forms_is_the_same_line():
    assert digest(countable_words("prêts de téléphones")) == digest(countable_words("telephone pret"))
    assert digest(countable_words("prêt de téléphone")) != digest(countable_words("prêt de tablette"))


def test_a_search_without_result_is_counted_once_a_page(client):
    client.get("/recherche/", {"q": "xylophone"})
    client.get("/recherche/", {"q": "xylophone", "public": "jeunes"})  # a filter may be the reason
    client.head("/recherche/", {"q": "xylophone"})
    gap = SearchGap.objects.get(digest=digest("xylophone"))
    assert (gap.without_result, gap.without_click, gap.with_click, gap.days) == (1, 0, 0, 1)


def test_a_search_with_results_is_not_counted_by_the_server(client):
    client.get("/recherche/", {"q": "téléphone"})
    assert not SearchGap.objects.exists()


def test_words_are_in_the_database_from_the_third_day_only(on_day):
    on_day("xylophone martin", 2)
    on_day("xylophone martin", 2)
    on_day("xylophone martin", 1)
    assert not SearchGap.objects.shown().exists()
    assert "martin" not in str(SearchGap.objects.values().get())
    on_day("xylophone martin", 0)
    gap = SearchGap.objects.shown().get()
    assert (gap.words, gap.days, gap.without_result) == ("xylophone martin", 3, 4)


def test_a_click_and_its_absence_are_counted_by_the_token_of_the_page(client):
    token = search_token("téléphone")
    assert client.post("/recherche/suite/", {"recherche": token, "rang": "2"}).status_code == 204
    assert client.post("/recherche/suite/", {"recherche": token, "rang": "0"}).status_code == 204
    assert client.post("/recherche/suite/", {"recherche": token}).status_code == 204
    gap = SearchGap.objects.get()
    assert (gap.with_click, gap.without_click, gap.without_result) == (1, 2, 0)


@pytest.mark.parametrize("token", ["", "x", "InRlbCI:1abcde:forged", "\x00", "a" * 10_000])
def test_a_forged_token_counts_nothing(client, token):
    assert client.post("/recherche/suite/", {"recherche": token, "rang": "1"}).status_code == 400
    assert not SearchGap.objects.exists()


@pytest.mark.parametrize("rank", ["-1", "abc", "²", "9" * 400, "\x00", "1.5"])
def test_a_strange_rank_breaks_nothing(client, rank):
    assert client.post("/recherche/suite/", {"recherche": search_token("téléphone"), "rang": rank}).status_code == 204


def test_counting_sets_no_cookie(client):
    response = client.post("/recherche/suite/", {"recherche": search_token("téléphone"), "rang": "1"})
    assert not response.cookies


def test_rare_searches_are_forgotten_in_three_months_and_the_others_in_a_year(on_day):
    on_day("rare", 91)
    on_day("récent", 89)
    for days in (372, 371, 370):
        on_day("ancien", days)
    for days in (102, 101, 100):
        on_day("courant", days)
    forget_old_gaps(timezone.localdate())
    assert {gap.digest for gap in SearchGap.objects.all()} == {digest("récent"), digest("courant")}


def shown_gap(on_day, words="xylophone", outcome=Outcome.WITHOUT_RESULT):
    for days in (2, 1, 0):
        on_day(words, days, outcome)
    return SearchGap.objects.shown().get(digest=digest(countable_words(words)))


REPORT = "/admin/recherches-sans-reponse/"


def test_editors_see_the_gaps_and_the_rare_ones_stay_hidden(on_day, signed_in):
    shown_gap(on_day)
    on_day("très rare")
    html = signed_in("edition").get(REPORT).content.decode()
    assert "xylophone" in html
    assert "rare</" not in html


def test_a_search_often_opened_is_no_gap(on_day, signed_in):
    shown_gap(on_day, "téléphone", Outcome.WITH_CLICK)
    shown_gap(on_day, "tablettes", Outcome.WITHOUT_CLICK)
    html = signed_in("coordination").get(REPORT).content.decode()
    assert "tablettes" in html
    assert "téléphone" not in html


@pytest.mark.parametrize("role", ["membre", "partenaire", "animation"])
def test_the_report_is_closed_to_others(signed_in, role):
    assert signed_in(role).get(REPORT).status_code == 302
    assert signed_in(role).post(f"{REPORT}1/", {"action": "ignore"}).status_code == 302


def test_the_report_is_exported(on_day, signed_in):
    shown_gap(on_day)
    response = signed_in("edition").get(REPORT, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "xylophone,3" in text


def test_an_ignored_gap_leaves_the_list_and_is_found_by_its_state(on_day, signed_in):
    gap = shown_gap(on_day)
    editor = signed_in("edition")
    assert editor.post(f"{REPORT}{gap.pk}/", {"action": "ignore"}).status_code == 302
    assert "xylophone" not in editor.get(REPORT).content.decode()
    assert "xylophone" in editor.get(REPORT, {"state": "ignored"}).content.decode()


def test_making_a_card_or_an_equivalent_word_leads_to_its_form(on_day, signed_in):
    gap = shown_gap(on_day)
    editor = signed_in("edition")
    card = editor.post(f"{REPORT}{gap.pk}/", {"action": "card"})
    assert "/pages/add/practices/practicepage/" in card["Location"]
    assert editor.get(card["Location"]).status_code == 200
    word = editor.post(f"{REPORT}{gap.pk}/", {"action": "synonym"})
    assert editor.get(word["Location"]).status_code == 200
    assert editor.post(f"{REPORT}{gap.pk}/", {"action": "nonsense"}).status_code == 400


def test_what_people_open_for_a_gap_is_proposed_as_its_answer(on_day, signed_in, client, monkeypatch):
    gap = shown_gap(on_day)
    often, once = SearchEntry.objects.filter(kind="pratique", principals=["public"]).order_by("pk")[:2]
    today = timezone.localdate()
    for days_ago in (2, 1, 0):
        monkeypatch.setattr(timezone, "localdate", lambda *args, ago=days_ago: today - datetime.timedelta(days=ago))
        sent = {"recherche": search_token("xylophone"), "rang": "1"}
        assert client.post("/recherche/suite/", sent | {"page": often.url}).status_code == 204
    client.post("/recherche/suite/", sent | {"page": once.url})
    editor = signed_in("edition")
    need = editor.post(f"{REPORT}{gap.pk}/", {"action": "need"})
    assert editor.get(need["Location"]).status_code == 200
    assert [f"page:{card.page_id}" for card in Need.objects.get(name="xylophone").cards.all()] == [often.key]


@pytest.mark.parametrize("path", ["/nulle-part/", "", "\x00", "/groupes/cip-ile-de-france/", "x" * 900])
def test_what_is_no_page_for_everyone_is_not_counted(client, path):
    sent = {"recherche": search_token("xylophone"), "rang": "1", "page": path}
    assert client.post("/recherche/suite/", sent).status_code == 204
    assert not SearchChoice.objects.exists()


def test_a_gap_is_decided(on_day):
    gap = shown_gap(on_day)
    decide_gap(gap=gap, state=SearchGap.State.HANDLED)
    assert SearchGap.objects.get(pk=gap.pk).state == SearchGap.State.HANDLED


@pytest.mark.parametrize("action", ["card", "synonym"])
def test_taking_a_gap_in_hand_does_not_close_it_and_it_may_be_reopened(on_day, signed_in, action):
    gap, editor = shown_gap(on_day), signed_in("edition")
    editor.post(f"{REPORT}{gap.pk}/", {"action": action})
    assert SearchGap.objects.get(pk=gap.pk).state == SearchGap.State.OPEN
    editor.post(f"{REPORT}{gap.pk}/", {"action": "handled"})
    assert SearchGap.objects.get(pk=gap.pk).state == SearchGap.State.HANDLED
    editor.post(f"{REPORT}{gap.pk}/", {"action": "reopen"})
    assert SearchGap.objects.get(pk=gap.pk).state == SearchGap.State.OPEN


def test_a_gap_is_closed_once_something_is_saved_for_it(on_day, signed_in):
    gap, editor = shown_gap(on_day), signed_in("edition")
    address = editor.post(f"{REPORT}{gap.pk}/", {"action": "synonym"})["Location"]
    editor.post(address, {"wordings": ""})
    assert SearchGap.objects.get(pk=gap.pk).state == SearchGap.State.OPEN
    form = editor.get(address).context["form"]
    sent = {name: form.initial.get(name, "") or "" for name in form.fields} | {"wordings": "xylophone, marimba"}
    assert editor.post(address, sent).status_code == 302
    assert SearchGap.objects.get(pk=gap.pk).state == SearchGap.State.HANDLED
