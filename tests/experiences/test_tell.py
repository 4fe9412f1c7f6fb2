"""Telling what one tried: signed in, by the link of a mail, once, without naming anyone."""

import uuid

import pytest
from django.core import mail
from django.utils import timezone

from kb_site.mails import MAILS
from practices.experiences import services, tokens
from practices.experiences.models import Experience
from practices.models import PracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(db):
    return PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")


def form(**fields):
    return {
        "outcome": "reussi_adapte", "tried_on": "2026-11-02", "visibility": "public", "submission_key": str(uuid.uuid4()),
    } | fields  # fmt: skip


def address(card):
    return f"/experiences/fiche/{card.pk}/raconter/"


def test_one_answer_is_enough(signed_in, card, account):
    response = signed_in("membre").post(address(card), form())
    assert response.status_code == 303
    told = Experience.objects.get(practice=card)
    assert (told.outcome, told.siae_type, told.role) == ("reussi_adapte", "ACI", "cip")
    assert told.structure == account("membre").structure


def test_the_same_form_sent_twice_is_told_once(signed_in, card):
    browser, sent = signed_in("membre"), form()
    assert [browser.post(address(card), sent).status_code for _twice in range(2)] == [303, 303]
    assert Experience.objects.filter(practice=card).count() == 1


def test_a_key_that_belongs_to_someone_else_is_refused_and_what_was_typed_is_kept(signed_in, card):
    sent = form(worked="Le sablier")
    signed_in("karim").post(address(card), sent)
    response = signed_in("membre").post(address(card), sent)
    assert response.status_code == 422
    assert "Le sablier" in response.content.decode()
    assert sent["submission_key"] not in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": ""}, {"outcome": "parfait"}, {"tried_on": "2999-01-01"}, {"tried_on": "1999-01-01"}, {"tried_on": "x"},
        {"group_size": "0"}, {"data_mb": "-3"}, {"missing_conditions": "999999"}, {"missing_conditions": "abc"},
        {"worked": "a" * 900}, {"visibility": "secret"}, {"submission_key": "x"},
    ],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_its_reason(signed_in, card, wrong):
    response = signed_in("membre").post(address(card), form(**wrong))
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()
    assert not Experience.objects.filter(practice=card).exists()


def test_a_recognisable_person_is_pointed_at_and_the_author_decides(signed_in, card):
    browser = signed_in("membre")
    sent = form(stuck="Mme Durand n’avait pas de réseau, son numéro est 06 12 34 56 78")
    response = browser.post(address(card), sent)
    assert response.status_code == 422
    assert "06 12 34 56 78" in response.content.decode()
    assert browser.post(address(card), sent | {"reread": "on"}).status_code == 303


def test_nobody_is_named_where_it_is_read(client, signed_in, card):
    signed_in("membre").post(address(card), form(worked="Le sablier"))
    page = client.get(f"/experiences/fiche/{card.pk}/").content.decode()
    assert "Le sablier" in page
    assert "Awa" not in page
    assert "Jardins du Canal" not in page


def test_the_author_of_the_card_hears_about_it_and_who_told_does_not(signed_in, card, account):
    from procrastinate.contrib.django.models import ProcrastinateJob

    signed_in("membre").post(address(card), form())
    jobs = [job.args for job in ProcrastinateJob.objects.filter(task_name__endswith="send_mail", status="todo")]
    told = [args for args in jobs if args["name"] == "experience_told"]
    assert {args["to"] for args in told} == {card.owner_id, card.card_owner_id}
    composed = MAILS["experience_told"](to=card.owner, **told[0]["ids"])
    assert composed is not None
    assert "Awa" not in str(composed.context["experience"])


def test_a_withdrawn_experience_sends_no_mail(card, account):
    told = services.tell_experience(
        card=card,
        author=account("membre"),
        outcome="reussi",
        tried_on=timezone.localdate(),
        submission_key=uuid.uuid4(),
    )
    services.withdraw_experience(experience=told)
    assert MAILS["experience_told"](to=card.owner, experience=told.pk) is None
    assert not mail.outbox


def test_the_link_of_a_mail_tells_without_signing_in_and_only_once(client, card, account):
    link = f"/experiences/lien/{tokens.experience_token(account('karim'), card)}/"
    assert client.get(link).status_code == 200
    for outcome in ("reussi", "abandonne"):
        response = client.post(link, form(outcome=outcome))
        assert (response.status_code, response["Location"]) == (303, "/experiences/merci/")
    told = Experience.objects.get(practice=card)
    assert (told.author, told.outcome) == (account("karim"), "reussi")
    assert client.get("/compte/").status_code == 302  # nothing else opened


