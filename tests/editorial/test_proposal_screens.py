"""/proposer/ and « Mes propositions » : short, forgiving, and closed to everyone else."""

import gzip
import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kb_site.accounts.models import Network
from practices.editorial.models.proposals import Proposal, ProposalDraft
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card
from practices.editorial.services.review import ask_author
from practices.models import PracticePage
from tests.stylesheets import served

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_proposal_yet")]

FORM, MINE = "/proposer/", "/proposer/mes-propositions/"


@pytest.fixture
def no_proposal_yet(db):
    Proposal.objects.all().delete()


def told(**changes):
    network = Network.objects.get(slug="chantiers-idf")
    return {
        "title": "Le répondeur du lundi",
        "challenges": ["isolement"],
        "steps": "Enregistrer un message\nEnvoyer le numéro",
        "audiences": ["tous"],
        "conditions": "Un numéro avec répondeur",
        "limits": "Jamais pour une urgence.",
        "results": "",
        "network": network.pk,
        "submission_key": str(uuid.uuid4()),
        "action": "send",
    } | changes


def photo(size=(3000, 2000), kind="JPEG", **options):
    stream = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(stream, kind, **options)
    return SimpleUploadedFile(f"photo.{kind.lower()}", stream.getvalue())


def refuse(card, account, reason="Précisez les limites, s’il vous plaît."):
    state = PracticePage.objects.get(pk=card.pk).current_workflow_task_state
    state.task.specific.on_action(state.specific, account("edition"), "reject", comment=reason)


