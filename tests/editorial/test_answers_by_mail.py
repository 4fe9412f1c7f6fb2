"""The mails of a review are answered from one's mailbox: the words reach its conversation, and whoever wrote is told."""

import uuid
from email.message import EmailMessage

import pytest
from wagtail.models import Comment as Remark

from kb_site.mailing.send import render
from kb_site.mails import MAILS
from kb_site.notifications.models import HeldReply, IncomingMail
from practices.editorial.services.desk import remark
from practices.editorial.services.review import ask_author, stop_review
from tests.notifications.test_replies import hand_over, mail_server  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer():
    """Answer one of our mails as its reader would; return the outcome."""

    def write(name, to, text, sender=None, **ids):
        mail = MAILS[name](to=to, **ids)
        message = EmailMessage()
        message["From"], message["To"] = (sender or to).email, render(mail, to, key=name).reply_to[0]
        message["Subject"], message["Message-ID"] = "Re:", f"<{uuid.uuid4()}@exemple.fr>"
        message.set_content(text)
        return hand_over(message).json()["outcome"]

    return write


def test_the_author_answers_a_question(proposed, account, answer, queued):
    asked = ask_author(card=proposed, by=account("edition"), text="Combien de personnes ?")
    assert answer("question_to_author", account("membre"), "Douze, en deux groupes.", question=asked.pk) == "written"
    asked.refresh_from_db()
    assert asked.answer == "Douze, en deux groupes."
    assert queued("question_answered") == [account("edition").pk]
    assert answer("question_answered", account("edition"), "Merci, je le note.", question=asked.pk) == "written"
    assert Remark.objects.get(page=proposed.pk).text == "Merci, je le note."


def test_the_author_answers_a_decision_and_the_editor_is_told(proposed, account, decide, answer, queued):
    decide("edition", proposed, "reject", comment="Dites combien de temps il faut.")
    state = proposed.current_workflow_state.task_states.filter(status="rejected").get()
    assert answer("card_to_correct", account("membre"), "Une demi-heure.", task_state=state.pk) == "written"
    said = Remark.objects.get(page=proposed.pk)
    assert (said.text, said.user) == ("Une demi-heure.", account("membre"))
    assert queued("review_remark") == [account("edition").pk]
    assert answer("review_remark", account("edition"), "Par semaine ?", remark=said.pk) == "written"
    assert queued("question_to_author") == [account("membre").pk]


def test_the_author_answers_a_refusal(proposed, account, answer):
    stop_review(card=proposed, by=account("edition"), reason="Pas pour notre réseau.", final=True)
    stopped = proposed.stopped_reviews.get()
    assert answer("review_stopped", account("membre"), "À qui la proposer ?", stopped=stopped.pk) == "written"
    stopped.refresh_from_db()
    assert stopped.answer == "À qui la proposer ?"


def test_reviewers_answer_a_remark_beside_the_same_part(proposed, account, answer):
    said = remark(card=proposed, by=account("admin"), field="steps", text="Et le soir ?", tell=account("edition"))
    assert answer("review_remark", account("edition"), "Le soir aussi.", remark=said.pk) == "written"
    assert Remark.objects.exclude(pk=said.pk).get(page=proposed.pk).contentpath == "steps"


def test_what_names_somebody_is_held_and_who_reviews_no_more_is_refused(proposed, account, answer):
    asked = ask_author(card=proposed, by=account("edition"), text="Qui l’a essayé ?")
    assert answer("question_to_author", account("membre"), "Mme Diallo, lundi.", question=asked.pk) == "held"
    assert HeldReply.objects.get().text == "Mme Diallo, lundi."
    said = remark(card=proposed, by=account("admin"), field="steps", text="Et le soir ?", tell=account("edition"))
    mail = MAILS["review_remark"](to=account("edition"), remark=said.pk)
    editor = account("edition")
    address = render(mail, editor, key="r").reply_to[0]
    editor.groups.clear()
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = editor.email, address, "<9@exemple.fr>"
    message.set_content("Le soir aussi.")
    assert hand_over(message).json() == {"outcome": "refused"}
    assert IncomingMail.objects.latest("pk").reason == "Vous ne relisez plus cette fiche."
