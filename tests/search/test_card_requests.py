"""Members ask for a card; editors answer; those who asked are told."""

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.mailing.tasks import send_mail
from search.card_requests.models import CardRequest
from search.card_requests.services import (
    AlreadyDecided,
    TooManyRequests,
    answer_request,
    decline_request,
    request_card,
    support_request,
)
from tests.factories import CardFactory

pytestmark = pytest.mark.django_db
LIST, ADD = "/recherche/demandes/", "/recherche/demandes/nouvelle/"
NEED = "Préparer un entretien avec une personne sourde"


@pytest.fixture(autouse=True)
def none_yet(db):
    CardRequest.objects.all().delete()


def mails_sent():
    for job in ProcrastinateJob.objects.filter(task_name=send_mail.name, args__name="card_request_decided"):
        send_mail(**job.args)
    return {message.to[0]: message for message in mail.outbox}


def test_a_search_without_answer_fills_the_form(signed_in):
    assert 'value="soudure en hauteur"' in signed_in("membre").get(ADD, {"q": "soudure en hauteur"}).content.decode()


def test_a_member_asks_and_another_joins(signed_in, account):
    answer = signed_in("membre").post(ADD, {"need": NEED, "details": "Un interprète ne suffit pas toujours."})
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    asked = CardRequest.objects.get()
    other = signed_in("partenaire")
    assert "Moi aussi" in other.get(LIST).content.decode()
    for _twice in range(2):
        assert other.post(f"{LIST}{asked.pk}/moi-aussi/").status_code == 303
    assert asked.supports.count() == 2
    assert "2 voix" in other.get(LIST).content.decode()


def test_the_same_need_in_other_words_adds_a_voice(account):
    first, new = request_card(user=account("membre"), need="Prêts de téléphones")
    again, second = request_card(user=account("partenaire"), need="le prêt de téléphone")
    assert (new, second, first.pk) == (True, False, again.pk)
    assert first.supports.count() == 2


def test_a_double_click_makes_one_request(account):
    request_card(user=account("membre"), need=NEED)
    request_card(user=account("membre"), need=NEED)
    assert CardRequest.objects.get().supports.count() == 1


def test_twenty_requests_waiting_at_most(account):
    for number in range(20):
        request_card(user=account("membre"), need=f"besoin numéro {number}")
    with pytest.raises(TooManyRequests):
        request_card(user=account("membre"), need="un de plus")


@pytest.mark.parametrize(
    ("need", "details"),
    [("", ""), ("abc", ""), ("x" * 200, ""), ("Aider Mme Diallo", ""), (NEED, "Son numéro : 06 12 34 56 78")],
)
def test_a_bad_request_is_refused_beside_its_field_and_nothing_is_lost(signed_in, need, details):
    answer = signed_in("membre").post(ADD, {"need": need, "details": details})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'aria-invalid="true"' in html
    assert details in html
    assert not CardRequest.objects.exists()


def test_those_who_asked_are_told_of_the_page_that_answers(account):
    asked, _new = request_card(user=account("membre"), need=NEED)
    support_request(request=asked, user=account("partenaire"))
    page = CardFactory()
    answer_request(request=asked, page=page, answer="Voyez les adaptations.", by=account("edition"))
    sent = mails_sent()
    assert set(sent) == {"membre@example.org", "partenaire@example.org"}
    assert page.get_url() in sent["membre@example.org"].body
    with pytest.raises(AlreadyDecided):
        decline_request(request=asked, answer="Non", by=account("edition"))
    with pytest.raises(AlreadyDecided):
        support_request(request=asked, user=account("animation"))


def test_a_page_that_the_person_may_not_read_is_not_told(account, signed_in):
    asked, _new = request_card(user=account("membre"), need=NEED)
    page = CardFactory()
    answer_request(request=asked, page=page, answer="", by=account("edition"))
    page.unpublish()
    assert mails_sent() == {}
    assert page.title not in signed_in("membre").get(LIST).content.decode()


def test_a_refusal_says_why(account):
    asked, _new = request_card(user=account("membre"), need=NEED)
    decline_request(request=asked, answer="Le réseau Exemple Démo a déjà un guide.", by=account("edition"))
    assert "a déjà un guide" in mails_sent()["membre@example.org"].body


ADMIN = "/admin/fiches-demandees/"


def test_an_editor_sees_the_requests_with_their_voices_and_answers(signed_in, account):
    asked, _new = request_card(user=account("membre"), need=NEED)
    editor = signed_in("edition")
    assert NEED in editor.get(ADMIN).content.decode()
    edit = f"{ADMIN}edit/{asked.pk}/"
    assert NEED in editor.get(edit).content.decode()
    page = CardFactory()
    editor.post(edit, {"state": "answered", "answer_page": page.pk, "answer": "Voici."})
    asked.refresh_from_db()
    assert (asked.state, asked.answer_page_id, asked.decided_by) == ("answered", page.pk, account("edition"))
    assert set(mails_sent()) == {"membre@example.org"}
    editor.post(edit, {"state": "declined", "answer": "Trop tard."})
    asked.refresh_from_db()
    assert asked.state == "answered"


def test_an_answer_needs_its_page_and_a_refusal_its_reason(signed_in, account):
    asked, _new = request_card(user=account("membre"), need=NEED)
    edit = f"{ADMIN}edit/{asked.pk}/"
    for data in ({"state": "answered", "answer": "?"}, {"state": "declined", "answer": ""}):
        signed_in("edition").post(edit, data)
        asked.refresh_from_db()
        assert asked.state == "open"


@pytest.mark.parametrize("role", ["membre", "partenaire", "animation"])
def test_the_editors_list_is_closed_to_others(signed_in, role):
    assert signed_in(role).get(ADMIN).status_code == 302
