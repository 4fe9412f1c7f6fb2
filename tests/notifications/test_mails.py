"""Mails of notifications: grouped by cadence, with the rights of the moment, sent once, stopped in one click."""

import datetime
import re
import smtplib
import uuid

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from exchange_groups.models import Topic, TopicVisit
from kb_site.accounts.models import User
from kb_site.mailing import bounces, send
from kb_site.mailing import tasks as mailing_tasks
from kb_site.mailing.models import Delivery
from kb_site.mailing.tokens import read_reply_address, read_stop_token, stop_token
from kb_site.notifications import digests, services, tasks
from kb_site.notifications.models import Cadence, Follow, Notification
from practices.comments.models import Comment
from practices.comments.services import delete_comment, post_comment
from practices.models import PracticePage, Theme
from practices.notify import announce_card
from tests.factories import CardFactory

from .conftest import unread_count

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 11, 23)


@pytest.fixture
def card(db):
    return CardFactory(title="Le café visio du jeudi")


def comment_on(card, author, text="Nous l’avons essayé à quatre.", parent=None):
    return post_comment(target=card, author=author, text=text, submission_key=uuid.uuid4(), parent=parent)


@pytest.fixture
def reply(account, card, deliver):
    """Karim asked, Awa answers: Karim is told at once."""
    question = comment_on(card, account("karim"), "Comment faire sans wifi ?")
    deliver()
    return comment_on(card, account("membre"), parent=question)


# At once


def test_a_reply_is_told_at_once_with_its_words_and_a_way_to_stop(reply, deliver):
    (message,) = deliver()
    assert message.to == ["karim@example.org"]
    assert message.subject == "Awa D. vous a répondu sous « Le café visio du jeudi »"
    assert "Nous l’avons essayé à quatre." in message.body
    assert f"/commentaires/{reply.pk}/" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    ((html, _kind),) = message.alternatives
    assert "<img" not in html
    assert "prefers-color-scheme" in html


def test_what_happens_within_a_minute_makes_one_mail(account, card, reply, deliver):
    comment_on(card, account("membre"), "Et par SMS.", parent=Comment.objects.get(pk=reply.parent_id))
    (message,) = deliver()
    assert message.subject.startswith("2 nouvelles")
    assert "Et par SMS." in message.body


def test_a_withdrawn_comment_is_not_mailed(account, reply, deliver):
    delete_comment(comment=reply, author=account("membre"))
    assert deliver() == []
    assert Delivery.objects.get().state == Delivery.State.SKIPPED


def test_a_person_who_lost_the_right_before_the_mail_leaves_receives_nothing(reply, perform, mailoutbox):
    perform("spread")
    perform("gather")
    User.objects.filter(email="karim@example.org").update(status=User.Status.REFUSED)
    perform("send_mail")
    assert mailoutbox == []


def test_a_card_withdrawn_before_the_mail_leaves_sends_nothing(card, reply, perform, mailoutbox):
    perform("spread")
    PracticePage.objects.filter(pk=card.pk).update(live=False)
    perform("gather")
    perform("send_mail")
    assert mailoutbox == []


def test_what_was_read_on_the_site_is_not_mailed(account, reply, perform, mailoutbox):
    perform("spread")
    services.mark_read(user=account("karim"))
    perform("gather")
    perform("send_mail")
    assert mailoutbox == []


# Once


def test_every_job_run_twice_sends_each_mail_once(reply, deliver):
    assert len(deliver(times=2)) == 1


def test_a_mail_refused_by_the_server_leaves_at_the_next_try(reply, perform, mailoutbox, monkeypatch):
    perform("spread")
    perform("gather")
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(send.MailRefused):
            perform("send_mail")
    assert Delivery.objects.get().state == Delivery.State.READY
    send.send(Delivery.objects.get().pk)
    assert len(mailoutbox) == 1


def refuse(*args):
    raise smtplib.SMTPDataError(451, b"try later")


def test_a_line_cut_while_the_server_takes_the_mail_never_sends_it_twice(reply, perform, mailoutbox, monkeypatch):
    perform("spread")
    perform("gather")
    take = EmailBackend.send_messages

    def take_and_die(self, messages):
        take(self, messages)
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", take_and_die)
    perform("send_mail", times=2)
    assert Delivery.objects.get().state == Delivery.State.UNCERTAIN
    assert len(mailoutbox) == 1


def test_a_process_killed_while_handing_over_leaves_an_uncertain_mail(reply, perform, mailoutbox):
    perform("spread")
    perform("gather")
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Delivery.objects.update(state=Delivery.State.SENDING, handed_at=yesterday)
    mailing_tasks.take_up_deliveries(timestamp=0)
    perform("send_mail")
    assert Delivery.objects.get().state == Delivery.State.UNCERTAIN
    assert mailoutbox == []


