"""« Votre avis » under every page: without account nor cookie, read by those who keep the page, never a public score."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.utils import timezone

from kb_site.home.models import TextPage
from practices.board.panels import Scope, panels
from practices.models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from practices.opinions.models import Helped, Kind, Opinion, State
from practices.opinions.services import forget_old_opinions, give_opinion
from search.zero_results.anonymization import digest
from search.zero_results.models import SearchGap

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(db):
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def about(page):
    return f"/avis/{page.pk}/"


def say(browser, page, kind, words):
    return browser.post(about(page), {"avis": kind, "words": words})


def rows(user, name):
    return next(panel for panel in panels() if panel.name == name).find(Scope(user), 20).rows


@pytest.mark.parametrize("model", [PracticePage, ToolPage, ResourcePage, DossierPage, OrientationPage, TextPage])
def test_every_kind_of_page_leads_to_it_in_one_tap(client, model):
    page = model.objects.live().first() if model is TextPage else model.objects.visible_to(AnonymousUser()).first()
    assert f'href="{about(page)}"' in client.get(page.get_url()).content.decode()


def test_it_helped_is_one_press_without_cookie_and_keeps_nothing_of_the_reader(client, card):
    shown = client.get(about(card))
    assert shown.status_code == 200
    answers = [client.post(about(card), {"avis": "aide"}) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert client.get(answers[0]["Location"]).status_code == 200
    assert not client.cookies
    assert Helped.objects.get(page=card).times == 2
    assert {field.name for field in Helped._meta.fields} == {"id", "page", "day", "times"}


def test_an_error_is_read_by_owner_backup_and_editors_of_the_network_and_by_nobody_else(
    client, signed_in, account, card
):
    owner, backup = account("membre"), account("karim")
    PracticePage.objects.filter(pk=card.pk).update(card_owner=owner, backup_owner=backup)
    assert say(client, card, "erreur", "Le numéro du service a changé").status_code == 303
    given = Opinion.objects.get()
    decide = f"/avis/traiter/{given.pk}/"
    for name in ("membre", "karim", "edition", "admin"):
        assert "Le numéro du service" in signed_in(name).get("/avis/").content.decode(), name
        assert signed_in(name).get(decide).status_code == 200, name
    for name in ("partenaire", "animation", "edition-numerique"):
        assert "Le numéro du service" not in signed_in(name).get("/avis/").content.decode(), name
        assert signed_in(name).get(decide).status_code == 404, name
    assert [row.title for row in rows(account("edition"), "avis")] == ["Le numéro du service a changé"]
    assert rows(account("edition-numerique"), "avis") == []


def test_a_sentence_in_answer_is_public_and_the_words_of_the_reader_never_are(client, signed_in, card):
    say(client, card, "erreur", "Le numéro du service a changé")
    given = Opinion.objects.get()
    editor = signed_in("edition")
    decide = f"/avis/traiter/{given.pk}/"
    assert editor.post(decide, {"answer": "Corrigé, merci."}).status_code == 303
    given.refresh_from_db()
    assert (given.state, given.decided_by.email) == (State.ANSWERED, "edition@example.org")
    page = client.get(about(card)).content.decode()
    assert "Corrigé, merci." in page
    assert "Le numéro du service" not in page
    assert editor.post(decide, {"answer": ""}).status_code == 303
    given.refresh_from_db()
    assert given.state == State.RESOLVED
    assert "Corrigé, merci." not in client.get(about(card)).content.decode()


def test_what_is_not_found_feeds_the_searches_without_answer_once(client, card):
    for _twice in range(2):
        say(client, card, "pas-trouve", "pointage sur téléphone prêté")
    assert Opinion.objects.get().kind == Kind.NOT_FOUND
    assert SearchGap.objects.get(digest=digest("pointage téléphone prêté")).without_result == 1


def test_a_person_who_may_be_recognised_is_pointed_at_and_nothing_typed_is_lost(client, card):
    words = "Appelez Mme Durand au 06 12 34 56 78"
    refused = say(client, card, "erreur", words)
    assert refused.status_code == 422
    assert "06 12 34 56 78" in refused.content.decode()
    assert not Opinion.objects.exists()
    masked = client.post(about(card), {"avis": "erreur", "words": words, "masquer": ""})
    assert "06 12 34 56 78" not in masked.content.decode()
    sent = client.post(about(card), {"avis": "erreur", "words": words, "personal_data_checked": "on"})
    assert sent.status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"avis": "erreur"}, {"avis": "erreur", "words": "\x00"}, {"avis": "pas-trouve", "words": "a" * 301}]
)
def test_a_wrong_sentence_comes_back_with_its_reason(client, card, wrong):
    refused = client.post(about(card), wrong)
    assert refused.status_code == 422
    assert 'class="error"' in refused.content.decode()
    assert not Opinion.objects.exists()


def test_one_place_says_so_much_in_an_hour_and_then_waits(client, card, settings):
    settings.LIMITS = settings.LIMITS | {"reader_opinion": (2, 3600)}
    caches["limits"].clear()
    statuses = [client.post(about(card), {"avis": "aide"}).status_code for _time in range(3)]
    assert statuses == [303, 303, 429]


def test_a_page_for_members_says_nothing_of_itself_to_a_visitor(client, signed_in):
    closed = PracticePage.objects.get(slug="codeveloppement-encadrants")
    for answer in (client.get(about(closed)), client.post(about(closed), {"avis": "aide"})):
        assert answer.status_code == 302
        assert "Codév" not in answer.content.decode()
    assert not Helped.objects.exists()
    assert signed_in("membre").get(about(closed)).status_code == 200


def test_the_board_lists_the_pages_of_which_more_readers_complain_than_thank(account, card):
    editor = account("edition")
    for place in range(2):
        give_opinion(page=card, kind=Kind.ERROR, words=f"Erreur {place}")
    assert rows(editor, "n-aident-pas") == []
    give_opinion(page=card, kind=Kind.NOT_FOUND, words="autre chose")
    assert [row.facts for row in rows(editor, "n-aident-pas")] == ["2 erreurs signalées · 1 personne n’a pas trouvé"]
    Helped.objects.create(page=card, day=timezone.localdate(), times=3)
    assert rows(editor, "n-aident-pas") == []


def test_what_is_a_year_old_is_forgotten(card):
    give_opinion(page=card, kind=Kind.ERROR, words="Vieille erreur")
    today = timezone.localdate()
    Helped.objects.create(page=card, day=today, times=1)
    assert forget_old_opinions(today + datetime.timedelta(days=364)) == 0
    assert forget_old_opinions(today + datetime.timedelta(days=366)) == 2


def test_who_keeps_a_page_finds_what_waits_on_their_home(client, signed_in, account, card):
    PracticePage.objects.filter(pk=card.pk).update(card_owner=account("membre"))
    assert "Le numéro du service" not in signed_in("membre").get("/").content.decode()
    say(client, card, "erreur", "Le numéro du service a changé")
    decide = f'href="/avis/traiter/{Opinion.objects.get().pk}/"'
    assert decide in signed_in("membre").get("/").content.decode()
    assert decide not in signed_in("animation").get("/").content.decode()
