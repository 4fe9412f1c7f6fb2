"""An expert without an account reads a draft by a secret link, answers once, and the editors read the answer."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from practices.editorial.models.experts import ExpertInvitation
from practices.editorial.services.experts import (
    InvitationClosed,
    forget_addresses,
    invite_expert,
    record_opinion,
    withdraw_invitation,
)
from practices.editorial.tasks import mail_invitation
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

OPINION = {"verdict": "approve", "opinion": "Simple et juste."}


@pytest.fixture
def card(db):
    """A card in review."""
    return PracticePage.objects.get(title="Le répondeur de l’équipe")


@pytest.fixture
def invitation(account, card):
    return invite_expert(card=card, by=account("edition"), name="Jeanne Démo", email="jeanne@example.org")


def link(invitation):
    return f"/relecture/{invitation.token}/"


def move_clock(invitation, **delta):
    ExpertInvitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() + datetime.timedelta(**delta))


def test_the_draft_is_read_by_its_link_and_marked_as_a_draft(client, invitation):
    answer = client.get(link(invitation))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Brouillon, pas encore publié" in html
    assert "Rappeler dans la journée" in html
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert "commentaire" not in html.lower()


def test_the_secret_is_nowhere_in_the_database(invitation):
    stored = " ".join(str(value) for value in ExpertInvitation.objects.filter(pk=invitation.pk).values().get().values())
    assert invitation.token not in stored
    logged = " ".join(str(entry.data) for entry in PageLogEntry.objects.filter(page=invitation.card_id))
    assert invitation.token not in logged
    assert "jeanne@example.org" not in logged


def test_the_link_goes_out_by_mail_once(invitation):
    mail_invitation(invitation=invitation.pk)
    mail_invitation(invitation=invitation.pk)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["jeanne@example.org"]
    assert link(invitation) in mail.outbox[0].body


def test_an_opinion_is_recorded_with_its_notes_and_told_to_the_editor(client, invitation, signed_in, card):
    data = OPINION | {"note_steps": "Dites qui écoute.", "note_limits": ""}
    answer = client.post(link(invitation), data)
    assert answer.status_code == 303
    assert "votre avis est bien arrivé" in client.get(link(invitation)).content.decode()
    invitation.refresh_from_db()
    assert invitation.verdict == "approve"
    assert [(note.field, note.text) for note in invitation.notes.all()] == [("steps", "Dites qui écoute.")]
    html = signed_in("edition").get(reverse("card_experts", args=[card.pk])).content.decode()
    assert "Simple et juste." in html
    assert "Dites qui écoute." in html
    history = signed_in("edition").get(reverse("wagtailadmin_pages:history", args=[card.pk])).content.decode()
    assert "Jeanne Démo" in history
    assert "Simple et juste." in history


def test_a_link_works_once(client, invitation):
    client.post(link(invitation), OPINION)
    client.post(link(invitation), {"verdict": "object", "opinion": "Finalement non."})
    invitation.refresh_from_db()
    assert (invitation.verdict, invitation.opinion) == ("approve", "Simple et juste.")
    with pytest.raises(InvitationClosed):
        record_opinion(invitation=invitation, verdict="object", opinion="x", notes={})
    assert "Rappeler dans la journée" not in client.get(link(invitation)).content.decode()


def test_an_expired_link_shows_nothing_of_the_card(client, invitation):
    move_clock(invitation, minutes=-1)
    answer = client.get(link(invitation))
    assert answer.status_code == 410
    assert "répondeur" not in answer.content.decode()
    client.post(link(invitation), OPINION)
    invitation.refresh_from_db()
    assert invitation.answered_at is None


def test_a_link_taken_back_shows_nothing_of_the_card(client, invitation, account):
    withdraw_invitation(invitation=invitation, by=account("edition"))
    withdraw_invitation(invitation=invitation, by=account("edition"))
    answer = client.get(link(invitation))
    assert answer.status_code == 410
    assert "répondeur" not in answer.content.decode()
    assert PageLogEntry.objects.filter(page=invitation.card_id, action="experts.withdraw").count() == 1
    client.post(link(invitation), OPINION)
    invitation.refresh_from_db()
    assert invitation.answered_at is None


def test_an_invitation_taken_back_or_expired_before_its_mail_left_is_not_sent(invitation, account):
    withdraw_invitation(invitation=invitation, by=account("edition"))
    mail_invitation(invitation=invitation.pk)
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["x", "0" * 64, "../admin", "%00", "é" * 40])
def test_a_wrong_secret_finds_nothing(client, invitation, token):
    assert client.get(f"/relecture/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choisissez un avis"),
        ({"verdict": "nimporte"}, "Choisissez dans la liste"),
        ({"verdict": "object"}, "Dites pourquoi"),
        ({"verdict": "approve", "note_steps": "x" * 4000}, "Raccourcissez"),
    ],
)
def test_a_wrong_opinion_says_what_is_wrong_and_loses_nothing(client, invitation, data, words):
    answer = client.post(link(invitation), {"note_limits": "À garder"} | data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "À garder" in html


def test_a_link_opened_is_logged_once(client, invitation):
    client.get(link(invitation))
    client.get(link(invitation))
    assert PageLogEntry.objects.filter(page=invitation.card_id, action="experts.open").count() == 1


def test_the_same_person_is_not_invited_twice_at_once(invitation, account, card):
    again = invite_expert(card=card, by=account("edition"), name="Jeanne Démo", email="JEANNE@example.org")
    assert again.pk == invitation.pk
    withdraw_invitation(invitation=invitation, by=account("edition"))
    assert invite_expert(card=card, by=account("edition"), name="J.", email="jeanne@example.org").pk != invitation.pk


@pytest.mark.parametrize(
    ("name", "status"),
    [("edition", 200), ("coordination", 200), ("edition-numerique", 302), ("karim", 302), ("membre", 302), (None, 302)],
)
def test_only_the_editors_of_the_network_invite_and_read(signed_in, card, invitation, name, status):
    address = reverse("card_experts", args=[card.pk])
    assert signed_in(name).get(address).status_code == status
    if status != 200:
        who = {"name": "Pirate", "email": "pirate@example.org"}
        signed_in(name).post(address, who)
        signed_in(name).post(reverse("withdraw_expert", args=[card.pk, invitation.pk]))
        assert not ExpertInvitation.objects.filter(name="Pirate").exists()
        invitation.refresh_from_db()
        assert invitation.withdrawn_at is None


def test_an_editor_invites_and_takes_back_from_the_editing_screens(signed_in, card):
    browser = signed_in("edition")
    address = reverse("card_experts", args=[card.pk])
    assert browser.post(address, {"name": "Jean", "email": "pas une adresse"}).status_code == 422
    assert browser.post(address, {"name": "Jean", "email": "jean@example.org"}).status_code == 302
    invitation = ExpertInvitation.objects.get(name="Jean")
    browser.post(reverse("withdraw_expert", args=[card.pk, invitation.pk]))
    assert "Invitation retirée" in browser.get(address).content.decode()


def test_an_invitation_is_withdrawn_through_its_own_card_only(signed_in, account, invitation):
    own = PracticePage.objects.get(title="Le tableau blanc du vendredi")
    answer = signed_in("edition-parcours").post(reverse("withdraw_expert", args=[own.pk, invitation.pk]))
    assert answer.status_code == 404


def test_addresses_are_forgotten_three_months_after_the_link_ended(invitation):
    assert forget_addresses() == 0
    later = timezone.now() + datetime.timedelta(days=21 + 91)
    assert forget_addresses(now=later) >= 1
    invitation.refresh_from_db()
    assert (invitation.name, invitation.email) == ("Jeanne Démo", "")
