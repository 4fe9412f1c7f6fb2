"""Roles that coordinators give, structures from a spreadsheet, people invited by list."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.accounts.groups import COORDINATION, editors_group_name
from kb_site.accounts.models import Invitation, Network, Structure, User
from kb_site.accounts.services.roles import MayNotGive, give_roles
from kb_site.accounts.services.structures import accept_invitation
from kb_site.accounts.siret import check_siret
from kb_site.journal.models import SensitiveAct
from practices.permissions import publishes_pages

pytestmark = pytest.mark.django_db

RIGHT, OTHER = "73282932000074", "55208131766522"


@pytest.fixture
def editors():
    return Group.objects.get(name=editors_group_name(Network.objects.get(slug="chantiers-idf")))


def save(browser, person, **changes):
    """Send the page of an account as it stands, with these changes."""
    sent = {"structure": person.structure_id or "", "is_active": "on"} | changes
    return browser.post(reverse("account_detail", args=[person.pk]), sent)


def test_a_coordinator_names_an_editor_who_is_told_what_opens(signed_in, account, editors):
    person = account("membre")
    save(signed_in("coordination"), person, roles=[editors.pk])
    assert publishes_pages(User.objects.get(pk=person.pk))
    assert [job.args["to"] for job in ProcrastinateJob.objects.filter(args__name="role_given")] == [person.pk]
    act = SensitiveAct.objects.get(kind="accounts.role_given")
    assert (act.about, act.thing) == (person, editors.name)


def test_a_role_is_taken_back_and_no_other_is_touched(signed_in, account, editors):
    person = account("edition")
    others = set(person.groups.exclude(pk=editors.pk).values_list("name", flat=True))
    save(signed_in("coordination"), person, roles=[])
    assert set(person.groups.values_list("name", flat=True)) == others
    assert SensitiveAct.objects.filter(kind="accounts.role_taken", about=person).exists()


@pytest.mark.parametrize("role", ["coordination", "attente"])
def test_nobody_changes_their_own_roles_and_who_waits_holds_none(account, editors, role):
    with pytest.raises(MayNotGive):
        give_roles(user=account(role), roles=[editors], by=account("coordination"))


def test_the_form_offers_only_the_roles_that_coordinators_give(signed_in, account):
    other = Group.objects.create(name="Autre chose")
    answer = save(signed_in("coordination"), account("membre"), roles=[other.pk])
    assert answer.status_code == 422
    assert not account("membre").groups.filter(pk=other.pk).exists()


def test_the_staff_of_a_network_is_approved_without_a_structure(signed_in, account):
    person = account("attente")
    signed_in("coordination").post(reverse("account_decide", args=[person.pk]), {"decision": "network"})
    person.refresh_from_db()
    assert (person.is_approved, person.structure) == (True, None)


@pytest.mark.parametrize("number", [RIGHT, OTHER, "35600000000048"])
def test_a_right_siret_is_taken(number):
    check_siret(number)


@pytest.mark.parametrize("number", ["73282932000075", "7328293200007", "7328293200007A", "", "١٢٣٤٥٦٧٨٩٠١٢٣٤"])
def test_a_wrong_siret_is_refused(number):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        check_siret(number)


def sheet(*rows, separator="\t"):
    return "\r\n".join(separator.join(row) for row in rows)


HEADINGS = ("Nom", "SIRET", "Département", "Type", "Réseau")


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_structures_are_pasted_from_a_spreadsheet_checked_then_stored(signed_in, separator):
    browser, address = signed_in("coordination"), reverse("structures_import")
    rows = sheet(
        HEADINGS,
        ("Le Chantier d’à côté", "732 829 320 00074", "93", "ACI", ""),
        ("Au fil", OTHER, "essonne", "aci", ""),
        separator=separator,
    )
    page = browser.post(address, {"rows": rows})
    assert "Enregistrer 2 structures" in page.content.decode()
    assert not Structure.objects.filter(siret=RIGHT).exists()
    browser.post(address, {"rows": rows, "store": "yes"})
    assert Structure.objects.get(siret=RIGHT).territory == "93"
    assert Structure.objects.get(siret=OTHER).territory == "91"
    page = browser.post(address, {"rows": rows}).content.decode()
    assert page.count("mise à jour") >= 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("73282932000075", "Faux", "ACI", "93", ""), "un chiffre faux"),
        (("", "Sans numéro", "ACI", "93", ""), "Le SIRET manque"),
        ((RIGHT, "Nulle part", "ACI", "999", ""), "Département inconnu"),
        ((RIGHT, "Type", "usine", "93", ""), "Type inconnu"),
        ((RIGHT, "Réseau", "ACI", "93", "Inconnu au bataillon"), "Réseau inconnu"),
    ],
)
def test_one_wrong_line_stores_nothing_and_says_which(signed_in, row, words):
    rows = sheet((OTHER, "Au fil", "ACI", "91", ""), row)
    answer = signed_in("coordination").post(reverse("structures_import"), {"rows": rows, "store": "yes"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Structure.objects.filter(siret=OTHER).exists()


def test_two_lines_of_one_name_in_one_departement_store_nothing(signed_in):
    rows = sheet((OTHER, "Au fil", "ACI", "91", ""), (RIGHT, "au fil", "ACI", "91", ""))
    answer = signed_in("coordination").post(reverse("structures_import"), {"rows": rows, "store": "yes"})
    assert "déjà à la ligne 1, dans ce département" in answer.content.decode()
    assert not Structure.objects.filter(siret=OTHER).exists()


def test_a_structure_never_takes_the_siret_of_another_that_has_its_name(signed_in):
    Structure.objects.create(name="Au fil", siae_type="ACI", territory="91", siret=OTHER)
    rows = sheet((RIGHT, "Au fil", "ACI", "91", ""))
    answer = signed_in("coordination").post(reverse("structures_import"), {"rows": rows, "store": "yes"})
    assert answer.status_code == 422
    assert Structure.objects.filter(siret=OTHER).exists()
    assert not Structure.objects.filter(siret=RIGHT).exists()


@pytest.mark.parametrize("rows", ['"' * 3, "a\rb\rc", '"ouvert\t\n' * 40, ";;;;"])
def test_what_is_no_table_is_refused_in_words(signed_in, rows):
    answer = signed_in("coordination").post(reverse("structures_import"), {"rows": rows, "store": "yes"})
    assert answer.status_code == 422


def test_people_are_invited_by_list_and_need_no_second_decision(signed_in, account):
    structure = Structure.objects.exclude(pk=account("coordination").structure_id).first()
    sent = {"emails": "sam@exemple.fr, ana@exemple.fr"}
    signed_in("coordination").post(reverse("structure_people", args=[structure.pk]), sent)
    assert set(Invitation.objects.filter(structure=structure).values_list("email", flat=True)) >= {
        "sam@exemple.fr",
        "ana@exemple.fr",
    }
    person = User.objects.create_user("sam@exemple.fr", first_name="Sam", last_name="Sow", role="cip")
    assert accept_invitation(user=person)
    person.refresh_from_db()
    assert (person.is_approved, person.structure) == (True, structure)


def test_an_invitation_of_who_coordinates_no_more_decides_nothing(signed_in, account):
    structure = Structure.objects.exclude(pk=account("coordination").structure_id).first()
    signed_in("coordination").post(reverse("structure_people", args=[structure.pk]), {"emails": "sam@exemple.fr"})
    account("coordination").groups.remove(Group.objects.get(name=COORDINATION))
    person = User.objects.create_user("sam@exemple.fr", first_name="Sam", last_name="Sow", role="cip")
    assert not accept_invitation(user=person)
