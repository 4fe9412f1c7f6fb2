"""Coordinators approve or refuse the accounts that wait."""

import pytest
from django.urls import reverse

from kb_site.accounts import groups
from kb_site.accounts.models import Structure, User
from kb_site.accounts.principals import PUBLIC, principals_of
from kb_site.accounts.services import approval

from .acting import browser_of, deliver

pytestmark = pytest.mark.django_db


def test_only_coordinators_see_the_accounts_that_wait(person, coordinator, browser):
    waiting = person(structure_declared="Le Potager")
    address = reverse("account_requests")
    decision = reverse("account_decide", args=[waiting.pk])
    assert browser.get(address).url == f"{reverse('account_login')}?next={address}"
    assert browser.post(decision, {"decision": "approve"}).url == f"{reverse('account_login')}?next={decision}"
    assert browser_of(coordinator).get(decision).url == address
    unapproved = person("ancien@exemple.fr", group=groups.COORDINATION, status=User.Status.REFUSED)
    for user in (waiting, unapproved, person("membre@exemple.fr", group=groups.MEMBERS, status="approved")):
        assert browser_of(user).get(address).status_code == 403
        assert browser_of(user).post(decision, {"decision": "refuse"}).status_code == 403
    assert "Le Potager" in browser_of(coordinator).get(address).content.decode()
    waiting.refresh_from_db()
    assert waiting.status == User.Status.PENDING


def test_a_coordinator_approves_with_a_structure_and_the_person_is_told(person, coordinator):
    user = person(role="cip", territory_declared="93")
    structure = Structure.objects.create(name="Le Potager", siae_type="ACI", territory="93")
    address = reverse("account_decide", args=[user.pk])
    form = {"decision": "approve", "structure": structure.pk}
    assert browser_of(coordinator).post(address, form).url == reverse("account_requests")
    user = User.objects.get(pk=user.pk)
    assert user.is_approved
    assert (user.structure, user.decided_by) == (structure, coordinator)
    assert [group.name for group in user.groups.all()] == [groups.MEMBERS]
    assert principals_of(user) > {PUBLIC}
    (message,) = deliver()
    assert (message.to, message.subject) == ([user.email], "Votre compte est validé")
    assert "Compte validé" in browser_of(user).get(reverse("account_profile")).content.decode()


def test_a_coordinator_creates_the_structure_that_was_declared(person, coordinator):
    declared = {"structure_declared": "Le Potager", "siae_type_declared": "ACI", "territory_declared": "93"}
    first, second = person(**declared), person("eva@exemple.fr", **declared | {"structure_declared": "le potager"})
    for user in (first, second):
        browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "create"})
        user.refresh_from_db()
    assert first.structure.name == "Le Potager"
    assert second.structure == first.structure, "the same name in the same département is the same structure"


def test_an_approval_without_structure_is_asked_again_beside_its_field(person, coordinator):
    user = person(role="cip")
    for decision in ("approve", "create"):
        response = browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": decision})
        assert response.status_code == 422
        assert 'id="id_structure_error"' in response.content.decode()
    response = browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {})
    assert response.status_code == 422
    user.refresh_from_db()
    assert user.status == User.Status.PENDING
    assert deliver() == []


def test_an_institution_is_approved_without_structure_in_its_own_group(person, coordinator):
    user = person(role="partenaire")
    browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "approve"})
    assert [group.name for group in user.groups.all()] == [groups.PARTNERS]


def test_a_refused_account_reads_what_is_public_and_is_told(person, coordinator):
    user = person()
    browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "refuse"})
    user = User.objects.get(pk=user.pk)
    assert user.status == User.Status.REFUSED
    assert principals_of(user) == {PUBLIC}
    assert [message.subject for message in deliver()] == ["Votre demande de compte"]
    assert "n’a pas été validé" in browser_of(user).get(reverse("account_profile")).content.decode()


def test_the_second_coordinator_learns_that_it_is_done(person, coordinator):
    user = person()
    approval.refuse_account(user=user, by=coordinator)
    page = browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "create"}, follow=True)
    assert "n’attend plus de décision" in page.content.decode()
    with pytest.raises(approval.AlreadyDecided):
        approval.approve_account(user=user, by=coordinator)
    assert len(deliver()) == 1


def test_the_list_costs_the_same_for_one_request_and_for_ten(person, coordinator, django_assert_max_num_queries):
    for number in range(10):
        person(f"p{number}@exemple.fr", territory_declared="93")
    browser = browser_of(coordinator)
    with django_assert_max_num_queries(7):
        browser.get(reverse("account_requests"))


def test_every_structure_is_at_hand_for_one_account(person, coordinator):
    user = person(territory_declared="93")
    Structure.objects.create(name="Au Loin", siae_type="EI", territory="29")
    browser = browser_of(coordinator)
    assert "Au Loin" not in browser.get(reverse("account_requests")).content.decode()
    assert "Au Loin" in browser.get(reverse("account_requests"), {"compte": user.pk}).content.decode()
    assert browser.get(reverse("account_requests"), {"compte": "9" * 18}).status_code == 404
    assert browser.get(reverse("account_requests"), {"compte": "²x"}).status_code == 200


# Profile