@pytest.fixture
def proposed(account):
    idea = ProposedCard(
        title="Le répondeur du lundi", challenges=("isolement",), steps=("Un.", "Deux."), limits="Jamais."
    )
    return propose_card(author=account("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)


def test_the_network_of_the_member_s_structure_is_chosen_already(signed_in):
    html = signed_in("membre").get(FORM).content.decode()
    network = Network.objects.get(slug="chantiers-idf")
    assert f'<option value="{network.pk}" selected>' in html


def test_a_proposal_sent_leads_to_its_page_and_forgets_the_draft(signed_in, account):
    browser = signed_in("membre")
    answer = browser.post(FORM, told())
    proposal = Proposal.objects.get(author=account("membre"))
    assert answer.status_code == 303
    assert answer["Location"] == f"{MINE}{proposal.pk}/"
    assert not ProposalDraft.objects.exists()
    html = browser.get(answer["Location"]).content.decode()
    assert "En relecture" in html
    assert "Un numéro avec répondeur" in html


def test_the_same_form_sent_twice_makes_one_proposal(signed_in):
    browser, data = signed_in("membre"), told()
    assert browser.post(FORM, data)["Location"] == browser.post(FORM, data)["Location"]
    assert Proposal.objects.count() == 1


def test_the_form_of_someone_else_cannot_be_sent_again(signed_in):
    data = told()
    signed_in("membre").post(FORM, data)
    answer = signed_in("karim").post(FORM, data)
    assert answer.status_code == 422
    assert "Ce formulaire a déjà servi" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Donnez un nom"),
        ({"challenges": []}, "Cochez au moins un problème"),
        ({"steps": "Une seule"}, "au moins deux étapes"),
        ({"limits": " "}, "Dites au moins une limite"),
        ({"network": ""}, "Choisissez le réseau"),
        ({"network": "9999"}, "dans la liste"),
        ({"challenges": ["<script>"]}, "Choisissez dans la liste"),
        ({"steps": "a\n" * 25}, "plus de 20 étapes"),
        ({"limits": "x" * 7000}, "Raccourcissez"),
        ({"submission_key": "faux"}, "a expiré"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_beside_the_field_and_loses_nothing(signed_in, changes, words):
    answer = signed_in("membre").post(FORM, told(**({"results": "Quatre retours"} | changes)))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "Quatre retours" in html
    assert not Proposal.objects.exists()


def test_a_wrong_form_is_kept_as_a_draft(signed_in, account):
    browser = signed_in("membre")
    browser.post(FORM, told(limits=""))
    html = browser.get(FORM).content.decode()
    assert "Un numéro avec répondeur" in html
    assert "Brouillon enregistré" in html


def test_a_draft_saved_while_typing_comes_back_and_may_be_forgotten(signed_in, account):
    browser = signed_in("membre")
    assert (
        browser.post(f"{FORM}brouillon/", {"title": "À moitié écrit", "challenges": ["isolement"]}).status_code == 204
    )
    assert "À moitié écrit" in browser.get(FORM).content.decode()
    assert "À moitié écrit" not in signed_in("karim").get(FORM).content.decode()
    browser.post(FORM, {"action": "forget"})
    assert "À moitié écrit" not in browser.get(FORM).content.decode()


def test_a_draft_holds_no_more_than_the_form_does(signed_in, account):
    signed_in("membre").post(f"{FORM}brouillon/", {"title": "x" * 100_000, "autre": "y", "steps": "\x00a"})
    fields = ProposalDraft.objects.get().fields
    assert len(fields["title"]) == 6000
    assert "autre" not in fields
    assert fields["steps"] == "a"


def test_what_could_name_a_person_is_pointed_at_before_sending(signed_in):
    browser = signed_in("membre")
    data = told(limits="Demandez à M. Diallo au 06 12 34 56 78.")
    answer = browser.post(FORM, data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "06 12 34 56 78" in html
    assert "M. Diallo" in html
    assert not Proposal.objects.exists()
    assert browser.post(FORM, data | {"seen": answer.context["seen"]}).status_code == 303


def test_something_new_to_see_is_pointed_at_again(signed_in):
    browser = signed_in("membre")
    seen = browser.post(FORM, told(limits="Demandez à M. Diallo.")).context["seen"]
    assert browser.post(FORM, told(limits="Demandez à Mme Martin.", seen=seen)).status_code == 422


def test_a_photo_is_made_light_and_tells_nothing_of_its_place(signed_in, account):
    exif = Image.Exif()
    exif[0x010E] = "Chez Fatou"
    answer = signed_in("membre").post(FORM, told(photo=photo(exif=exif)))
    assert answer.status_code == 303
    image = Proposal.objects.get().card.get_latest_revision_as_object().photo
    with image.file.open() as stream:
        content = stream.read()
    assert b"Fatou" not in content
    assert len(content) < 700_000
    assert max(Image.open(io.BytesIO(content)).size) == 1280
    assert "photo" not in image.file.name.removeprefix("original_images/").split(".")[0]


def test_a_photo_is_kept_when_the_form_comes_back(signed_in):
    browser = signed_in("membre")
    html = browser.post(FORM, told(title="", photo=photo((400, 300)))).content.decode()
    assert "Photo gardée" in html
    browser.post(FORM, told())
    assert Proposal.objects.get().card.get_latest_revision_as_object().photo is not None


def test_a_photo_may_be_taken_away(signed_in):
    browser = signed_in("membre")
    browser.post(FORM, told(title="", photo=photo((400, 300))))
    html = browser.post(FORM, told(action="remove_photo")).content.decode()
    assert "Photo gardée" not in html
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"<svg onload=alert(1)>", b"GIF89a" + b"\x00" * 40, b"\xff\xd8\xff\xe0" + b"\x00" * 100, b"\x89PNG\r\n\x1a\n"],
    ids=["svg", "gif", "broken jpeg", "broken png"],
)
def test_what_is_not_a_photo_is_refused(signed_in, content):
    answer = signed_in("membre").post(FORM, told(photo=SimpleUploadedFile("p.jpg", content)))
    assert answer.status_code == 422
    assert "n’est pas une photo" in answer.content.decode()


def test_a_photo_that_would_fill_the_memory_is_refused(signed_in):
    bomb = SimpleUploadedFile("p.png", _huge_png())
    answer = signed_in("membre").post(FORM, told(photo=bomb))
    assert answer.status_code == 422


def _huge_png():
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    return stream.getvalue()


STRANGERS = [(None, 302), ("karim", 404), ("edition", 404), ("attente", 403), ("coordination", 404)]


@pytest.mark.parametrize("path", ["", "corriger/", "retirer/"])
@pytest.mark.parametrize(("name", "status"), STRANGERS)
def test_a_proposal_is_read_by_its_author_only(signed_in, proposed, name, status, path):
    assert signed_in(name).get(f"{MINE}{proposed.proposal.pk}/{path}").status_code == status


@pytest.mark.parametrize("path", ["corriger/", "retirer/"])
@pytest.mark.parametrize(("name", "status"), [(None, 403), *STRANGERS[1:]])  # a visitor's words are given back
def test_a_proposal_is_changed_by_its_author_only(signed_in, proposed, name, status, path):
    assert signed_in(name).post(f"{MINE}{proposed.proposal.pk}/{path}", told()).status_code == status
    assert PracticePage.objects.get(pk=proposed.pk).workflow_in_progress


def test_someone_else_cannot_answer_in_the_author_s_place(signed_in, account, proposed):
    question = ask_author(card=proposed, by=account("edition"), text="Combien de personnes ?")
    address = f"{MINE}{proposed.proposal.pk}/repondre/{question.pk}/"
    assert signed_in("karim").post(address, {"answer": "Cent"}).status_code == 404
    question.refresh_from_db()
    assert question.answer == ""


def test_the_author_answers_a_question(signed_in, account, proposed):
    question = ask_author(card=proposed, by=account("edition"), text="Combien de personnes ?")
    browser = signed_in("membre")
    page = f"{MINE}{proposed.proposal.pk}/"
    assert "Une question pour vous" in browser.get(page).content.decode()
    assert browser.post(f"{page}repondre/{question.pk}/", {"answer": ""}).status_code == 422
    assert browser.post(f"{page}repondre/{question.pk}/", {"answer": "Une vingtaine."}).status_code == 303
    html = browser.get(page).content.decode()
    assert "Une vingtaine." in html
    assert "En relecture" in html


def test_the_author_reads_why_corrects_and_sends_back(signed_in, account, proposed):
    browser = signed_in("membre")
    page = f"{MINE}{proposed.proposal.pk}/"
    assert browser.get(f"{page}corriger/").status_code == 303
    refuse(proposed, account)
    assert "Précisez les limites" in browser.get(page).content.decode()
    html = browser.get(f"{page}corriger/").content.decode()
    assert "Le répondeur du lundi" in html
    data = {name: value for name, value in told(limits="Ni urgence ni secret.").items() if name != "network"}
    assert browser.post(f"{page}corriger/", data | {"steps": "Une"}).status_code == 422
    assert browser.post(f"{page}corriger/", data).status_code == 303
    assert "En relecture" in browser.get(page).content.decode()


def test_the_author_takes_a_proposal_back_once(signed_in, proposed):
    browser = signed_in("membre")
    page = f"{MINE}{proposed.proposal.pk}/"
    assert browser.get(f"{page}retirer/").status_code == 200
    assert browser.post(f"{page}retirer/").status_code == 303
    assert browser.post(f"{page}retirer/").status_code == 303
    assert "Retirée" in browser.get(page).content.decode()


def test_the_list_asks_the_database_the_same_for_one_proposal_or_ten(signed_in, account, proposed):
    browser = signed_in("membre")
    browser.get(MINE)
    with CaptureQueriesContext(connection) as one:
        browser.get(MINE)
    network = Network.objects.get(slug="numerique-inclusif")
    for number in range(9):
        idea = ProposedCard(title=f"Idée {number}", steps=("Un.", "Deux."), limits="Jamais.")
        propose_card(author=account("membre"), network=network, idea=idea)
    with CaptureQueriesContext(connection) as ten:
        browser.get(MINE)
    assert len(ten) == len(one) <= 12


def test_hostile_words_are_shown_as_words(signed_in, account):
    browser = signed_in("membre")
    hostile = "<img src=x onerror=alert(1)> \u202e {{ 7|add:7 }}"
    answer = browser.post(FORM, told(title=hostile, limits=hostile))
    html = browser.get(answer["Location"]).content.decode()
    assert "<img src=x" not in html
    assert "{{ 7|add:7 }}" in html


def test_similar_cards_are_shown_to_those_who_may_read_them(client, signed_in):
    assert "Le café visio du jeudi" in client.get("/recherche/ressemblantes/?q=café visio").content.decode()
    address = "/recherche/ressemblantes/?q=codéveloppement encadrants"
    assert "Codéveloppement" not in client.get(address).content.decode()
    assert "Codéveloppement" in signed_in("membre").get(address).content.decode()
    assert client.get("/recherche/ressemblantes/").content.strip() == b""


def test_the_form_is_light_even_for_an_old_phone(signed_in):
    browser = signed_in("membre")
    browser.get(FORM)
    with CaptureQueriesContext(connection) as queries:
        html = browser.get(FORM).content
    blocking = [html, served("site"), served("proposals")]
    assert sum(len(gzip.compress(content)) for content in blocking) <= 14_000
    assert len(re.findall(rb"<(?!/|!)", html)) <= 250
    assert len(queries) <= 12


def test_a_photo_in_heic_is_told_what_it_is_and_what_to_send(signed_in):
    heic = SimpleUploadedFile("IMG_0041.HEIC", b"\x00\x00\x00\x24ftypheic" + b"\x00" * 400)
    html = signed_in("membre").post(FORM, told(photo=heic)).content.decode()
    assert "format HEIC, que le site ne lit pas. Envoyez un JPEG." in html
