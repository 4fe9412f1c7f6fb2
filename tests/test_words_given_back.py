"""A form that cannot be taken gives back the words that were typed, whatever refuses it, without JavaScript too."""

import uuid

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

WORDS = "Nous appelons chaque lundi matin."
OTHER = "Puis nous écrivons un SMS."
TOPIC = "/groupes/cip-ile-de-france/sujets/nouveau/"
FORMS = ["/proposer/", TOPIC, "/recherche/demandes/nouvelle/", "/seances/nouvelle/cip-ile-de-france/"]


def sent(**fields) -> dict:
    return {
        "title": WORDS,
        "steps": [WORDS, OTHER],
        "submission_key": str(uuid.uuid4()),
        "kept": uuid.uuid4().hex,
    } | fields


def given_back(html: str) -> list[str]:
    return [part.split(">", 1)[1].split("</textarea>")[0] for part in html.split("<textarea")[1:]]


@pytest.mark.parametrize("address", FORMS)
def test_whoever_is_no_longer_signed_in_reads_what_they_wrote_and_signs_in(client, address):
    answer = client.post(address, sent())
    html = answer.content.decode()
    assert answer.status_code == 403
    assert given_back(html) == [WORDS, OTHER]
    assert f"/compte/connexion/?next={address}" in html
    assert "no-store" in answer["Cache-Control"]


def test_without_words_one_signs_in_at_once(client):
    assert client.post(TOPIC, {"type": "question", "key": str(uuid.uuid4())}).status_code == 302


def test_an_expired_form_gives_back_every_value_and_no_machine_word(account):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account("membre"))
    answer = browser.post("/proposer/", sent(next="/pratiques/chantiers-idf/cafe-visio-du-jeudi/"))
    assert answer.status_code == 403
    assert given_back(answer.content.decode()) == [WORDS, OTHER]


@pytest.mark.parametrize(
    ("role", "address", "status"), [("attente", TOPIC, 403), ("membre", "/groupes/inconnu/sujets/nouveau/", 404)]
)
def test_a_refusal_gives_back_the_words(signed_in, role, address, status):
    answer = signed_in(role).post(address, sent())
    assert answer.status_code == status
    assert given_back(answer.content.decode()) == [WORDS, OTHER]


def test_what_is_given_back_is_text(client):
    html = client.post(TOPIC, {"title": "</textarea><script>alert(1)</script> et la suite"}).content.decode()
    assert "<script>alert" not in html


def test_a_page_that_is_only_read_gives_nothing_back(client):
    assert given_back(client.get(f"/rien/?title={WORDS}").content.decode()) == []
