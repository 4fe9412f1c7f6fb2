"""Several people write at the same instant: order and counts are exact, and what was tightened stays so."""

import threading
import uuid

import pytest
from django.db import connection, transaction
from django.urls import reverse

from exchange_groups.models import ExchangeGroup, Reaction, Topic
from exchange_groups.services.decisions import change_confidentiality
from exchange_groups.services.reactions import react
from practices.comments.models import Comment
from practices.comments.services import post_comment
from tests.exchange_groups.test_ratchet import posted
from tests.factories import GroupFactory, UserFactory, facilitator_of, member_of, topic_in

PEOPLE = 20


@pytest.fixture
def crowd(committed_site):
    group = GroupFactory()
    people = [member_of(group, UserFactory(first_name=f"Foule{n}")) for n in range(PEOPLE)]
    return topic_in(group, people[0]), people


def together(act, people):
    errors, start = [], threading.Barrier(len(people))

    def run(person):
        try:
            start.wait(30)
            act(person)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


def test_twenty_replies_to_one_reply_keep_their_order_and_their_count(crowd):
    topic, people = crowd
    root = post_comment(target=topic, author=people[0], text="Racine", submission_key=uuid.uuid4())

    def reply(person):
        post_comment(target=topic, author=person, text=person.first_name, submission_key=uuid.uuid4(), parent=root)

    assert together(reply, people) == []
    thread = Comment.objects.filter(thread_id=root.pk).order_by("order")
    assert [comment.order for comment in thread] == list(range(1, PEOPLE + 2))
    assert {comment.level for comment in thread} == {0, 1}
    assert {comment.comment for comment in thread} == {"Racine", *(person.first_name for person in people)}
    topic = Topic.objects.get(pk=topic.pk)
    assert (topic.reply_count, topic.answer_count) == (PEOPLE + 1, PEOPLE - 1)
    assert Comment.objects.get(pk=root.pk).nested_count == PEOPLE


def test_twenty_new_threads_at_once_are_counted(crowd):
    topic, people = crowd
    errors = together(
        lambda person: post_comment(target=topic, author=person, text="Moi", submission_key=uuid.uuid4()), people
    )
    assert errors == []
    assert Topic.objects.get(pk=topic.pk).reply_count == PEOPLE


def test_twenty_reactions_at_once_are_twenty(crowd):
    topic, people = crowd
    assert together(lambda person: react(topic=topic, user=person, kind="merci"), people) == []
    assert Reaction.objects.filter(topic=topic, kind="merci").count() == PEOPLE


@pytest.mark.parametrize("screen", ["edit", "copy"])
def test_a_form_read_while_a_group_is_tightened_does_not_open_it_again(signed_in, committed_site, screen):
    group = GroupFactory(confidentiality="membres", access="sur_demande")
    lead = facilitator_of(group)
    browser, answers = signed_in("coordination"), []
    address = reverse(f"wagtailsnippets_exchange_groups_exchangegroup:{screen}", args=[group.pk])

    def save():
        answers.append(browser.post(address, posted(group, rhythm="Le mardi")))
        connection.close()

    sender = threading.Thread(target=save)
    with transaction.atomic():
        change_confidentiality(group=group, confidentiality="entre_pairs", admits_institutions=False, by=lead)
        sender.start()
        while sender.is_alive() and not is_waited_for():
            sender.join(0.02)
    sender.join(60)
    page = answers[0].content.decode()
    assert "demande l’accord de ses membres" in page
    assert "Le mardi" in page, "nothing typed is lost"
    assert ExchangeGroup.objects.get(pk=group.pk).confidentiality == "entre_pairs"


def is_waited_for():
    """Whether somebody waits for what this transaction has changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks AS held JOIN pg_locks AS asked USING (transactionid)"
            " WHERE held.granted AND held.pid = pg_backend_pid() AND NOT asked.granted)"
        )
        return cursor.fetchone()[0]
