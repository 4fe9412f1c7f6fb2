"""A member asks for a group; the coordination creates it, or says why not."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from exchange_groups.choices import GroupState, MemberRole
from exchange_groups.models import AskedGroup, ExchangeGroup, Membership
from kb_site.accounts.models import Network

pytestmark = pytest.mark.django_db

ASK = "/groupes/demander/"
ASKED = {
    "name": "Mobilité en zone rurale",
    "summary": "Aller au travail sans voiture.",
    "purpose": "Partager ce qui marche : covoiturage, scooters prêtés.",
    "confidentiality": "membres",
}


@pytest.fixture
def queued(db):
    """Return whom the mails of this name are for."""
    return lambda name: [job.args["to"] for job in ProcrastinateJob.objects.filter(args__name=name)]


@pytest.fixture
def asked(signed_in):
    assert signed_in("membre").post(ASK, ASKED).status_code == 303
    return AskedGroup.objects.get()


@pytest.fixture
def create(signed_in, asked):
    def post(**changes):
        page = signed_in("coordination").get(reverse("asked_group", args=[asked.pk])).context["form"]
        fields = {bound.html_name: bound.value() or "" for bound in page} | {
            "groupe-network": Network.objects.first().pk,
            "verdict": "creer",
        }
        return signed_in("coordination").post(
            reverse("asked_group", args=[asked.pk]),
            fields | {f"groupe-{name}": value for name, value in changes.items()},
        )

    return post


def test_the_group_is_created_in_preparation_led_by_who_asked_under_a_charter(
    signed_in, account, asked, create, queued
):
    assert "Mobilité en zone rurale" in signed_in("coordination").get("/").content.decode()
    answer = create()
    group = ExchangeGroup.objects.get(name="Mobilité en zone rurale")
    assert (answer.status_code, answer["Location"]) == (303, "/groupes/mobilite-en-zone-rurale/")
    assert group.state == GroupState.PREPARING
    assert list(Membership.objects.filter(group=group).values_list("user__email", "role")) == [
        ("membre@example.org", MemberRole.FACILITATOR)
    ]
    assert "Jamais le nom d’une personne accompagnée" in group.charter.text
    assert signed_in("membre").get(f"{group.get_absolute_url()}animer/").status_code == 200
    assert signed_in("karim").get(group.get_absolute_url()).status_code == 404
    assert account("coordination").pk in queued("group_asked")
    assert queued("group_asked_decided") == [account("membre").pk]
    assert "attend une réponse" not in signed_in("membre").get(ASK).content.decode()
    assert signed_in("coordination").post(reverse("asked_group", args=[asked.pk]), {"verdict": "refuser", "reason": "Non."}).status_code == 200  # fmt: skip
    asked.refresh_from_db()
    assert asked.reason == ""


def test_an_address_that_served_or_that_is_a_page_is_not_given(create, signed_in):
    create(name="Demandes")
    assert ExchangeGroup.objects.get(name="Demandes").slug == "groupe-demandes"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Encadrants techniques"}, "Un groupe porte déjà ce nom."),
        ({"charter": ""}, "Un groupe a une charte."),
        ({"network": ""}, "Choisissez le réseau"),
        ({"confidentiality": "entre_pairs", "admits_institutions": "on"}, "n’admet pas d’institution"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(create, changes, told):
    answer = create(summary="Une phrase changée", **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "Une phrase changée" in page
    assert not ExchangeGroup.objects.filter(summary="Une phrase changée").exists()


def test_a_refusal_says_why_and_its_author_reads_it(signed_in, asked, account, queued):
    door = reverse("asked_group", args=[asked.pk])
    assert signed_in("coordination").post(door, {"verdict": "refuser", "reason": ""}).status_code == 422
    told = "Le groupe « Encadrants techniques » en parle déjà."
    assert signed_in("coordination").post(door, {"verdict": "refuser", "reason": told}).status_code == 303
    assert told in signed_in("membre").get(ASK).content.decode()
    assert queued("group_asked_decided") == [account("membre").pk]


def test_only_the_coordination_decides(signed_in, asked):
    door = reverse("asked_group", args=[asked.pk])
    assert {name: signed_in(name).get(door).status_code for name in ("membre", "animation", "edition", "partenaire")} == {
        "membre": 403, "animation": 403, "edition": 403, "partenaire": 403,
    }  # fmt: skip


def test_a_name_of_somebody_accompanied_is_pointed_at_and_a_fourth_request_waits(signed_in):
    named = ASKED | {"purpose": "Pour aider Mme Martin, 06 12 34 56 78, à venir."}
    assert signed_in("membre").post(ASK, named).status_code == 422
    for number in range(3):
        signed_in("membre").post(ASK, ASKED | {"name": f"Groupe {number}"})
    page = signed_in("membre").post(ASK, ASKED)
    assert page.status_code == 422
    assert "laissez d’abord la coordination répondre" in page.content.decode()
