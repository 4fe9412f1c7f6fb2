"""Whoever changes the address of an account holds the account: its owner proves both sides, nobody else does it in silence."""

import datetime
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kb_site.accounts.models import AddressChange, User
from kb_site.accounts.services.addresses import apply_due_changes
from kb_site.accounts.services.erasure import erase
from kb_site.journal.models import SensitiveAct
from tests.conftest import sign_in

from .acting import ask_code, code_of, deliver, give_code

pytestmark = pytest.mark.django_db
OWN = "/compte/adresse/"
NEW = "karim.nouvelle@exemple.fr"


def acts():
    return list(SensitiveAct.objects.order_by("pk").values_list("kind", flat=True))


def form_of(person, **changes):
    """What Wagtail's form of an account sends back."""
    return {
        "email": person.email, "first_name": person.first_name, "last_name": person.last_name, "is_active": "on",
        "groups": list(person.groups.values_list("pk", flat=True)),
    } | changes  # fmt: skip


def test_the_administration_s_form_changes_no_address(account, signed_in):
    leader = account("animation")
    browser, address = signed_in("admin"), reverse("wagtailusers_users:edit", args=[leader.pk])
    assert browser.post(address, form_of(leader, email="pirate@exemple.fr", first_name="Anne")).status_code == 302
    leader.refresh_from_db()
    assert (leader.email, leader.first_name) == ("animation@example.org", "Anne")
    page = browser.get(address).content.decode()
    assert reverse("account_address", args=[leader.pk]) in page
    for role in ("coordination", "animation"):
        assert signed_in(role).post(reverse("account_address", args=[leader.pk]), {"email": NEW}).status_code == 403
    assert not AddressChange.objects.exists()


def test_an_administrator_asks_the_owner_is_told_where_they_are_and_keeps_it(account, signed_in):
    leader = account("animation")
    asked = signed_in("admin").post(reverse("account_address", args=[leader.pk]), {"email": NEW})
    assert asked.status_code == 302
    told = deliver()
    assert [message.to for message in told] == [["animation@example.org"]]
    assert "Garder mon adresse" in told[0].body
    assert apply_due_changes(now=timezone.now() + datetime.timedelta(days=6)) == 0
    assert "Garder mon adresse" in signed_in("animation").get(OWN).content.decode()
    signed_in("animation").post(f"{OWN}garder/")
    assert apply_due_changes(now=timezone.now() + datetime.timedelta(days=8)) == 0
    assert account("animation").email == "animation@example.org"
    assert acts() == ["accounts.address_asked", "accounts.address_kept"]


def test_at_the_end_of_the_notice_the_address_is_given_and_every_device_signed_out(account, signed_in, client):
    leader, device = account("animation"), Client()
    ask_code(device, leader.email)
    give_code(device, code_of(mail.outbox[-1]))
    assert device.get("/compte/").status_code == 200
    signed_in("admin").post(reverse("account_address", args=[leader.pk]), {"email": NEW})
    assert apply_due_changes(now=timezone.now() + datetime.timedelta(days=8)) == 1
    assert list(EmailAddress.objects.filter(user=leader).values_list("email", "verified")) == [(NEW, True)]
    assert device.get("/compte/").status_code == 302
    assert acts() == ["accounts.address_asked", "accounts.address_given"]
    mail.outbox.clear()
    ask_code(client, "animation@example.org")
    assert not [message for message in mail.outbox if message.subject.startswith("Votre code")]


def test_an_address_that_another_account_took_meanwhile_is_not_given(account, signed_in):
    leader = account("animation")
    signed_in("admin").post(reverse("account_address", args=[leader.pk]), {"email": NEW})
    User.objects.filter(email="lucie@example.org").update(email=NEW)
    assert apply_due_changes(now=timezone.now() + datetime.timedelta(days=8)) == 0
    taken = signed_in("admin").post(reverse("account_address", args=[leader.pk]), {"email": "membre@example.org"})
    assert (taken.status_code, "a déjà un compte" in taken.content.decode()) == (422, True)


