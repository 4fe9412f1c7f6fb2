"""A page read again that has not changed costs some hundreds of bytes; what is confidential is kept by no browser."""

import re

import pytest
from django.conf import settings

from practices.models import PracticePage
from practices.models.visibility import VisiblePage

pytestmark = pytest.mark.django_db

CARD = "/pratiques/entreprises-parcours/lean-coffee-cip-60-minutes/"
PUBLIC = ["/", "/pratiques/", CARD, "/outils/zoom/", "/ressources/cnil/", "/groupes/", "/seances/", "/charte/"]
OF_MEMBERS = ["/ressources/cnil/", "/ressources/annoncer-la-data/", "/charte/"]


def read(browser, address, **held):
    return browser.get(address, headers={"Accept-Encoding": "gzip"} | held)


def weight(answer) -> int:
    return len(answer.content) + sum(len(f"{name}: {value}\r\n") for name, value in answer.items())


@pytest.mark.parametrize("address", PUBLIC)
def test_a_visitor_gets_an_unchanged_page_as_a_few_bytes(client, address):
    first = read(client, address)
    again = read(client, address, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert weight(again) <= 500


def test_a_changed_page_is_sent_again(client):
    tag = read(client, CARD)["ETag"]
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    card.summary = "Une autre phrase."
    card.save()
    again = read(client, CARD, **{"If-None-Match": tag})
    assert again.status_code == 200
    assert again["ETag"] != tag


@pytest.mark.parametrize("address", OF_MEMBERS)
def test_a_member_keeps_a_public_page_that_says_nothing_of_them(signed_in, address):
    browser = signed_in("membre")
    first = read(browser, address)
    assert first["Cache-Control"] == "private, no-cache"
    again = read(browser, address, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert weight(again) <= 500
    # Another person on the same browser, or the same one after another sign-in, is answered anew.
    assert read(signed_in("karim"), address, **{"If-None-Match": first["ETag"]}).status_code == 200
    assert read(signed_in("membre"), address, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_what_a_page_type_calls_the_same_for_members_is(signed_in):
    """But for the header and the forms, which tell who is signed in."""
    main = re.compile(r"<main.*</main>", re.DOTALL)
    forms = re.compile(
        r"<form method=\"post\".*?</form>|<a class=\"button button--quiet\"[^>]*connexion.*?</a>", re.DOTALL
    )
    for model in (kind for kind in VisiblePage.__subclasses__() if kind.same_for_members):
        for page in model.objects.live()[:6]:
            shown = [
                forms.sub("", main.search(signed_in(role).get(page.get_url()).content.decode())[0])
                for role in (None, "membre")
            ]
            assert shown[0] == shown[1], page.slug


@pytest.mark.parametrize(
    "address",
    ["/", CARD, "/outils/zoom/", "/ressources/sans-wifi-sans-forfait/", "/pratiques/", "/recherche/?q=visio", "/groupes/cip-ile-de-france/", "/compte/", "/seances/",
     "/pratiques/entreprises-parcours/codeveloppement-encadrants/"],
)  # fmt: skip
def test_what_may_hold_something_confidential_is_kept_by_no_browser(signed_in, address):
    answer = read(signed_in("membre"), address)
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_form_of_a_page_kept_by_the_browser_still_serves(signed_in):
    """The page unchanged for this session holds a token of this session: its secret is in the validator."""
    browser = signed_in("membre")
    browser.get("/compte/")
    first = read(browser, "/charte/")
    browser.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    assert read(browser, "/charte/", **{"If-None-Match": first["ETag"]}).status_code == 200
