"""The mails that groups send about the person: a topic removed, a question moved."""

import uuid

import pytest

from exchange_groups.models import ExchangeGroup, Membership
from exchange_groups.services.cards import move_question
from exchange_groups.services.errors import ReasonMissing
from exchange_groups.services.moderation import decide_topic_report, report_topic
from kb_site.mailing import send
from kb_site.mailing.models import Delivery
from practices.comments.models import Report
from practices.comments.services import post_comment
from practices.models import PracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving(mailoutbox):
    """Send what was queued under this name, twice each; return what left."""

    def run(name):
        before = len(mailoutbox)
        for delivery in Delivery.objects.filter(mail=name):
            send.send(delivery.pk)
            send.send(delivery.pk)
        return mailoutbox[before:]

    return run


def removed(topic, account, reason):
    report_topic(topic=topic, reporter=account("karim"), reason=Report.Reason.NOMINATIF)
    decide_topic_report(topic=topic, outcome=Report.Outcome.REMOVED, by=account("animation"), reason=reason)


def test_who_wrote_a_removed_topic_reads_why(topic, account, leaving):
    removed(topic, account, "On y reconnaît une salariée.")
    (mail,) = leaving("topic_removed")
    assert mail.to == [topic.author.email]
    assert mail.subject == f"Votre sujet « {topic.title} » a été retiré"
    assert "On y reconnaît une salariée." in mail.body
    assert topic.body not in mail.body


def test_a_topic_is_not_removed_without_a_reason(topic, account):
    with pytest.raises(ReasonMissing):
        removed(topic, account, "  ")


def test_a_facilitator_who_removes_their_own_topic_is_not_written_to(cip, ask, account, leaving):
    topic = ask(cip, account("animation"))
    removed(topic, account, "Posée deux fois.")
    assert leaving("topic_removed") == []


@pytest.fixture
def moved(account):
    """Move a question of « membre », asked under a card, into this group."""

    def move(group, **changes):
        ExchangeGroup.objects.filter(pk=group.pk).update(**changes)
        card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
        asked = post_comment(target=card, author=account("membre"), text="Et si ?", submission_key=uuid.uuid4())
        return move_question(comment=asked, to=group, title="Le lean coffee ailleurs", by=account("animation"))

    return move


def test_a_member_of_the_group_is_led_to_their_moved_question(cip, account, moved, leaving):
    topic = moved(cip)
    assert topic.is_visible_to(account("membre"))
    (mail,) = leaving("question_moved")
    assert topic.get_absolute_url() in mail.body
    assert "Lean coffee" in mail.body


def test_an_outsider_is_led_to_the_door_of_the_group(cip, account, moved, leaving):
    Membership.objects.filter(group=cip, user=account("membre")).delete()
    topic = moved(cip)
    (mail,) = leaving("question_moved")
    assert cip.get_absolute_url() in mail.body
    assert topic.get_absolute_url() not in mail.body


def test_who_may_not_know_of_the_group_learns_neither_its_name_nor_its_address(cip, account, moved, leaving):
    Membership.objects.filter(group=cip, user=account("membre")).delete()
    moved(cip, access="invitation", confidentiality="entre_pairs", admits_institutions=False)
    (mail,) = leaving("question_moved")
    whole = mail.subject + mail.body + mail.alternatives[0].content
    assert cip.name not in whole
    assert cip.slug not in whole
    assert "le-lean-coffee-ailleurs" not in whole
