"""From the mail that tells of something to the answer that is published, as a person's own program writes it."""

import email.policy
import uuid
from email.message import EmailMessage
from html import escape

import pytest
from django.contrib.contenttypes.models import ContentType

from exchange_groups.models import ExchangeGroup, Topic
from exchange_groups.services.topics import open_topic
from kb_site.notifications.models import Cadence, CadenceChoice, HeldReply
from kb_site.notifications.services import follow
from practices.comments.models import Comment
from tests.notifications.test_replies import hand_over, mail_server  # noqa: F401

pytestmark = pytest.mark.django_db
SIGNATURE = ["Karim Démo", "Conseiller en insertion", "Les Jardins du Canal", "06 12 34 56 78"]


@pytest.fixture
def group(account):
    """A group of « animation », Karim and « membre », who are told at once of all that is said there."""
    group = ExchangeGroup.objects.get(topics__title="Des casques pour la salle relais")
    for name in ("karim", "membre", "animation"):
        person = account(name)
        follow(user=person, obj=group)
        for kind in ("topic_opened", "topic_answer"):
            CadenceChoice.objects.create(user=person, kind=kind, cadence=Cadence.AT_ONCE)
    return group


@pytest.fixture
def opened(group, account, deliver):
    def open_(author, masked=False):
        deliver()
        return open_topic(
            group=group,
            author=account(author),
            type="question",
            title="Un café debout ?",
            body="Comment faites-vous chez vous ?",
            submission_key=uuid.uuid4(),
            masked=masked,
        )

    return open_


def from_outlook_on_a_phone(words, told):
    """Return the answer that Outlook for iOS makes to a mail: its signature, its own line, the headers, the whole mail below."""
    answer = EmailMessage(policy=email.policy.SMTP)
    answer["From"] = f"Karim Démo <{told.to[0]}>"
    answer["To"] = told.reply_to[0]
    answer["Subject"] = f"Re: {told.subject}"
    answer["Message-ID"] = f"<{uuid.uuid4()}@exemple.fr>"
    signature = "<br>".join(map(escape, SIGNATURE))
    quoted = next(content for content, _kind in told.alternatives)
    answer.set_content(
        "\n".join([words, "", *SIGNATURE, "", "Envoyé à partir de Outlook pour iOS", "_" * 32, told.body])
    )
    answer.add_alternative(
        f'<html><body><div dir="ltr">{escape(words)}</div><div><br></div><div id="ms-outlook-mobile-signature"><div>{signature}</div>'
        'Envoyé à partir de <a href="https://aka.ms/o0ukef">Outlook pour iOS</a></div><div id="mail-editor-reference-message-container">'
        f"<hr><b>De :</b> Passe-relais &lt;ne-pas-repondre@exemple.fr&gt;<br><b>Envoyé :</b> lundi 7 décembre 2026 08:05<br>{quoted}</div></body></html>",
        subtype="html",
    )
    return answer


def told_to(person, messages):
    (message,) = [one for one in messages if one.to == [f"{person}@example.org"]]
    return message


def said_in(topic):
    topic_type = ContentType.objects.get_for_model(Topic)
    return list(
        Comment.objects.filter(content_type=topic_type, object_pk=str(topic.pk))
        .order_by("pk")
        .values_list("comment", "user__email", "masked")
    )


def test_a_topic_is_answered_from_outlook_on_a_phone_and_so_is_each_message_that_follows(opened, deliver):
    topic = opened("animation")
    first = told_to("karim", deliver())
    assert hand_over(from_outlook_on_a_phone("Chez nous, debout autour de l’établi.", first)).json() == {
        "outcome": "written"
    }
    second = told_to("animation", deliver())
    assert hand_over(from_outlook_on_a_phone("Et à quelle heure ?", second)).json() == {"outcome": "written"}
    third = told_to("karim", deliver())
    assert hand_over(from_outlook_on_a_phone("À dix heures, vingt minutes.", third)).json() == {"outcome": "written"}
    fourth = told_to("animation", deliver())
    assert hand_over(from_outlook_on_a_phone("Merci !", fourth)).json() == {"outcome": "written"}
    assert said_in(topic) == [
        ("Chez nous, debout autour de l’établi.", "karim@example.org", False),
        ("Et à quelle heure ?", "animation@example.org", False),
        ("À dix heures, vingt minutes.", "karim@example.org", False),
        ("Merci !", "animation@example.org", False),
    ]


def test_a_masked_author_answers_by_mail_and_is_named_nowhere(opened, deliver):
    topic = opened("karim", masked=True)
    hand_over(from_outlook_on_a_phone("Debout.", told_to("membre", deliver())))
    assert hand_over(from_outlook_on_a_phone("Merci, j’essaie lundi.", told_to("karim", deliver()))).json() == {
        "outcome": "held"
    }
    asked = told_to("karim", deliver())
    assert "Merci, j’essaie lundi." in asked.body
    held = HeldReply.objects.get()
    assert not any(word in held.text for word in ("Karim", "Démo", "Jardins", "06 12"))
    assert [words for words, _who, _masked in said_in(topic)] == ["Debout."]


def test_an_absence_reply_publishes_nothing_and_nobody_is_written_to(opened, deliver):
    topic = opened("animation")
    told = told_to("karim", deliver())
    for headers in ({"Auto-Submitted": "auto-replied"}, {}):
        away = EmailMessage()
        away["From"], away["To"] = "Karim Démo <karim@example.org>", told.reply_to[0]
        away["Subject"] = f"Réponse automatique : {told.subject}"
        away["Message-ID"] = f"<{uuid.uuid4()}@exemple.fr>"
        for name, value in headers.items():
            away[name] = value
        away.set_content(
            "Bonjour,\n\nJe suis absent jusqu’au 14 décembre. En cas d’urgence, voyez l’accueil.\n\nKarim Démo"
        )
        assert hand_over(away).json() == {"outcome": "ignored"}
    desk = EmailMessage()
    desk["From"], desk["To"], desk["Subject"] = "Accueil <accueil@example.net>", told.reply_to[0], f"Re: {told.subject}"
    desk.set_content("Votre demande n° 4512 a bien été enregistrée.")
    assert hand_over(desk).json() == {"outcome": "ignored"}, "a shared box is told nothing, it would answer"
    assert said_in(topic) == []
    assert deliver() == []
