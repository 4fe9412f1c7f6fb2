"""A reply by mail of somebody whose name is masked waits for their agreement: their signature would name them."""

import datetime
import re
import uuid
from textwrap import indent

import pytest
from django.test import Client
from django.utils import timezone

from exchange_groups.models import Membership, Topic
from kb_site.notifications import digests
from kb_site.notifications.models import HeldReply, IncomingMail
from practices.comments.models import BlockedWord, Comment
from practices.comments.services import post_comment
from tests.notifications.test_replies import hand_over, mail_server  # noqa: F401

pytestmark = pytest.mark.django_db
WORDS = "Merci, j’en prends deux pour la salle du fond."
SIGNATURE = "Karim Démo\nLes Jardins du Canal"


@pytest.fixture
def topic(account):
    """A topic of the group of the CIP whose author, Karim, is masked."""
    topic = Topic.objects.select_related("group").get(title="Des casques pour la salle relais")
    topic.author, topic.masked = account("karim"), True
    topic.save()
    return topic


@pytest.fixture
def reply(topic, account):
    """Return what the site answers to Karim's mail, in answer to what « edition » wrote to him."""
    from email.message import EmailMessage

    from kb_site.mailing.tokens import reply_address

    said = post_comment(
        target=topic, author=account("edition"), text="J’en ai six en trop.", submission_key=uuid.uuid4()
    )

    def send(text=f"{WORDS}\n\n{SIGNATURE}", photo=b""):
        message = EmailMessage()
        message["From"] = "Karim <karim@example.org>"
        message["To"] = reply_address(person=account("karim").pk, handler="comment", about=said.pk)
        message["Message-ID"] = "<1@exemple.fr>"
        message.set_content(text)
        if photo:
            message.add_attachment(photo, maintype="image", subtype="jpeg", filename="photo.jpg")
        return hand_over(message).json()["outcome"]

    return send


@pytest.fixture
def asked(reply, deliver):
    """Return the mail that asks for the agreement, once the reply came."""
    deliver()
    assert reply() == "held"
    (message,) = deliver()
    return message


def test_the_mail_that_asks_for_the_agreement_tells_of_the_files_too(reply, deliver):
    deliver()
    assert reply(photo=b"x" * 300_000) == "held"
    (message,) = deliver()
    assert "1 fichier joint n’a pas été pris" in message.body


def link_in(message) -> str:
    (address,) = re.findall(r"https?://[^/\s]+(/courriels/confirmer/\S+)", message.body)
    return address


def published() -> list[tuple[str, bool]]:
    return list(Comment.objects.filter(user__email="karim@example.org", comment=WORDS).values_list("comment", "masked"))


def test_nothing_is_published_and_the_author_is_shown_exactly_what_would_be(asked):
    assert published() == []
    assert asked.to == ["karim@example.org"]
    assert indent(WORDS, "    ") in asked.body
    assert "votre nom est masqué" in asked.body
    assert "Votre signature : Karim Démo" in asked.body, "what was cut, and why"


def test_the_same_mail_twice_is_held_once_and_asked_once(asked, reply, deliver):
    assert reply() == "held"
    assert deliver() == []
    assert HeldReply.objects.count() == 1


def test_reading_the_page_publishes_nothing(asked):
    page = Client().get(link_in(asked))
    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert published() == []


def test_one_button_publishes_it_as_it_was_shown_and_masked(asked):
    page = Client().post(link_in(asked))
    assert page.status_code == 200
    assert published() == [(WORDS, True)]
    assert HeldReply.objects.get().text == "", "the words are kept in one place"


def test_the_author_takes_the_masked_version_then_publishes_it(reply, deliver):
    deliver()
    reply("Merci, Mme Diallo en prend deux, Karim aussi.")
    link = link_in(deliver()[0])
    assert 'name="masquer"' in Client().get(link).content.decode()
    page = Client().post(link, {"text": "Merci, Mme Diallo en prend deux, Karim aussi.", "masquer": "1"})
    words = "Merci, Mme [nom] en prend deux, [nom] aussi."
    assert (page.status_code, page.context["form"]["text"].value()) == (200, words)
    assert not HeldReply.objects.get().published_at
    assert 'name="masquer"' not in page.content.decode()
    Client().post(link, {"text": words})
    assert Comment.objects.get(user__email="karim@example.org", comment=words).masked


def test_the_button_works_once(asked):
    Client().post(link_in(asked))
    Comment.objects.filter(comment=WORDS).delete()
    page = Client().post(link_in(asked))
    assert page.status_code == 200
    assert "déjà publiée" in page.content.decode()
    assert published() == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_link_expires(asked, method):
    HeldReply.objects.update(held_at=timezone.now() - datetime.timedelta(days=8))
    page = getattr(Client(), method)(link_in(asked))
    assert page.status_code == 410
    assert WORDS not in page.content.decode()
    assert published() == []


