"""The site read from a program and shown in other sites: what each caller may read, and nothing more."""

import pytest
from django.conf import settings
from django.test import Client

from kb_site.api.models import ApiToken
from practices.models import PracticePage, ToolPage

pytestmark = pytest.mark.django_db
PAGES, SEARCH = "/api/v1/pages/", "/api/v1/recherche/"
CARD = "cafe-visio-du-jeudi"


@pytest.fixture
def ask(account):
    """Return a function that reads an address with the token of a role, as a program does."""

    def ask_(address, role=None, **asked):
        headers = {"Authorization": f"Bearer {ApiToken.make(name='essai', by=account(role))[1]}"} if role else {}
        return Client(headers=headers).get(address, asked)

    return ask_


def titles(answer):
    return {line["title"] for line in answer.json()["results"]}


def test_a_list_holds_what_the_caller_may_read_and_its_pages_follow_one_another(ask):
    members = set(PracticePage.objects.live().filter(visibility="membres").values_list("title", flat=True))
    assert members
    seen, address = set(), PAGES + "?type=fiche&par=50"
    while address:
        answer = ask(address.removeprefix(settings.SITE_URL))
        seen |= titles(answer)
        address = answer.json()["next"]
    assert len(seen) == PracticePage.objects.live().filter(visibility="public").count()
    assert not seen & members
    assert ask(PAGES, "membre", type="fiche", par=50).json()["count"] == len(seen) + len(members)


def test_a_page_says_what_the_site_says_and_no_name_of_a_person_in_charge(ask, account):
    card = PracticePage.objects.get(slug=CARD)
    told = ask(f"{PAGES}{card.pk}/").json()
    assert told["title"] == card.title
    assert [step["title"] for step in told["steps"]] == [step.value["title"] for step in card.steps]
    assert told["url"] == settings.SITE_URL + card.url
    assert told["fields"]["channels"] == card.channels
    assert "card_owner" not in told["fields"]
    tool = ToolPage.objects.live().first()
    assert ask(f"{PAGES}{tool.pk}/").json()["type"] == "outil"


def test_a_card_for_members_is_there_for_a_member_and_for_nobody_else(ask, signed_in):
    card = PracticePage.objects.live().filter(visibility="membres").first()
    address = f"{PAGES}{card.pk}/"
    assert ask(address).status_code == 404
    assert signed_in("membre").get(address).status_code == 404  # a session is not a token: another site could use it
    assert ask(address, "membre").status_code == 200
    assert ask(SEARCH, q=card.title).json()["count"] == 0 or card.title not in titles(ask(SEARCH, q=card.title))
    assert card.title in titles(ask(SEARCH, "membre", q=card.title))


def test_a_draft_is_there_for_nobody(ask):
    card = PracticePage.objects.get(slug=CARD)
    card.unpublish()
    assert ask(f"{PAGES}{card.pk}/", "admin").status_code == 404


def test_a_token_opens_nothing_once_it_is_withdrawn_or_its_maker_gone(ask, account):
    token, text = ApiToken.make(name="essai", by=account("membre"))
    program = Client(headers={"Authorization": f"Bearer {text}"})
    assert program.get(PAGES).status_code == 200
    account("membre").__class__.objects.filter(pk=account("membre").pk).update(is_active=False)
    assert program.get(PAGES).status_code == 401
    assert program.get(PAGES)["WWW-Authenticate"] == "Bearer"
    token.delete()
    assert program.get(PAGES).status_code == 401


def test_what_a_token_reads_is_kept_by_no_cache_and_what_all_read_by_any(ask):
    assert "no-store" in ask(PAGES, "membre")["Cache-Control"]
    answer = ask(PAGES)
    assert "public" in answer["Cache-Control"]
    assert "Authorization" in answer["Vary"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    asked = Client().options(PAGES)
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "Authorization")


