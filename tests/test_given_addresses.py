"""An address that stood in a mail never opens something else than what it was given to."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import SlugField
from wagtail.models import Page

from exchange_groups.models import ExchangeGroup, SupportGroup
from kb_site.given_addresses.models import AddressTaken, LastingSlug
from kb_site.home.sample_content import load_sample_content
from practices.models import Condition, PracticePage, Theme
from search.models import Constraint
from tests.factories import (
    CardFactory,
    ConditionFactory,
    GroupFactory,
    MethodFactory,
    NetworkFactory,
    SupportGroupFactory,
    ThemeFactory,
    facilitator_of,
    topic_in,
)

pytestmark = pytest.mark.django_db


def with_a_slug_of_their_own():
    """Models whose slug stands in addresses: unique, so one alone has it at a time. Pages have a rule of their own."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.fields}
        if isinstance(fields.get("slug"), SlugField) and fields["slug"].unique:
            yield model


def renamed(thing, slug):
    thing.slug = slug
    thing.full_clean()
    thing.save()
    return thing


def test_every_slug_that_stands_in_addresses_is_given_once():
    found = {model for model in with_a_slug_of_their_own() if model._meta.app_label != "taggit"}
    assert {model for model in found if not issubclass(model, LastingSlug)} == set()
    kinds = [model.address_kind for model in found]
    assert len(kinds) == len(set(kinds)) > 6


@pytest.mark.parametrize(
    "factory", [GroupFactory, SupportGroupFactory, NetworkFactory, ThemeFactory, ConditionFactory, MethodFactory]
)
def test_the_former_address_of_a_group_is_given_to_no_other(factory):
    """Nor that of a theme, a condition, a network, a method: they stand in addresses of filters and of pages."""
    group, other = factory(), factory()
    former = group.slug
    renamed(group, f"{former}-bis")
    with pytest.raises(ValidationError) as refused:
        renamed(other, former)
    assert "slug" in refused.value.message_dict
    with pytest.raises(AddressTaken):
        factory(slug=former)
    assert renamed(group, former).slug == former, "its own, it may take again"


@pytest.mark.parametrize("factory", [GroupFactory, SupportGroupFactory, NetworkFactory, ThemeFactory])
def test_nor_that_of_a_group_that_was_deleted(factory):
    group = factory()
    former = group.slug
    group.delete()
    with pytest.raises(AddressTaken):
        factory(slug=former)


def test_the_admin_says_it_beside_the_field(signed_in):
    group, other = ExchangeGroup.objects.order_by("pk")[:2]
    former = group.slug
    renamed(group, "un-autre-nom")
    address = f"/admin/snippets/exchange_groups/exchangegroup/edit/{other.pk}/"
    browser = signed_in("admin")
    html = browser.post(address, {"slug": former, "name": other.name}).content.decode()
    assert "d’anciens liens y mènent" in html


def test_the_former_address_of_a_group_leads_to_the_same_page_for_those_who_may_know_of_it(signed_in, account):
    group = GroupFactory(access="invitation", confidentiality="entre_pairs")
    facilitator_of(group, account("karim"))
    topic = topic_in(group, account("karim"))
    pages = [group.get_absolute_url(), topic.get_absolute_url(), f"{group.get_absolute_url()}animer/"]
    renamed(group, "adresse-nouvelle")
    leader = signed_in("karim")
    for page in pages:
        assert leader.get(f"{page}?a=1", follow=True).request["PATH_INFO"] == page.replace(
            pages[0], "/groupes/adresse-nouvelle/"
        )
        for role in (None, "lucie", "partenaire"):
            assert "adresse-nouvelle" not in str(signed_in(role).get(page).headers), (page, role)
    typed = leader.post(f"{pages[0]}sujets/nouveau/", {"title": "Un titre"})
    assert (typed.status_code, typed["Location"]) == (307, "/groupes/adresse-nouvelle/sujets/nouveau/")


def test_the_former_address_of_a_support_group_leads_to_the_present_one(client):
    group = SupportGroup.objects.first()
    page = group.get_absolute_url()
    renamed(group, "appui-nouveau")
    assert client.get(page)["Location"] == group.get_absolute_url()
    assert client.get(page.replace("appui", "appuis", 1)).status_code == 404


def new_card(like: Page, slug: str) -> PracticePage:
    return CardFactory(parent=like.get_parent(), slug=slug)


def test_a_new_page_takes_no_address_that_another_left():
    card = CardFactory()
    former = card.slug
    renamed(card, "une-adresse-nouvelle")
    assert new_card(card, former).slug == f"{former}-2"
    gone = CardFactory(parent=card.get_parent(), slug="une-fiche-effacee")
    gone.delete()
    assert new_card(card, "une-fiche-effacee").slug == "une-fiche-effacee-2"


def test_a_page_that_is_there_is_told_that_its_new_address_is_taken():
    card = CardFactory()
    former = card.slug
    renamed(card, "une-adresse-nouvelle")
    with pytest.raises(ValidationError) as refused:
        renamed(new_card(card, "autre-chose"), former)
    assert "d’anciens liens y mènent" in str(refused.value)
    assert renamed(card, former).slug == former


def test_the_pages_of_a_section_that_changes_its_address_keep_theirs(django_capture_on_commit_callbacks):
    card = CardFactory()
    section, former = card.get_parent().specific, card.url_path
    section.slug = "section-renommee"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert PracticePage.objects.get(pk=card.pk).url_path != former
    PracticePage.objects.get(pk=card.pk).delete()
    assert CardFactory(parent=Page.objects.get(pk=section.pk).specific, slug=card.slug).slug == f"{card.slug}-2"


def test_pages_moved_together_take_no_address_where_another_was(signed_in):
    card, other = CardFactory(), CardFactory()
    former, home = card.url_path, Page.objects.get(pk=card.get_parent().pk)
    renamed(card, "une-adresse-nouvelle")
    Page.objects.filter(pk=other.pk).update(slug=former.rstrip("/").rpartition("/")[2])
    address, browser = f"/admin/bulk/wagtailcore/page/move/?id={other.pk}&next=/admin/", signed_in("admin")
    told = browser.post(address, {"chooser": home.pk}, follow=True).content.decode()
    other.refresh_from_db()
    assert "d’anciens liens y mènent" in told
    assert not other.is_child_of(home)
    free = CardFactory()
    browser.post(address.replace(f"id={other.pk}", f"id={free.pk}"), {"chooser": home.pk})
    free.refresh_from_db()
    assert free.is_child_of(home)


def test_what_was_renamed_or_deleted_does_not_come_back_with_the_sample_content():
    renamed(Theme.objects.first(), "un-autre-mot")
    Constraint.objects.first().delete()
    before = [model.objects.count() for model in (Theme, Condition, Constraint, ExchangeGroup)]
    load_sample_content()
    assert [model.objects.count() for model in (Theme, Condition, Constraint, ExchangeGroup)] == before