def test_a_mail_whose_job_was_lost_is_taken_up(reply, perform, mailoutbox):
    perform("spread")
    digests.gather(person=Notification.objects.get(kind="comment_reply").recipient_id, cadence=Cadence.AT_ONCE)
    Delivery.objects.update(created_at=timezone.now() - datetime.timedelta(hours=3))
    mailing_tasks.take_up_deliveries(timestamp=0)
    perform("send_mail", times=2)
    assert len(mailoutbox) == 1


def test_the_same_key_queues_one_mail(account, perform, mailoutbox):
    for _time in range(2):
        mailing_tasks.defer_mail("account_approved", to=account("membre"), key="once")
    perform("send_mail")
    assert len(mailoutbox) == 1


# Daily


def test_the_mail_of_the_day_gathers_what_waits(account, card, perform, deliver, mailoutbox):
    services.follow(user=account("karim"), obj=card)
    comment_on(card, account("membre"), "Un premier essai.")
    comment_on(card, account("lucie"), "Un second.")
    assert deliver() == [], "nothing before the morning"
    tasks.mails_of_the_day(timestamp=0)
    tasks.mails_of_the_day(timestamp=0)
    (message,) = deliver(times=2)
    assert message.subject == "2 nouvelles depuis hier"
    assert "Un premier essai." in message.body
    assert "Un second." in message.body
    tasks.mails_of_the_day(timestamp=0)
    assert deliver() == []


# Weekly


def away(person, days):
    User.objects.filter(pk=person.pk).update(last_seen_on=MONDAY - datetime.timedelta(days=days))
    return person


def publish_this_week(card):
    PracticePage.objects.exclude(pk=card.pk).update(first_published_at=timezone.now() - datetime.timedelta(days=99))
    PracticePage.objects.filter(pk=card.pk).update(first_published_at=timezone.now() - datetime.timedelta(days=1))


def nothing_new():
    long_ago = timezone.now() - datetime.timedelta(days=99)
    PracticePage.objects.update(first_published_at=long_ago)
    Topic.objects.update(last_activity_at=long_ago)


def letters(perform, mailoutbox, monday=MONDAY, times=1):
    before = len(mailoutbox)
    at = datetime.datetime.combine(monday, datetime.time(6), tzinfo=datetime.UTC).timestamp()
    for _time in range(times):
        tasks.letters_of_the_week(timestamp=int(at))
    perform("gather_letter", times=times)
    perform("send_mail", times=times)
    return mailoutbox[before:]


def test_the_letter_goes_only_to_who_did_not_come_this_week(account, card, perform, mailoutbox):
    publish_this_week(card)
    User.objects.update(last_seen_on=MONDAY)
    away(account("karim"), 8)
    away(account("lucie"), 6)
    (letter,) = letters(perform, mailoutbox, times=2)
    assert letter.to == ["karim@example.org"]
    assert "café visio du jeudi" in letter.body
    ((html, _kind),) = letter.alternatives
    assert len(letter.message().as_bytes()) < 60_000
    assert "<img" not in html


def test_the_letter_carries_weekly_notifications_and_those_who_came_have_seen_them(
    account, card, deliver, perform, mailoutbox
):
    User.objects.update(last_seen_on=MONDAY)
    theme = Theme.objects.first()
    card.themes.add(theme)
    card.save()
    nothing_new()
    for name in ("karim", "lucie"):
        services.follow(user=account(name), obj=theme)
    away(account("karim"), 20)
    announce_card(page=card)
    deliver()
    (letter,) = letters(perform, mailoutbox)
    assert "Nouvelle fiche : « Le café visio du jeudi »" in letter.body
    away(account("lucie"), 1)
    assert letters(perform, mailoutbox, monday=MONDAY + datetime.timedelta(days=28)) == [], "old news are no news"


def test_a_week_without_news_sends_no_letter(account, perform, mailoutbox):
    nothing_new()
    away(account("karim"), 20)
    assert letters(perform, mailoutbox) == []


def test_the_letter_tells_what_was_said_in_my_groups_and_not_read(account, perform, mailoutbox):
    nothing_new()
    topic = Topic.objects.get(title="Des casques pour la salle relais")
    Topic.objects.filter(pk=topic.pk).update(
        last_activity_at=timezone.now() - datetime.timedelta(days=1), reply_count=2
    )
    TopicVisit.objects.filter(topic=topic).delete()
    User.objects.update(last_seen_on=MONDAY)
    for name in ("membre", "lucie"):  # the second is not in the group
        away(account(name), 20)
    (letter,) = letters(perform, mailoutbox)
    assert letter.to == ["membre@example.org"]
    assert topic.title in letter.body


def test_a_stopped_letter_is_not_prepared(account, card, perform, mailoutbox):
    publish_this_week(card)
    User.objects.update(last_seen_on=MONDAY)
    away(account("karim"), 8)
    services.choose_cadences(user=account("karim"), choices={"lettre": "never"})
    assert letters(perform, mailoutbox) == []


# Stopping


def stop_address(message):
    return re.search(r"/compte/courriels/arreter/[^\s>]+", message.extra_headers["List-Unsubscribe"])[0]