@pytest.mark.parametrize("asked", [{"page": "0"}, {"par": "9999"}, {"type": "compte"}, {"modifie_depuis": "hier"}])
def test_a_parameter_that_cannot_be_read_is_told_with_its_name(ask, asked):
    answer = ask(PAGES, **asked)
    assert answer.status_code == 400
    assert next(iter(asked)) in answer.json()["error"]


def test_filters_narrow(ask):
    card = PracticePage.objects.get(slug=CARD)
    slug = card.theme_items.first().tag.slug
    found = titles(ask(PAGES, theme=slug, type="fiche", par=50))
    assert card.title in found
    assert len(found) < ask(PAGES, type="fiche").json()["count"]
    assert titles(ask(PAGES, reseau="rien-de-tel")) == set()
    assert titles(ask(PAGES, modifie_depuis="2999-01-01")) == set()


def test_a_list_asks_as_much_for_fifty_as_for_two(ask, django_assert_max_num_queries):
    ask(PAGES)
    with django_assert_max_num_queries(12):
        ask(PAGES, par=50)


def test_what_is_answered_is_what_openapi_describes(ask):
    told = ask("/api/v1/openapi.json").json()
    schemas = told["components"]["schemas"]

    def held_to(name, line):
        schema = schemas[name]
        assert set(schema["required"]) <= set(line) <= set(schema["properties"]), name

    held_to("PageEnBref", ask(PAGES).json()["results"][0])
    for model in (PracticePage, ToolPage):
        held_to("Page", ask(f"{PAGES}{model.objects.live().filter().first().pk}/", "admin").json())
    held_to("Trouve", ask(SEARCH, q="visio").json()["results"][0])
    assert set(told["paths"]) == {"/pages/", "/pages/{page_id}/", "/recherche/"}


def test_a_card_is_shown_in_a_frame_of_any_site_without_script_nor_cookie(client):
    card = PracticePage.objects.get(slug=CARD)
    answer = client.get(f"/integrer/{card.pk}/")
    html = answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "<script" not in html
    assert not answer.cookies
    assert card.summary.replace("'", "&#x27;") in html
    assert "frame-ancestors 'self'" in client.get(card.url)["Content-Security-Policy"]


def test_oembed_answers_for_what_any_visitor_reads(client):
    card = PracticePage.objects.get(slug=CARD)
    told = client.get("/oembed", {"url": settings.SITE_URL + card.url, "maxwidth": "300"}).json()
    assert (told["type"], told["title"], told["width"]) == ("rich", card.title, 300)
    assert f"/integrer/{card.pk}/" in told["html"]
    closed = PracticePage.objects.live().filter(visibility="membres").first()
    for address in (settings.SITE_URL + closed.url, "https://ailleurs.example/x/", "https://[", settings.SITE_URL):
        assert client.get("/oembed", {"url": address}).status_code == 404
    assert client.get("/oembed", {"url": settings.SITE_URL + card.url, "format": "xml"}).status_code == 501


def test_an_editor_makes_a_token_sees_it_once_and_withdraws_it(signed_in):
    browser = signed_in("edition")
    where = "/admin/ouvrir/"
    assert browser.post(where, {"name": ""}).status_code == 422
    made = browser.post(where, {"name": "Site du réseau"}, follow=True).content.decode()
    assert "pr_" in made
    page = browser.get(where).content.decode()
    assert "Site du réseau" in page
    assert "pr_" not in page
    assert signed_in("membre").get(where).status_code == 302
    key = ApiToken.objects.get(name="Site du réseau").pk
    signed_in("coordination").post(where, {"retirer": key})
    assert ApiToken.objects.filter(pk=key).exists()
    browser.post(where, {"retirer": key})
    assert not ApiToken.objects.filter(pk=key).exists()


def test_open_data_are_read_by_pages_of_other_sites(client):
    answer = client.get("/donnees-ouvertes/fiches.json")
    answer.getvalue()
    assert answer["Access-Control-Allow-Origin"] == "*"
