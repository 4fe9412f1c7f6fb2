"""A permanent staff member on a phone: searches, reads a card, signs in, asks a question under it."""

import pytest
from django.core import mail

QUESTION = "Et pour ceux qui n’ont pas de forfait ?"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_search_to_a_question_under_a_card(open_page, javascript):
    page = open_page("/", javascript=javascript)
    page.get_by_label("Que cherchez-vous ?").fill("café zoom isolement")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Le café visio du jeudi").click()
    assert page.locator("h1").inner_text() == "Le café visio du jeudi"

    page.locator("#commentaires").get_by_role("link", name="Connectez-vous").click()
    page.get_by_role("button", name="membre@example.org").click()
    assert "/cafe-visio-du-jeudi/" in page.url

    page.get_by_label("Votre question ou votre commentaire").fill(QUESTION)
    page.get_by_role("button", name="Publier").click()
    assert page.get_by_text(QUESTION).is_visible()
    page.reload()
    assert page.get_by_text(QUESTION).count() == 1


def test_a_person_signs_in_with_the_code_received_by_mail(open_page):
    page = open_page("/compte/connexion/code/")
    page.get_by_label("Adresse e-mail").fill("membre@example.org")
    page.get_by_role("button", name="Recevoir mon code").click()
    code = mail.outbox[-1].body.split()
    digits = next(word for word in code if word.isdigit() and len(word) == 6)
    page.get_by_label("Code reçu par e-mail").fill(digits)
    page.get_by_role("button", name="Se connecter").click()
    assert page.get_by_role("link", name="Moi", exact=True).is_visible()


def test_a_question_that_did_not_leave_is_still_on_the_device(open_page):
    page = open_page("/pratiques/chantiers-idf/cafe-visio-du-jeudi/", role="membre")
    box = page.get_by_label("Votre question ou votre commentaire")
    box.fill(QUESTION)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Publier").click(no_wait_after=True)
    page.context.set_offline(False)
    page.goto("/pratiques/chantiers-idf/cafe-visio-du-jeudi/")
    assert box.input_value() == QUESTION
    page.get_by_role("button", name="Publier").click()
    page.locator(".comment", has_text=QUESTION).wait_for()
    page.goto("/pratiques/chantiers-idf/cafe-visio-du-jeudi/")
    assert box.input_value() == ""
