"""What brings people back to a topic: its summary, its question with choices, and who is asked when nobody answers."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from procrastinate.contrib.django.models import ProcrastinateJob

from exchange_groups.models import PollVote, TopicDraft, TopicPoll, TopicSummary
from exchange_groups.quotations import topics_about
from exchange_groups.services.conversation import WAITING_ON_MY_THEME, ask_around
from kb_site.accounts.models import Structure
from kb_site.accounts.told_apart import told_apart
from kb_site.notifications.models import Cadence, CadenceChoice
from practices.comments.services import edit_comment
from practices.models import PracticePage, Theme

from .conftest import browser_of

pytestmark = pytest.mark.django_db


def address(name, topic):
    return reverse(name, args=[topic.group.slug, topic.pk, topic.slug])


def page_of(topic, person):
    return browser_of(person).get(topic.get_absolute_url()).content.decode()


def test_a_facilitator_sums_a_topic_up_and_who_arrives_reads_it_first(topic, say, account):
    say(topic, account("karim"), "Le mardi nous va.")
    leads, reads = browser_of(account("animation")), account("membre")
    assert leads.post(address("topic_summary", topic), {"text": "Le mardi convient à tous."}).status_code == 303
    page = page_of(topic, reads)
    assert "Résumé de l’animation" in page
    assert page.index("Le mardi convient à tous.") < page.index("Le mardi nous va.")
    assert browser_of(reads).get(address("topic_summary", topic)).status_code == 404
    leads.post(address("topic_summary", topic), {"text": ""})
    assert not TopicSummary.objects.exists()


def test_a_summary_that_names_somebody_is_pointed_at(topic, account):
    answer = browser_of(account("animation")).post(address("topic_summary", topic), {"text": "M. Diallo ira mardi."})
    assert answer.status_code == 422
    assert "M. Diallo ira mardi." in answer.content.decode()


def test_a_question_is_answered_once_by_each_member_and_nobody_sees_who_chose_what(topic, account):
    author, other = browser_of(topic.author), browser_of(account("animation"))
    wrong = author.post(address("topic_poll", topic), {"question": "Quel jour vous va ?", "choices": "mardi"})
    assert wrong.status_code == 422
    author.post(address("topic_poll", topic), {"question": "Quel jour vous va ?", "choices": "mardi\njeudi\n\nmardi"})
    assert TopicPoll.objects.get().choices == ["mardi", "jeudi"]
    assert "Quel jour vous va ?" in page_of(topic, account("animation"))
    assert "Résultats" not in other.get(address("topic_poll", topic)).content.decode()
    for choice in ("0", "1", "7"):  # the last is none of them
        other.post(address("poll_vote", topic), {"choice": choice})
    assert list(PollVote.objects.values_list("user__email", "choice")) == [("animation@example.org", 1)]
    shown = author.get(address("topic_poll", topic)).content.decode()
    assert "1 personne a choisi" in shown
    assert account("animation").public_name not in shown.partition("<main")[2]
    author.post(address("poll_close", topic))
    author.post(address("poll_vote", topic), {"choice": "0"})
    assert PollVote.objects.count() == 1


@pytest.fixture
def waiting(cip, ask, account):
    """A question of Karim on a theme, two days old, that nobody answered."""
    theme = Theme.objects.first()
    topic = ask(cip, account("karim"), title="Qui prête une salle ?", themes=[theme])
    type(topic).objects.filter(pk=topic.pk).update(created_at=timezone.now() - datetime.timedelta(hours=49))
    earlier = ask(cip, account("membre"), title="La salle du bas", themes=[theme])
    return topic, earlier


def asked_about(topic):
    """Whom the jobs that wait would tell of this topic."""
    jobs = ProcrastinateJob.objects.filter(task_name__endswith=".spread", args__key=f"around:{topic.pk}")
    return [person for job in jobs for person in job.args["recipients"]]


def test_who_wrote_on_the_theme_and_said_so_is_asked_once(waiting, account):
    topic, _earlier = waiting
    ask_around(timezone.now())
    assert asked_about(topic) == []
    type(topic).objects.update(asked_around_at=None)
    for name in ("membre", "animation", "karim"):  # only the first wrote on it, and the last asks
        CadenceChoice.objects.create(user=account(name), kind=WAITING_ON_MY_THEME, cadence=Cadence.AT_ONCE)
    assert ask_around(timezone.now()) > 0
    assert ask_around(timezone.now()) == 0
    assert asked_about(topic) == [account("membre").pk]


def test_two_people_of_one_name_are_told_apart_by_their_structure(topic, say, account):
    one, other = account("membre"), account("animation")
    for person, structure in zip((one, other), Structure.objects.all(), strict=False):
        person.first_name, person.last_name, person.structure = "Inès", "Démo", structure
        person.save(update_fields=["first_name", "last_name", "structure"])
    named = dict(told_apart([one, other, account("karim")]))
    assert named[one] == f"Inès D. ({one.structure})"
    assert named[account("karim")] == "Karim D."
    browser = browser_of(account("karim"))
    proposed = browser.get(address("topic_people", topic), {"q": "ines"}).content.decode()
    assert {escape(named[one]), escape(named[other])} == set(re.findall(r'data-name="(.*?)"', proposed))
    for words, called in ((f"@{named[one]} qu’en dis-tu ?", {one}), ("@Inès D. ?", {one, other})):
        reply = say(topic, account("karim"), words)
        assert {mention.user for mention in reply.mentions.all()} == called


def test_a_reply_corrected_quotes_what_it_now_says(topic, say, account):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    reply = say(topic, account("karim"), "Voir plus bas.")
    edit_comment(comment=reply, author=account("karim"), text=f"Voir {card.url}")
    assert topics_about(card, account("membre")).filter(pk=topic.pk).exists()
    edit_comment(comment=reply, author=account("karim"), text="Finalement non.")
    assert not topics_about(card, account("membre")).filter(pk=topic.pk).exists()


def test_a_reply_reads_no_other_reply_for_what_it_quotes(topic, say, account):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    say(topic, account("karim"), f"Voir {card.url}")
    with CaptureQueriesContext(connection) as asked:
        say(topic, account("membre"), f"Oui, {card.url}")
    assert not [one["sql"] for one in asked if 'comment"::text LIKE' in one["sql"]]


def test_two_tabs_that_write_a_topic_do_not_overwrite_each_other(cip, account):
    browser = browser_of(account("karim"))
    address = reverse("topic_draft", args=[cip.slug])

    def kept(words, seen):
        return browser.post(address, {"type": "question", "title": "Une salle", "body": words, "draft_seen": seen})

    first = kept("Écrit dans le premier onglet", "")
    assert first.status_code == 204
    other = kept("Écrit dans le second onglet", "")
    assert (other.status_code, "Un autre onglet" in other.content.decode()) == (409, True)
    assert kept("Écrit dans le premier onglet, puis repris", first.headers["Draft-Saved-At"]).status_code == 204
    refused = browser.post(
        reverse("topic_new", args=[cip.slug]),
        {"title": "Une salle", "body": "Second", "draft_seen": "", "brouillon": "1"},
    )
    assert refused.status_code == 422
    assert "Second" in refused.content.decode()
    assert TopicDraft.objects.get(user=account("karim")).fields["body"] == "Écrit dans le premier onglet, puis repris"