def test_one_click_stops_without_signing_in_nor_redirect(account, card, reply, deliver):
    (message,) = deliver()
    address = stop_address(message)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(address).status_code == 200
    page = stranger.post(address, {"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    assert "C’est arrêté" in page.content.decode()
    assert account("karim").cadence_choices.get().cadence == Cadence.NEVER
    comment_on(card, account("membre"), "Encore.", parent=Comment.objects.get(pk=reply.parent_id))
    assert deliver() == []
    assert unread_count(account("karim")) == 2, "the list on the site goes on"


def test_a_mail_of_two_kinds_offers_to_stop_each_or_both(account, card, reply, deliver):
    person = account("karim")
    services.follow(user=person, obj=card, cadence=Cadence.AT_ONCE)
    comment_on(card, account("membre"))
    (message,) = deliver()
    address = stop_address(message)
    kinds = {"comment_reply", "comment_on_card"}
    page = Client().get(address).content.decode()
    assert all(f'value="{kind}"' in page for kind in kinds)
    Client().post(address, {"seulement": "comment_reply"})
    assert dict(person.cadence_choices.values_list("kind", "cadence")) == {"comment_reply": "never"}
    Client().post(address, {"seulement": "group_joined"})
    assert set(person.cadence_choices.values_list("kind", flat=True)) == kinds, "one click of a mail reader stops both"


def test_a_mail_of_several_answers_in_one_place_is_answered_under_the_last(account, card, reply, deliver, settings):
    settings.REPLY_ADDRESS = "reponse@exemple.fr"
    last = comment_on(card, account("membre"), "Encore.", parent=Comment.objects.get(pk=reply.parent_id))
    (message,) = deliver()
    assert read_reply_address(message.reply_to[0]).about == last.pk


def test_reading_the_stop_page_changes_nothing(account, reply, deliver):
    (message,) = deliver()
    Client().get(stop_address(message))
    Client().head(stop_address(message))
    assert not account("karim").cadence_choices.exists()


def test_stopping_a_followed_thing_leaves_the_others(account, card, deliver):
    services.follow(user=account("karim"), obj=card, cadence=Cadence.AT_ONCE)
    other = PracticePage.objects.visible_to(account("karim")).exclude(pk=card.pk).first()
    services.follow(user=account("karim"), obj=other, cadence=Cadence.AT_ONCE)
    comment_on(card, account("membre"))
    (message,) = deliver()
    Client().post(stop_address(message))
    assert set(Follow.objects.values_list("object_id", "cadence")) == {(card.pk, "never"), (other.pk, "at_once")}


@pytest.mark.parametrize("token", ["1:genre:comment_reply", "1:genre:comment_reply:x", "é" * 300, "..", "%00"])
def test_a_token_made_elsewhere_stops_nothing(account, token):
    assert read_stop_token(token) is None
    assert Client().post(f"/compte/courriels/arreter/{token}/").status_code == 404


def test_a_token_for_what_no_longer_exists_is_harmless(account):
    token = stop_token(person=account("karim").pk, scope="genre:disparu")
    assert Client().post(f"/compte/courriels/arreter/{token}/").status_code == 404


# Addresses


def test_a_refused_address_receives_nothing_until_it_works_again(account, reply, deliver, signed_in):
    bounces.record_problem(email="Karim@example.org", kind="bounce")
    assert deliver() == []
    assert Delivery.objects.get().state == Delivery.State.STOPPED
    browser = signed_in("karim")
    assert "adresse refusée" in browser.get("/compte/courriels/").content.decode()
    browser.post("/compte/courriels/adresse/")
    assert bounces.may_write_to("karim@example.org", wanted_only=True)


def test_a_complaint_stops_notifications_but_not_mails_about_the_account(account, perform, mailoutbox, reply, deliver):
    bounces.record_problem(email="karim@example.org", kind="complaint")
    assert deliver() == []
    mailing_tasks.defer_mail("account_approved", to=account("karim"))
    assert len(deliver()) == 1


def test_a_full_mailbox_is_given_five_chances():
    for _time in range(4):
        bounces.record_problem(email="pleine@example.org", kind="soft_bounce")
    assert bounces.may_write_to("pleine@example.org", wanted_only=True)
    bounces.record_problem(email="pleine@example.org", kind="soft_bounce")
    assert not bounces.may_write_to("pleine@example.org", wanted_only=True)


# Upkeep


def test_notifications_are_forgotten_after_six_months(account, reply, deliver):
    deliver()
    digests.forget_old(now=timezone.now() + datetime.timedelta(days=181))
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_nothing_personal_is_written_in_jobs_or_deliveries(reply, deliver):
    deliver()
    from procrastinate.contrib.django.models import ProcrastinateJob

    written = str(list(ProcrastinateJob.objects.values_list("args"))) + str(list(Delivery.objects.values()))
    assert "@" not in written
    assert "essayé" not in written
    assert mail.outbox
