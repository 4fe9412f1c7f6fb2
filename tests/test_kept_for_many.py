"""A page made once for many: each of those who read it gets what they would if it were made for them alone."""

import re

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from kb_site.accounts.common_reader import CommonReader, Personal
from kb_site.accounts.models import User
from kb_site.accounts.principals import principals_of
from practices.models import PracticePage, PracticeSectionPage
from tests.keeping import keep_in_memory
from tests.queries import queries_of

CARD = "/pratiques/numerique-inclusif/abc-diag-les-bons-clics/"
TOPIC = "/groupes/cip-ile-de-france/sujets/1-nous-avons-remplace-la-visio-du-lundi-par-un-appel-a-trois/"
# Differ in every answer and mean nothing: the mask of a token, the key of a comment to be written, what allows a style.
DRAWN = re.compile(r'(name="(?:csrfmiddlewaretoken|submission_key)" value=")[^"]*')
# A page of each kind, the fullest cards, one for members, one that is not there.
KINDS = [
    "/", CARD, "/pratiques/numerique-inclusif/choisir-audio-messagerie-visio/",
    "/pratiques/entreprises-parcours/codeveloppement-encadrants/", "/pratiques/chantiers-idf/cafe-visio-du-jeudi/",
    "/outils/zoom/", "/ressources/cnil/", "/ressources/sans-wifi-sans-forfait/", "/charte/", "/pratiques/rien/du-tout/",
]  # fmt: skip


def answer(browser, address):
    response = browser.get(address)
    told = {name: value for name, value in response.items() if name not in {"ETag", "Content-Length"}}
    return response.status_code, told, DRAWN.sub(r"\1", response.content.decode())


@pytest.fixture
def ten_people(committed_site, signed_in):
    """Ten people of different rights, on a site where one section is for a group alone, and another for those signed in."""
    people = [person for person in User.objects.order_by("pk") if person.email.endswith("@example.org")]
    assert len({principals_of(person) for person in people}) >= 8  # noqa: PLR2004
    group = Group.objects.create(name="Lecture réservée")
    people[2].groups.add(group)
    closed, for_accounts = PracticeSectionPage.objects.live().order_by("slug")[:2]
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(group)
    PageViewRestriction.objects.create(page=for_accounts, restriction_type=PageViewRestriction.LOGIN)
    names = [person.email.partition("@")[0] for person in people]
    chosen = [None, *dict.fromkeys([names[2], "membre", "attente", "partenaire", "karim", *names])][:10]
    return {name: signed_in(name) for name in chosen}


def test_ten_people_read_each_kind_of_page_as_if_it_were_made_for_each(ten_people, settings):
    addresses = [*KINDS, *(page.get_url() for page in PracticePage.objects.live().order_by("pk")[:6])]
    alone = {}
    for address in addresses:
        for name, browser in ten_people.items():
            alone[address, name] = answer(browser, address)
    keep_in_memory(settings)
    wrong = []
    for _again in range(2):  # made for the first who comes, given to the others; then kept for all
        for address in addresses:
            for name, browser in ten_people.items():
                if answer(browser, address) != alone[address, name]:
                    wrong.append((address, name))
    assert wrong == []
    assert {status for status, _headers, _page in alone.values()} >= {200, 302, 403, 404}


def test_a_page_kept_for_members_shows_what_changed_to_each_at_once(committed_site, signed_in, account, settings):
    keep_in_memory(settings)
    browsers = [signed_in("membre"), signed_in("karim")]
    for browser in browsers:
        assert "Gardé : retirer" not in browser.get(CARD).content.decode()
    card = PracticePage.objects.get(slug="abc-diag-les-bons-clics")
    browsers[0].post(re.search(r'action="(/ma-poche/[^"]+)"', browsers[0].get(CARD).content.decode())[1])
    Page.objects.filter(pk=card.pk).update(title="Un autre titre")
    pages = [browser.get(CARD).content.decode() for browser in browsers]
    assert all("Un autre titre" in page for page in pages)
    assert ["Gardé : retirer" in page for page in pages] == [True, False]
    PracticePage.objects.filter(pk=card.pk).update(live=False)
    assert {browser.get(CARD).status_code for browser in browsers} <= {404, 410}


def test_who_is_common_answers_no_question_about_a_person():
    reader = CommonReader(is_approved=True, principals=frozenset(["public"]), restrictions=[])
    assert isinstance(reader, User)
    for ask in (lambda: reader.pk, lambda: getattr(reader, "unread", 0), lambda: hasattr(reader, "followed")):
        with pytest.raises(Personal):
            ask()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "most"),
    [(CARD, 3), ("/", 4), ("/outils/zoom/", 3), ("/ressources/cnil/", 2), ("/charte/", 2), (TOPIC, 6)],
)
def test_a_page_kept_for_members_asks_the_database_for_what_is_theirs_alone(signed_in, settings, address, most):
    keep_in_memory(settings)
    signed_in("karim").get(address)
    asked = queries_of(signed_in("membre"), address)
    assert len(asked) <= most, "\n".join(asked)
