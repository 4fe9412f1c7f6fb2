"""Who reads a page: one rule, told four ways (a query, a page, its principals, its address) that never disagree."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from kb_site.accounts.principals import MEMBERS, PUBLIC, group_principal, principals_of
from kb_site.http import KEPT_BY_READER
from practices.models import PracticePage, ResourcePage, ToolPage
from tests.factories import CardFactory, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="un mot")  # noqa: S106
    restriction.groups.set(groups)


@pytest.fixture
def readers():
    """Everybody (visitor, pending), members, and the members of a group of accounts."""
    group = Group.objects.create(name="Comité d’essai")
    inside = UserFactory()
    inside.groups.add(group)
    pending = UserFactory(status="pending")
    return {"visitor": AnonymousUser(), "pending": pending, "member": UserFactory(), "inside": inside}, group


ALL, MEMBER, INSIDE, NOBODY = {"visitor", "pending", "member", "inside"}, {"member", "inside"}, {"inside"}, set()
Kind = PageViewRestriction


def pages(group):
    """Yield a page, who reads it, and under which principals it is indexed."""
    held, login, groups, password = group_principal(group.pk), Kind.LOGIN, Kind.GROUPS, Kind.PASSWORD
    sections = {kind: SectionFactory() for kind in (None, login, groups, password)}
    restrict(sections[login], login)
    restrict(sections[groups], groups, group)
    restrict(sections[password], password)
    for visibility, section, own, who, principals in (
        ("public", None, None, ALL, {PUBLIC}),
        ("membres", None, None, MEMBER, {MEMBERS}),
        ("public", login, None, MEMBER, {MEMBERS}),
        ("membres", login, None, MEMBER, {MEMBERS}),
        ("public", groups, None, INSIDE, {held}),
        ("membres", groups, None, INSIDE, {held}),
        ("public", login, groups, INSIDE, {held}),
        ("public", groups, login, INSIDE, {held}),
        ("public", password, None, NOBODY, set()),
        ("public", groups, password, NOBODY, set()),
    ):
        card = CardFactory(parent=sections[section], visibility=visibility)
        if own:
            restrict(card, own, *([group] if own == groups else []))
        yield card, who, principals


def served(page, reader):
    request = RequestFactory().get(page.url)
    request.user = reader
    try:
        return page.serve(request).status_code
    except PermissionDenied:
        return 403


def test_every_way_to_ask_gives_the_same_answer(readers):
    people, group = readers
    told = list(pages(group))
    wrong = []
    for made, who, principals in told:
        card = PracticePage.objects.get(pk=made.pk)
        if card.principals != principals:
            wrong.append((card.visibility, card.principals, principals))
        if card.is_visible_to_all(AnonymousUser()) is not (who == ALL):
            wrong.append((card.visibility, "to all"))
        for name, person in people.items():
            fresh = type(person).objects.get(pk=person.pk) if person.pk else AnonymousUser()
            answers = [
                PracticePage.objects.visible_to(fresh).filter(pk=card.pk).exists(),
                card.is_visible_to(fresh),
                card.is_open_to(fresh),
                bool(card.principals & principals_of(fresh)),
            ]
            if answers != [name in who] * 4:
                wrong.append((name, card.visibility, sorted(who), answers))
    assert wrong == []


def test_what_is_not_online_is_read_by_nobody(readers):
    people, _group = readers
    card = CardFactory()
    card.unpublish()
    card.refresh_from_db()
    assert not card.is_visible_to_all(AnonymousUser())
    for person in people.values():
        assert not card.is_visible_to(person)
        assert not PracticePage.objects.visible_to(person).filter(pk=card.pk).exists()
        assert card.is_open_to(person)


def test_its_address_serves_it_asks_to_sign_in_or_refuses(readers):
    people, _group = readers
    card = CardFactory(visibility="membres")
    assert {name: served(card, person) for name, person in people.items()} == {
        "visitor": 302, "pending": 403, "member": 200, "inside": 200,
    }  # fmt: skip


def test_a_reader_may_keep_what_shows_them_nothing_of_their_own(readers):
    people, _group = readers

    def kept(page, person):
        request = RequestFactory().get(page.url)
        request.user = person
        return page.serve(request).get("Cache-Control", "")

    resource = ResourcePage.objects.live().visible_to(AnonymousUser()).first()
    tool = ToolPage.objects.live().first()
    assert [kept(resource, people[name]) for name in ("visitor", "member")] == ["", KEPT_BY_READER]
    assert KEPT_BY_READER not in kept(tool, people["member"])
    restrict(resource, Kind.LOGIN)
    fresh = type(people["member"]).objects.get(pk=people["member"].pk)
    assert KEPT_BY_READER not in kept(resource, fresh)


def test_a_page_is_found_by_its_own_address_alone():
    card, other = CardFactory(), CardFactory()
    section = card.get_parent().slug
    found = PracticePage.objects.at_address(section, card.slug)
    assert [page.pk for page in found] == [card.pk]
    assert not PracticePage.objects.at_address(section, other.slug + "x").exists()
    assert not PracticePage.objects.at_address("ailleurs", card.slug).exists()


def test_editors_of_others_read_the_published_title_not_the_draft():
    card = CardFactory()
    published = card.title
    card.draft_title = "Un titre en cours"
    assert card.get_admin_display_title() == published
    card.live = False
    assert card.get_admin_display_title() == "Un titre en cours"
