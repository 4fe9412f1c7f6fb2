"""A group's own diagnostic: its facilitator opens it, its members run it, nobody else knows of it."""

import pytest

from exchange_groups.models import Membership
from exchange_groups.services import memberships
from practices.diagnostic.models import DiagnosticCampaign

ADDRESS = "/groupes/cip-ile-de-france/animer/diagnostic/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(signed_in, cip):
    answer = signed_in("animation").post(ADDRESS, {"place": "Parcours en Île-de-France", "self_service": "on"})
    assert answer.status_code == 303
    return DiagnosticCampaign.objects.get(place="Parcours en Île-de-France")


def test_a_facilitator_opens_one_for_the_group_and_finds_it_again(signed_in, campaign):
    assert campaign.structure is None
    assert campaign.self_service
    assert "Parcours en Île-de-France" in signed_in("animation").get(ADDRESS).content.decode()


def test_every_member_runs_it_and_nobody_else_knows_of_it(signed_in, campaign):
    address = f"/diagnostic/{campaign.pk}/"
    assert signed_in("membre").get(address).status_code == 200
    assert campaign.place in signed_in("membre").get("/diagnostic/").content.decode()
    for outsider in ("partenaire", "coordination"):
        assert signed_in(outsider).get(address).status_code == 404
        assert campaign.place not in signed_in(outsider).get("/diagnostic/").content.decode()


def test_the_name_of_a_person_opens_nothing(signed_in, cip):
    answer = signed_in("animation").post(ADDRESS, {"place": "Mme Dupont"})
    assert answer.status_code == 422
    assert "pas celui d’une personne" in answer.content.decode()


def test_who_opened_one_and_left_the_group_reads_it_no_more(signed_in, account, campaign, cip):
    memberships.change_role(
        membership=Membership.objects.get(group=cip, user=account("karim")), role="facilitator", by=account("animation")
    )
    memberships.leave(group=cip, user=account("animation"))
    for rest in ("", "resultat/", "entretien/", "saisie/", "papier/", "equipe/"):
        assert signed_in("animation").get(f"/diagnostic/{campaign.pk}/{rest}").status_code == 404
    for rest in ("compter/", "clore/", "effacer/"):
        assert signed_in("animation").post(f"/diagnostic/{campaign.pk}/{rest}").status_code == 404
    assert campaign.place not in signed_in("animation").get("/diagnostic/").content.decode()
    for name in ("membre", "karim"):
        assert signed_in(name).get(f"/diagnostic/{campaign.pk}/").status_code == 200
