"""A structure's referent invites colleagues and removes those who leave; coordinators decide in batches and find accounts."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kb_site.accounts import groups
from kb_site.accounts.models import Invitation, Structure, User
from kb_site.accounts.principals import PUBLIC, principals_of
from kb_site.accounts.services import structures
from kb_site.accounts.services.approval import approve_account, approve_batch, declare_structure
from tests.conftest import sign_in
from tests.factories import GroupFactory, StructureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit_left():
    cache.clear()


@pytest.fixture
def structure():
    return StructureFactory(name="Les Halles")


@pytest.fixture
def referent(member, structure):
    return member("referente@exemple.fr", structure=structure, is_referent=True, first_name="Rose", last_name="Démo")


def browser_of(user):
    client = Client()
    sign_in(client, user)
    return client


def confirm(user):
    verified = {"verified": True, "primary": True}
    address, _created = EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=verified)
    email_confirmed.send(sender=EmailAddress, request=None, email_address=address)
    user.refresh_from_db()


def newcomer(email, **fields):
    return User.objects.create_user(email, first_name="Nadia", last_name="Benali", **({"role": "cip"} | fields))


# Invitations


def test_an_invited_colleague_signs_up_and_needs_no_coordinator(referent, structure, sent):
    browser_of(referent).post("/compte/structure/inviter/", {"emails": "Nadia@exemple.fr; nadia@exemple.fr"})
    (message,) = sent()
    assert message.to == ["nadia@exemple.fr"]
    assert "Rose Démo, de Les Halles" in message.body
    address = re.search(r"/compte/invitation/\S+", message.body)[0]
    visitor = Client()
    assert "Rejoindre Les Halles" in visitor.get(address).content.decode()
    page = visitor.post(address, follow=True).content.decode()
    assert 'value="nadia@exemple.fr"' in page
    assert "structure_declared" not in page, "the structure is known already"
    answers = {"email": "nadia@exemple.fr", "first_name": "Nadia", "last_name": "Benali", "role": "cip"}
    assert visitor.post("/compte/inscription/", answers).status_code == 302
    user = User.objects.get(email="nadia@exemple.fr")
    assert not user.is_approved, "the address is not confirmed yet"
    confirm(user)
    assert (user.is_approved, user.structure, user.decided_by) == (True, structure, referent)
    assert Invitation.objects.get().account == user
    assert visitor.get(address).status_code == 404, "an invitation serves once"


def test_an_institution_invited_still_waits_for_a_coordinator(referent):
    structures.invite(by=referent, emails=["agent@exemple.fr"])
    user = newcomer("agent@exemple.fr", role="partenaire")
    confirm(user)
    assert user.status == User.Status.PENDING


def test_a_colleague_of_an_institution_waits_for_a_coordinator_whatever_job_they_say(member, structure):
    """Rights of peers are not taken by inviting one another: what a partner says of a colleague is not what a peer says."""
    referent = member(
        "etat@exemple.fr", structure=structure, is_referent=True, role="partenaire", group=groups.PARTNERS
    )
    structures.invite(by=referent, emails=["agent@exemple.fr"])
    agent = newcomer("agent@exemple.fr")
    confirm(agent)
    assert agent.status == User.Status.PENDING


def test_nor_does_a_partner_become_a_peer_by_leaving_and_coming_back(member, structure, referent, account, signed_in):
    partner = member("agent@exemple.fr", structure=structure, role="partenaire", group=groups.PARTNERS)
    structures.remove_leaver(by=referent, user=partner)
    browser_of(partner).post("/compte/", {"first_name": "Nadia", "last_name": "Benali", "role": "cip"})
    structures.invite(by=referent, emails=["agent@exemple.fr"])
    confirm(partner)
    assert partner.role == "cip"
    assert not partner.is_approved
    declare_structure(
        user=partner,
        structure_declared=structure.name,
        siae_type_declared="ACI",
        territory_declared=structure.territory,
    )
    requests = signed_in("coordination").get("/compte/demandes/").content.decode()
    assert "avait un compte d’institution" in requests
    approve_account(user=User.objects.get(pk=partner.pk), by=account("coordination"), structure=structure)
    partner.refresh_from_db()
    assert partner.is_approved
    assert not partner.comes_from_institution, "a coordinator says so"


def test_an_expired_invitation_opens_nothing(referent):
    (invitation,) = structures.invite(by=referent, emails=["nadia@exemple.fr"])
    Invitation.objects.update(created_at=timezone.now() - datetime.timedelta(days=31))
    user = newcomer("nadia@exemple.fr")
    confirm(user)
    assert user.status == User.Status.PENDING
    assert structures.invite(by=referent, emails=["nadia@exemple.fr"])[0].pk != invitation.pk, "it may be sent again"


def test_an_invitation_from_someone_who_is_no_longer_referent_opens_nothing(referent):
    structures.invite(by=referent, emails=["nadia@exemple.fr"])
    User.objects.filter(pk=referent.pk).update(is_referent=False)
    user = newcomer("nadia@exemple.fr")
    confirm(user)
    assert user.status == User.Status.PENDING


def test_an_address_already_invited_is_not_written_to_again(referent, sent):
    for _time in range(2):
        structures.invite(by=referent, emails=["nadia@exemple.fr", referent.email])
    assert [message.to for message in sent()] == [["nadia@exemple.fr"]]


def test_a_withdrawn_invitation_is_not_sent(referent, sent):
    (invitation,) = structures.invite(by=referent, emails=["nadia@exemple.fr"])
    browser_of(referent).post(f"/compte/structure/invitations/{invitation.pk}/retirer/")
    assert sent() == []


def test_a_wrong_address_is_said_and_nothing_is_lost(referent):
    page = browser_of(referent).post("/compte/structure/inviter/", {"emails": "nadia@exemple.fr\n<b>pas une adresse"})
    assert page.status_code == 422
    assert "&lt;b&gt;pas" in page.content.decode()
    assert not Invitation.objects.exists()


def test_no_more_than_forty_invitations_wait(referent):
    addresses = "\n".join(f"a{number}@exemple.fr" for number in range(41))
    assert browser_of(referent).post("/compte/structure/inviter/", {"emails": addresses}).status_code == 422


def test_the_invitation_of_another_address_is_not_for_me(referent, member, sent):
    structures.invite(by=referent, emails=["nadia@exemple.fr"])
    (message,) = sent()
    address = re.search(r"/compte/invitation/\S+", message.body)[0]
    other = member("autre@exemple.fr")
    assert "pour une autre adresse" in browser_of(other).post(address).content.decode()
    other.refresh_from_db()
    assert other.structure is None


# Leavers


def test_a_referent_removes_a_leaver_who_keeps_words_but_no_rights(referent, member, structure, sent):
    leaver = member("parti@exemple.fr", structure=structure, first_name="Paul")
    browser = browser_of(referent)
    assert "Paul Diop" in browser.get("/compte/structure/").content.decode()
    address = f"/compte/structure/collegues/{leaver.pk}/retirer/"
    assert browser.get(address).status_code == 200
    assert browser.post(address).status_code == 302
    assert browser.post(address).status_code == 404, "twice is harmless"
    leaver = User.objects.get(pk=leaver.pk)
    assert (leaver.structure, leaver.status, leaver.is_approved) == (None, User.Status.DETACHED, False)
    assert principals_of(leaver) == {PUBLIC}
    assert [message.to for message in sent()] == [["parti@exemple.fr"]]
    page = browser_of(leaver)
    assert "n’est plus rattaché" in page.get("/compte/").content.decode()
    fields = {"structure_declared": "Ailleurs", "siae_type_declared": "EI", "territory_declared": "75"}
    assert page.post("/compte/structure/declarer/", fields).status_code == 302
    assert leaver in User.objects.pending()


@pytest.mark.parametrize("who", ["self", "elsewhere", "coordinator"])
def test_a_referent_removes_nobody_else(referent, member, account, structure, who):
    person = {"self": lambda: referent, "elsewhere": lambda: member("autre@exemple.fr")}.get(who)
    if person is None:
        User.objects.filter(email="coordination@example.org").update(structure=structure)
        target = account("coordination")
    else:
        target = person()
    assert browser_of(referent).post(f"/compte/structure/collegues/{target.pk}/retirer/").status_code == 404
    with pytest.raises(structures.MayNotRemove):
        structures.remove_leaver(by=referent, user=target)


@pytest.mark.parametrize("given", ["edition", "animation", "group", "referent"])
def test_what_the_network_gave_is_not_taken_by_the_structure(referent, member, account, structure, sent, given):
    """A referent ends the link to the structure, and nothing else: the editor still edits, the facilitator leads."""
    from exchange_groups.models import Membership

    person = member("role@exemple.fr", structure=structure)
    group = GroupFactory()
    if given == "edition":
        person.groups.add(*account("edition").groups.all())
    elif given == "animation":
        person.groups.add(Group.objects.get_or_create(name=groups.FACILITATORS)[0])
    elif given == "group":
        Membership.objects.create(group=group, user=person, role="facilitator")
    else:
        User.objects.filter(pk=person.pk).update(is_referent=True)
    before = set(person.groups.values_list("name", flat=True))
    address = f"/compte/structure/collegues/{person.pk}/retirer/"
    browser = browser_of(referent)
    if given == "referent":  # named by the coordination, as they are themselves
        assert browser.post(address).status_code == 404
        with pytest.raises(structures.MayNotRemove):
            structures.remove_leaver(by=referent, user=person)
        return
    assert "garde" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.structure, person.status, person.is_approved) == (None, User.Status.APPROVED, True)
    assert set(person.groups.values_list("name", flat=True)) == before
    if given == "group":
        assert group.may_be_managed_by(person)
    (message,) = sent()
    assert "gardez" in message.body
    assert "plus rattaché" not in message.body


def test_a_colleague_who_is_not_referent_has_no_page_of_the_structure(member, structure):
    assert browser_of(member("simple@exemple.fr", structure=structure)).get("/compte/structure/").status_code == 403


def test_the_page_of_a_structure_asks_the_same_queries_whatever_its_size(
    referent, member, structure, django_assert_max_num_queries
):
    for number in range(12):
        member(f"c{number}@exemple.fr", structure=structure)
    browser = browser_of(referent)
    browser.get("/compte/structure/")
    with django_assert_max_num_queries(9):
        browser.get("/compte/structure/")


# Batches


@pytest.fixture
def waiting(member, structure):
    pending = {"status": User.Status.PENDING}
    return [
        member("un@exemple.fr", structure_declared="les halles", territory_declared="93", **pending),
        member(
            "deux@exemple.fr", structure_declared="Inconnue", territory_declared="93", last_name="Inconnu", **pending
        ),
        member("trois@exemple.fr", role="partenaire", **pending),
    ]


def test_a_coordinator_approves_the_ticked_accounts_and_hears_who_is_left(waiting, account, structure, sent):
    browser = browser_of(account("coordination"))
    fields = {"comptes": [person.pk for person in waiting], "decision": "approve"}
    page = browser.post("/compte/demandes/lot/", fields, follow=True).content.decode()
    assert "2 comptes décidés" in page
    assert "À décider un par un, faute d’une structure sûre : Sam Inconnu" in page
    for person in waiting:
        person.refresh_from_db()
    assert [person.is_approved for person in waiting] == [True, False, True]
    assert waiting[0].structure == structure
    assert {message.to[0] for message in sent()} == {"un@exemple.fr", "trois@exemple.fr"}
    again = browser.post("/compte/demandes/lot/", fields, follow=True).content.decode()
    assert "n’attend plus de décision" in again


def test_two_structures_of_one_name_leave_the_choice_to_a_person(waiting, account):
    Structure.objects.create(name="Les halles", siae_type="ACI", territory="75")
    User.objects.filter(pk=waiting[0].pk).update(territory_declared="")
    done, left = approve_batch(people=[User.objects.get(pk=waiting[0].pk)], by=account("coordination"))
    assert (done, len(left)) == (0, 1)


@pytest.mark.parametrize("fields", [{}, {"decision": "approve"}, {"comptes": "x"}, {"comptes": "1", "decision": "<b>"}])
def test_a_batch_without_accounts_or_decision_changes_nothing(account, fields, waiting):
    browser = browser_of(account("coordination"))
    assert browser.post("/compte/demandes/lot/", fields).status_code == 302
    assert not User.objects.filter(pk__in=[person.pk for person in waiting]).exclude(status="pending").exists()


# The coordinators' screens


def test_accounts_are_found_by_name_state_and_structure(account, member, structure, referent):
    browser = browser_of(account("coordination"))

    def found(**query):
        return browser.get("/compte/comptes/", query).content.decode()

    assert "Rose Démo" in found(q="rose dém")
    assert "Rose Démo" in found(structure=structure.pk)
    assert "Rose Démo" in found(etat="referent")
    assert "Rose Démo" not in found(etat="pending")
    assert "Rose Démo" not in found(q="' OR 1=1 --")
    assert browser.get("/compte/comptes/", {"etat": "x", "structure": "x", "page": "x"}).status_code == 200


def test_a_coordinator_names_a_referent_and_closes_an_account(account, member, structure, sent):
    person = member("future@exemple.fr", structure=structure)
    browser = browser_of(account("coordination"))
    address = f"/compte/comptes/{person.pk}/"
    fields = {"structure": structure.pk, "is_referent": "on", "is_active": "on"}
    assert browser.post(address, fields).status_code == 302
    assert browser.post(address, fields).status_code == 302
    person.refresh_from_db()
    assert person.is_referent
    assert [message.to for message in sent()] == [["future@exemple.fr"]]
    assert "future" not in browser.get("/compte/structures/").content.decode()
    session = browser_of(person)
    browser.post(address, {"structure": structure.pk})
    assert session.get("/compte/").status_code == 302, "a closed account is signed out"


def test_a_coordinator_closes_neither_their_own_account_nor_an_administrators(account):
    browser = browser_of(account("coordination"))
    for name in ("coordination", "admin"):
        browser.post(f"/compte/comptes/{account(name).pk}/", {"structure": ""})
        assert account(name).is_active


def test_a_referent_needs_a_structure(account, member):
    person = member("seul@exemple.fr")
    fields = {"is_referent": "on", "is_active": "on", "structure": ""}
    page = browser_of(account("coordination")).post(f"/compte/comptes/{person.pk}/", fields)
    assert page.status_code == 422
    assert "Choisissez d’abord la structure" in page.content.decode()