def test_the_link_obeys_the_rights_of_today(client, card, account):
    karim = account("karim")
    link = f"/experiences/lien/{tokens.experience_token(karim, card)}/"
    karim.status = karim.Status.REFUSED
    karim.save()
    assert client.get(link).status_code == 404
    assert client.post(link, form()).status_code == 404
    assert not Experience.objects.filter(practice=card).exists()


def test_an_old_link_leads_to_the_form_behind_sign_in(client, card, account, monkeypatch):
    token = tokens.experience_token(account("karim"), card)
    monkeypatch.setattr(tokens, "LIFETIME_SECONDS", -1)
    response = client.get(f"/experiences/lien/{token}/")
    assert (response.status_code, response["Location"]) == (302, address(card))


def test_a_link_serves_neither_another_card_nor_another_purpose(client, card, account):
    from django.core import signing

    forged = signing.dumps([account("karim").pk, card.pk], salt="another")
    assert client.get(f"/experiences/lien/{forged}/").status_code == 404


def test_an_experience_is_withdrawn_by_its_author_or_by_who_publishes_the_card_and_by_nobody_else(signed_in, card):
    signed_in("membre").post(address(card), form(worked="Le sablier"))
    pk = Experience.objects.get(practice=card).pk
    withdraw = f"/experiences/{pk}/retirer/"
    assert signed_in(None).get(withdraw).status_code == 302
    for role in ("karim", "edition", "partenaire"):
        assert signed_in(role).post(withdraw).status_code == 404
    assert signed_in("attente").post(withdraw).status_code == 403
    assert signed_in("membre").get(withdraw).status_code == 200
    assert signed_in("membre").post(withdraw).status_code == 303
    told = Experience.objects.get(pk=pk)
    assert (told.removed, told.worked) == (True, "")
    assert signed_in("membre").get(withdraw).status_code == 404
    assert "sablier" not in signed_in("membre").get(f"/experiences/fiche/{card.pk}/").content.decode()


def test_experiences_of_a_members_card_stay_with_members(client, signed_in):
    closed = PracticePage.objects.get(slug="codeveloppement-encadrants")
    assert client.get(f"/experiences/fiche/{closed.pk}/").status_code == 302
    assert signed_in("attente").get(f"/experiences/fiche/{closed.pk}/").status_code == 404
    assert signed_in("membre").get(f"/experiences/fiche/{closed.pk}/").status_code == 200


def test_the_list_keeps_one_type_of_structure_and_asks_little(client, django_assert_max_num_queries):
    cafe = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    with django_assert_max_num_queries(8):
        page = client.get(f"/experiences/fiche/{cafe.pk}/?siae=EI").content.decode()
    assert page.count('class="hit told"') == 1
    assert client.get(f"/experiences/fiche/{cafe.pk}/?siae=%00&page=zz").status_code == 200


def test_editors_see_contested_cards_and_confirm_a_level_of_evidence(signed_in, account):
    browser = signed_in("edition")
    page = browser.get("/admin/retours/").content.decode()
    contested = PracticePage.objects.get(slug="groupe-de-messagerie-regles-du-jeu")
    assert contested.title in page
    assert "Contestée" in page
    card = PracticePage.objects.get(slug="appel-de-suivi-jour-et-heure-fixes")
    PracticePage.objects.filter(pk=card.pk).update(evidence="temoignage")
    latest = PracticePage.objects.get(pk=card.pk)
    latest.save_revision().publish()
    response = browser.post(f"/admin/retours/{card.pk}/confirmer/")
    assert response.status_code == 302
    assert PracticePage.objects.get(pk=card.pk).evidence == "plusieurs_structures"
    assert signed_in("edition-parcours").post(f"/admin/retours/{card.pk}/confirmer/").status_code == 404


def test_confirming_never_publishes_a_draft_in_progress(account):
    card = PracticePage.objects.get(slug="appel-de-suivi-jour-et-heure-fixes")
    card.evidence = "temoignage"
    card.save_revision().publish()
    draft = PracticePage.objects.get(pk=card.pk)
    draft.title = "Un titre pas fini"
    draft.save_revision()
    card = PracticePage.objects.get(pk=card.pk)
    assert services.confirm_evidence(card=card, by=account("edition")) is False
    card = PracticePage.objects.get(pk=card.pk)
    assert card.title != "Un titre pas fini"
    assert card.evidence == "temoignage"
    assert card.get_latest_revision_as_object().evidence == "plusieurs_structures"