@pytest.mark.parametrize("end", [{"is_superuser": False}, {"is_active": False}, None])
def test_what_an_administrator_asked_for_ends_with_their_powers(end, account, signed_in):
    """Whoever held such an account for an hour gets no other at the end of the notice, once it was taken from them."""
    leader, boss = account("animation"), account("admin")
    signed_in("admin").post(reverse("account_address", args=[leader.pk]), {"email": NEW})
    if end is None:
        erase(user=boss)
    else:
        User.objects.filter(pk=boss.pk).update(**end)
    assert apply_due_changes(now=timezone.now() + datetime.timedelta(days=8)) == 0
    assert account("animation").email == "animation@example.org"
    assert not AddressChange.objects.exists()


def test_the_owner_proves_both_sides_and_the_former_address_is_told(account, signed_in):
    browser = signed_in("karim")
    browser.post(OWN, {"email": NEW})
    assert mail.outbox[-1].to == [NEW]
    right = code_of(mail.outbox[-1])
    wrong = "111111" if right != "111111" else "222222"
    assert browser.post(OWN, {"code": wrong}).status_code == 422
    assert account("karim").email == "karim@example.org"
    assert browser.post(OWN, {"code": right}).status_code == 302
    person = User.objects.get(email=NEW)
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["karim@example.org"],
        "L’adresse de votre compte a changé",
    )
    assert browser.get("/compte/").status_code == 200
    assert acts() == ["accounts.address_changed"]
    assert person.former_addresses == ["karim@example.org"]


def test_without_a_proof_of_the_present_side_no_code_leaves(account, client, settings):
    settings.DEMO = False
    sign_in(client, account("karim"))
    session = client.session
    session["account_authentication_methods"] = [
        record | {"at": time.time() - 86400} for record in session["account_authentication_methods"]
    ]
    session.save()
    asked = client.post(OWN, {"email": NEW})
    assert asked["Location"].startswith("/compte/confirmer/")
    assert mail.outbox == []


def test_nobody_learns_which_addresses_have_an_account(signed_in):
    free, taken = (
        signed_in("karim").post(OWN, {"email": email}).content.decode().replace(email, "…")
        for email in (NEW, "membre@example.org")
    )
    assert [len(page.splitlines()) for page in (free, taken)] == [len(free.splitlines())] * 2
    assert "Un code est parti à …" in taken
    assert mail.outbox[-1].subject == "Vous avez déjà un compte"


def test_what_is_typed_wrong_is_said_beside_its_field(signed_in):
    browser = signed_in("karim")
    for typed, said in (
        ("pas une adresse", "Ce n’est pas une adresse"),
        ("karim@example.org", "déjà l’adresse du compte"),
    ):
        page = browser.post(OWN, {"email": typed})
        assert (page.status_code, said in page.content.decode(), typed in page.content.decode()) == (422, True, True)


def test_the_end_of_the_account_takes_the_former_address_away_too(account):
    from practices.comments.models import Comment

    person = account("karim")
    words = Comment.objects.exclude(user=person).first()
    Comment.objects.filter(pk=words.pk).update(comment="Écrivez à karim@example.org, il répond.")
    person.email = NEW
    person.save(update_fields=["email"])
    erase(user=person)
    words.refresh_from_db()
    assert "karim@example.org" not in words.comment
    person.refresh_from_db()
    assert person.former_addresses == []


def test_an_account_deleted_in_the_administration_ends_as_any_other(account, signed_in):
    browser, (one, other) = signed_in("admin"), (account("karim"), account("lucie"))
    browser.post(reverse("wagtailusers_users:delete", args=[one.pk]))
    browser.post(f"/admin/bulk/members/user/delete/?id={other.pk}")
    for person in (one, other):
        person.refresh_from_db()
        assert (str(person), person.is_active) == ("Ancien membre", False)
    assert acts().count("accounts.erased") == 2
    assert SensitiveAct.objects.filter(kind="accounts.erased", by=account("admin")).count() == 2
