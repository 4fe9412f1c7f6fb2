"""From a session to cards: an idea becomes a draft with its provenance; participants are asked what they tried."""

import uuid

import pytest

from exchange_groups.minutes.services.cards import ask_about_card, draw_card_of_line, tell_of_card
from exchange_groups.minutes.services.errors import AlreadyDrawn
from exchange_groups.models import Topic
from kb_site.notifications.models import Notification
from practices.editorial.models.proposals import Proposal
from practices.editorial.proposed_card import ProposedCard
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

IDEA = ProposedCard(
    title="L’appel à trois du lundi",
    challenges=("isolement",),
    steps=("Appeler.", "Écouter."),
    limits="Jamais pour une urgence.",
)


@pytest.fixture
def drawn(deliver, line, account):
    return draw_card_of_line(line=line("à trois"), by=account("animation"), idea=IDEA, submission_key=uuid.uuid4())


def live(card):
    PracticePage.objects.filter(pk=card.pk).update(live=True, url_path=card.url_path)
    return PracticePage.objects.get(pk=card.pk)


def test_an_idea_becomes_a_draft_that_names_neither_group_nor_people(signed_in, minutes, line):
    here = f"{minutes.get_absolute_url()}idees/{line('à trois').pk}/"
    browser = signed_in("karim")
    offered = browser.get(here).content.decode()
    assert "Trois structures appellent le lundi." in offered
    assert "Un forfait sans limite" in offered
    data = {
        "title": "L’appel à trois",
        "challenges": ["isolement"],
        "steps": "Appeler.\nÉcouter.",
        "limits": "Jamais pour une urgence.",
        "submission_key": str(uuid.uuid4()),
    }
    for _time in range(2):
        assert browser.post(here, data).status_code in (302, 303)
    proposal = Proposal.objects.get(card__title="L’appel à trois")
    assert proposal.origin == minutes.session
    assert minutes.session.group.name not in proposal.card.credits
    assert line("à trois").card == proposal.card


def test_one_card_is_drawn_from_an_idea(drawn, line, account):
    with pytest.raises(AlreadyDrawn):
        draw_card_of_line(line=line("à trois"), by=account("animation"), idea=IDEA, submission_key=uuid.uuid4())
    assert Proposal.objects.filter(card__title=IDEA.title).count() == 1


def test_provenance_is_shown_to_those_who_share_the_talk_alone(drawn, signed_in, minutes):
    here = live(drawn).url
    assert minutes.session.title in signed_in("membre").get(here).content.decode()
    for stranger in (None, "partenaire", "lucie", "coordination"):
        page = signed_in(stranger).get(here).content.decode()
        assert minutes.session.title not in page
        assert minutes.session.group.name not in page


def test_those_who_were_there_hear_of_the_publication_once(drawn, minutes, perform):
    from exchange_groups.minutes.services.review import send_for_review

    send_for_review(minutes=minutes, by=minutes.session.secretary)
    card = live(drawn)
    for _time in range(2):
        tell_of_card(card=card)
    perform("spread")
    told = Notification.objects.filter(kind="idea_published").values_list("recipient__email", flat=True)
    assert sorted(told) == ["animation@example.org", "karim@example.org", "membre@example.org"]


def test_participants_are_asked_once_what_they_tried(minutes, held, account, signed_in, deliver):
    card = PracticePage.objects.live().filter(experiences=None).first()
    topic = Topic.objects.filter(group=held.session.group).first()
    Topic.objects.filter(pk=topic.pk).update(quoted_page=card.pk)
    held.calls.topic = topic
    held.calls.save()
    minutes.state = "published"
    minutes.save()
    here = f"{minutes.get_absolute_url()}essais/"
    browser = signed_in("animation")
    assert card.title in browser.get(here).content.decode()
    for _time in range(2):
        assert browser.post(here, {"fiche": card.pk}).status_code == 303
    assert sorted(message.to[0] for message in deliver()) == ["karim@example.org", "membre@example.org"]
    assert ask_about_card(minutes=minutes, card=card, by=account("animation")) == 0
    assert browser.post(here, {"fiche": "999999"}).status_code == 404
    assert signed_in("membre").get(here).status_code == 404
