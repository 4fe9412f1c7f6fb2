"""What any door publishes obeys the rulebook: the same refusal in the same words, and nothing typed is lost."""

import html
import json
import uuid

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange_groups.live.services.running import start_session
from exchange_groups.models import Topic, TopicPoll
from exchange_groups.services.topics import open_topic
from exchange_groups.sessions.models import Note, Session
from kb_site.accounts.models import Network, User
from kb_site.control_characters import as_read
from practices.comments.models import BlockedWord, Comment
from practices.comments.rulebook import check_text, pointed_at
from practices.editorial.models.proposals import Proposal
from practices.experiences.models import Experience
from practices.models import PracticePage
from tests.live.conftest import make_session

pytestmark = pytest.mark.django_db
SESSION = "Une séance tenue"
ASKED_ON = "Quel jour ?"  # the topics that a poll needs, opened for it
BLOCKED, ADVICE = "cas social", "Dites « une personne accompagnée »."
REFUSAL = f"« {BLOCKED} » ne peut pas être publié ici. {ADVICE}"


def a_card():
    return PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")


def a_topic():
    return Topic.objects.get(title="Des casques pour la salle relais")


def comment(text):
    return reverse("comment_add", args=[a_card().pk]), {"text": text, "submission_key": uuid.uuid4()}


def reply(text):
    address = reverse("comment_add", args=["sujet", a_topic().pk])
    return address, {"text": text, "submission_key": uuid.uuid4()}


def topic(text):
    fields = {"type": "question", "title": "Qui prête un vidéoprojecteur ?", "body": text}
    return f"/groupes/{a_topic().group.slug}/sujets/nouveau/", fields | {
        "submission_key": uuid.uuid4(),
        "do": "publier",
    }


def experience(text):
    fields = {"outcome": "reussi", "tried_on": "2026-11-02", "visibility": "public", "worked": text}
    return f"/experiences/fiche/{a_card().pk}/raconter/", fields | {"submission_key": uuid.uuid4()}


def proposal(text):
    network = Network.objects.get(slug="chantiers-idf").pk
    fields = {
        "title": "Le répondeur du lundi",
        "challenges": ["isolement"],
        "steps": "Enregistrer\nEnvoyer",
        "limits": text,
    }
    return "/proposer/", fields | {"network": network, "submission_key": uuid.uuid4(), "action": "send"}


def note(text):
    session = Session.objects.filter(title=SESSION).first()
    if session is None:
        session = make_session(title=SESSION)
        start_session(session=session)
    return reverse("live_follow", args=[session.pk, session.slug]), {"do": "noter", "kind": "note", "text": text}


def poll(text):
    by = User.objects.get(email="membre@example.org")
    asked = open_topic(
        group=a_topic().group, author=by, type="question", title=ASKED_ON, body="Pour la prochaine fois."
    )
    choices = {"question": "Quel jour vous va ?", "choices": f"{text}\nun autre jour"}
    return reverse("topic_poll", args=[asked.group.slug, asked.pk, asked.slug]), choices


DOORS = [comment, reply, topic, experience, proposal, note, poll]


def published() -> list[str]:
    """Return all the words that these doors have put before readers."""
    cards = PracticePage.objects.filter(pk__in=Proposal.objects.values("card"))
    return [
        *Comment.objects.values_list("comment", flat=True),
        *Topic.objects.exclude(title=ASKED_ON).values_list("body", flat=True),
        *Experience.objects.values_list("worked", flat=True),
        *(card.get_latest_revision_as_object().limits for card in cards),
        *Note.objects.values_list("text", flat=True),
        *(choice for poll in TopicPoll.objects.all() for choice in poll.choices),
    ]


@pytest.fixture
def write(signed_in, settings):
    """Return what answers « membre » at a door."""
    settings.COMMENT_PACE = settings.TOPIC_PACE = (1000, 1)
    BlockedWord.objects.create(word=BLOCKED, advice=ADVICE)
    browser = signed_in("membre")

    def send(door, text):
        address, fields = door(text)
        return browser.post(address, fields)

    return send


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_door_takes_plain_words_and_refuses_a_blocked_one_in_the_same_words(write, door):
    words = "Encore des CAS SOCIAUX dit-on, ou un Cas Sociál"
    answer = write(door, words)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert REFUSAL in page
    assert words in page, "nothing typed is lost"
    assert words not in published()
    plain = "Nous sommes passés au mercredi matin."
    assert write(door, plain).status_code == 303
    assert plain in published()


def request(text):
    return "/recherche/demandes/nouvelle/", {"need": "Une fiche qui nous manque", "details": text}


NAMES = "Nous avons reçu Mme Diallo, 06 12 34 56 78, puis Mme\xa0Traoré."
MASKED = "Nous avons reçu Mme [nom], [téléphone], puis Mme\xa0[nom]."


@pytest.mark.parametrize("door", [comment, reply, topic, experience, proposal, request], ids=lambda door: door.__name__)
def test_a_door_gives_the_masked_version_in_one_tap_and_sends_nothing(write, signed_in, door):
    pointed = write(door, NAMES)
    assert pointed.status_code == 422
    page = html.unescape(pointed.content.decode())
    assert "Un nom de personne ?" in page
    assert 'name="masquer"' in page
    assert json.dumps(MASKED, ensure_ascii=False) in page, "a script needs no network"
    address, fields = door(NAMES)
    masked = signed_in("membre").post(address, fields | {"masquer": "1"})
    page = html.unescape(masked.content.decode())
    assert (masked.status_code, "C’est masqué." in page, "Diallo" in page) == (422, True, False)
    assert MASKED in page
    assert MASKED not in published()
    assert write(door, MASKED).status_code == 303


TEXTS = st.lists(
    st.sampled_from(
        ["Nous", "le mercredi", "cas social", "CÁS\u200b SOCIAL", "cas\u00adsocial", "cas socials", "06 12 34 56 78", "d’accord",
         "\u202eturned", "Z\u0334\u0335\u0336\u0321\u0322algo", "\u3164", "e\u0301té", "👷\u200d♀️", "camille@example.org", "mot " * 900]
    ),
    min_size=3, max_size=6,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@settings(max_examples=8)
@given(text=TEXTS)
def test_what_a_door_publishes_obeys_the_rulebook(write, door, text):
    before = published()
    answer = write(door, text)
    assert answer.status_code in {303, 422}
    now = published()
    for words in before:
        now.remove(words)
    assert bool(now) == (answer.status_code == 303)
    for words in now:
        check_text(words, longest=6000, agreed=None)
        assert words == as_read(words)
        assert door is note or not pointed_at(words), "nothing that its author was not shown"
