"""The bar of those who hold a role, wherever they stand; where each role lands after signing in."""

import re

import pytest
from django.urls import reverse

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.models import Session
from kb_site.role_bar import landing_of
from practices.models import Condition, PracticePage, Theme
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
CIP = "cip-ile-de-france"


def bar(browser, address):
    """Return words → address of the links of the bar; None where there is no bar."""
    html = browser.get(address).content.decode()
    found = re.search(r'<nav class="role-bar".*?</nav>', html, re.DOTALL)
    return found and {
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words)).strip(): href
        for href, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', found[0], re.DOTALL)
    }


@pytest.mark.parametrize("role", [None, "attente", "membre", "partenaire"])
def test_who_holds_no_role_has_no_bar_nor_its_stylesheet(signed_in, role):
    for address in ("/", CARD, "/outils/zoom/", f"/groupes/{CIP}/"):
        assert "role" + "-bar" not in signed_in(role).get(address).content.decode()
        assert "role_bar" not in signed_in(role).get(address).content.decode()


def test_an_editor_changes_confirms_and_reviews_from_the_card_itself(signed_in):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    found = bar(signed_in("edition"), CARD)
    assert found["Modifier"] == reverse("wagtailadmin_pages:edit", args=[card.pk])
    assert found["Toujours vrai"] == reverse("page_still_true", args=[card.pk])
    assert "Tableau de bord" in found
    assert any(words.startswith("À relire") for words in found)


def test_the_editor_of_another_network_reads_the_card_without_the_way_to_change_it(signed_in):
    found = bar(signed_in("edition-numerique"), CARD)
    assert "Modifier" not in found
    assert "Toujours vrai" not in found
    assert "Tableau de bord" in found


@pytest.mark.parametrize("address", ["/outils/zoom/", "/ressources/", "/"])
def test_tools_and_resources_are_changed_by_any_editor_and_the_first_page_is_not(signed_in, address):
    assert ("Modifier" in bar(signed_in("edition"), address)) is (address != "/")


@pytest.mark.parametrize(
    ("parameter", "model", "words"),
    [("theme", Theme, "Modifier le thème"), ("manque", Condition, "Modifier la condition")],
)
def test_the_theme_or_the_condition_that_a_search_is_narrowed_to_is_changed_from_there(
    signed_in, parameter, model, words
):
    one = model.objects.first()
    found = bar(signed_in("edition"), f"/recherche/?{parameter}={one.slug}")
    assert f"/{one.pk}/" in found[words]


def test_a_facilitator_leads_the_group_and_the_session_shown(signed_in, account):
    leads = account("animation").group_memberships.facilitators().values_list("group__slug", flat=True)
    group = ExchangeGroup.objects.get(slug=sorted(leads)[0])
    browser = signed_in("animation")
    assert bar(browser, f"/groupes/{group.slug}/")["Animer"] == reverse("group_manage", args=[group.slug])
    session = Session.objects.filter(group=group).exclude(state="draft").first()
    assert bar(browser, session.get_absolute_url())["Modifier la séance"] == reverse(
        "session_edit", args=[session.pk, session.slug]
    )
    assert "Animer" in bar(browser, CARD)


def test_a_coordinator_finds_the_accounts_from_anywhere(signed_in):
    assert bar(signed_in("coordination"), "/seances/")["Coordination"] == reverse("account_list")
    assert "Coordination" not in bar(signed_in("edition"), "/seances/")


@pytest.mark.parametrize(
    ("role", "address"),
    [("edition", "/admin/tableau-de-bord/"), ("coordination", ""), ("animation", ""), ("membre", ""), ("attente", "")],
)
def test_each_role_lands_on_its_desk(account, role, address):
    assert landing_of(account(role)) == address


def test_the_bar_costs_an_editor_one_query_and_a_member_none(signed_in):
    assert sum("wagtailcore_workflowstate" in sql for sql in queries_of(signed_in("edition"), CARD)) == 1
    assert not [sql for sql in queries_of(signed_in("membre"), CARD) if "wagtailcore_workflowstate" in sql]