def leave(topic, account):
    Membership.objects.filter(group=topic.group, user=account("karim")).update(left_at=timezone.now())


def close(topic, account):
    Topic.objects.filter(pk=topic.pk).update(state="closed")


def lose_approval(topic, account):
    karim = account("karim")
    type(karim).objects.filter(pk=karim.pk).update(status="refused")


def show_name(topic, account):
    Topic.objects.filter(pk=topic.pk).update(masked=False)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (leave, "n’est plus ouverte"),
        (close, "Ce sujet est clos"),
        (lose_approval, "ne permet pas d’écrire"),
        (show_name, "ne serait plus masqué"),
    ],
)
def test_the_rights_are_those_of_the_moment_when_the_button_is_pressed(asked, topic, account, change, why):
    change(topic, account)
    page = Client().post(link_in(asked))
    assert page.status_code == 409
    html = page.content.decode()
    assert why in html
    assert WORDS in html, "the words are given back"
    assert topic.title not in html
    assert published() == []


def test_a_made_up_link_opens_nothing(asked):
    assert Client().post("/courriels/confirmer/1:faux/").status_code == 404
    assert published() == []


def test_a_reply_that_would_be_refused_anyway_is_refused_at_once(reply, topic):
    Topic.objects.filter(pk=topic.pk).update(state="closed")
    assert reply() == "refused"
    assert not HeldReply.objects.exists()


def test_other_members_are_not_asked(topic, reply):
    Topic.objects.filter(pk=topic.pk).update(masked=False)
    assert reply() == "written"
    assert published() == [(WORDS, False)]


def test_what_waited_for_too_long_is_forgotten(asked):
    digests.forget_old(now=timezone.now() + datetime.timedelta(days=8))
    assert not HeldReply.objects.exists()
    assert IncomingMail.objects.get().outcome == "held"


# What the words themselves break: kept as a draft, told, changed, published.


@pytest.fixture
def named(topic):
    """The same topic, whose author shows their name."""
    Topic.objects.filter(pk=topic.pk).update(masked=False)


LONG = "Nous avons essayé le mardi. " * 250


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Appelez Mme Traoré au 06 12 34 56 78.", "Mme Traoré"),
        (LONG, "3000 au plus. Raccourcissez-le."),
        ("Encore un cas social, dit-on.", "« cas social » ne peut pas être publié ici. Dites « une personne »."),
    ],
    ids=["guard", "length", "blocked word"],
)
@pytest.mark.usefixtures("named")
def test_words_that_break_a_rule_are_kept_told_and_published_once_changed(reply, deliver, words, why):
    BlockedWord.objects.create(word="cas social", advice="Dites « une personne ».")
    deliver()
    assert reply(words) == "held"
    assert HeldReply.objects.get().text == words.strip()
    (message,) = deliver()
    assert why in " ".join(message.body.split())
    assert published() == []
    page = Client().post(link_in(message), {"text": WORDS})
    assert page.status_code == 200
    assert published() == [(WORDS, False)]


@pytest.mark.usefixtures("named")
def test_agreeing_settles_what_the_guard_points_at_and_neither_length_nor_a_blocked_word(reply, deliver):
    BlockedWord.objects.create(word="cas social")
    deliver()
    assert reply("Encore un cas social au 06 12 34 56 78.") == "held"
    (message,) = deliver()
    page = Client().post(link_in(message))
    assert page.status_code == 422
    assert "ne peut pas être publié ici" in page.content.decode()
    again = Client().post(link_in(message), {"text": "Joignable au 06 12 34 56 78."})
    assert again.status_code == 422, "the guard had not been told of yet"
    assert "numéro de téléphone" in again.content.decode()
    assert Client().post(link_in(message), {"text": "Joignable au 06 12 34 56 78."}).status_code == 200


@pytest.mark.usefixtures("named")
def test_a_reply_that_comes_too_fast_waits_and_is_published_later(reply, deliver, settings, topic, account):
    settings.COMMENT_PACE = (1, 10)
    topic.refresh_from_db()
    post_comment(target=topic, author=account("karim"), text="Une autre", submission_key=uuid.uuid4())
    deliver()
    assert reply() == "held"
    (message,) = deliver()
    assert "beaucoup de messages à la suite" in message.body
    assert Client().post(link_in(message)).status_code == 422
    settings.COMMENT_PACE = (10, 10)
    assert Client().post(link_in(message)).status_code == 200
    assert published() == [(WORDS, False)]
