"""Owners are told of what is due: once 30 days before, once at the date, one mail a week."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.mailing.tasks import send_mail
from practices.lifecycle.services.verification import send_reminders

pytestmark = pytest.mark.django_db


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name__endswith="send_mail", args__name="pages_to_verify"))


def deliver():
    for job in jobs():
        send_mail(**job.args)
    return mail.outbox


def day(offset):
    return timezone.localdate() + datetime.timedelta(days=offset)


def test_nobody_is_told_more_than_thirty_days_before(due_card):
    due_card(31)
    assert send_reminders(today=day(0)) == 0


def test_the_owner_and_the_backup_owner_are_told_thirty_days_before(due_card, account):
    due_card(30)
    assert send_reminders(today=day(0)) == 2
    assert {message.to[0] for message in deliver()} == {"edition@example.org", "coordination@example.org"}


def test_a_second_round_the_same_week_tells_nothing_new(due_card):
    due_card(10)
    send_reminders(today=day(0))
    assert send_reminders(today=day(0)) == 0
    assert send_reminders(today=day(7)) == 0


def test_a_page_is_told_again_at_its_date_and_then_no_more(due_card):
    due_card(10)
    send_reminders(today=day(0))
    assert send_reminders(today=day(10)) == 2
    assert send_reminders(today=day(17)) == 0


def test_a_missed_round_is_caught_up_at_the_stage_of_the_day(due_card):
    due_card(-20)
    assert send_reminders(today=day(0)) == 2
    assert send_reminders(today=day(7)) == 0


def test_pages_due_the_same_week_come_in_one_mail(due_card, account):
    from practices.models import PracticePage

    due_card(10)
    PracticePage.objects.filter(slug="salle-relais").update(card_owner=account("edition"), next_review_at=day(5))
    send_reminders(today=day(0))
    to_editor = [message for message in deliver() if message.to == ["edition@example.org"]]
    assert len(to_editor) == 1
    assert "2 fiches à vérifier" in to_editor[0].subject
    assert to_editor[0].body.count("Toujours vrai :") == 2


def test_someone_who_left_is_not_written_to(due_card, account):
    due_card(10)
    editor = account("edition")
    editor.is_active = False
    editor.save()
    assert send_reminders(today=day(0)) == 1


def test_what_was_verified_before_the_mail_leaves_is_not_asked_again(due_card, account):
    from practices.lifecycle.services.verification import confirm_still_true

    card = due_card(10)
    send_reminders(today=day(0))
    confirm_still_true(page=card, by=account("edition"))
    assert deliver() == []


def test_jobs_hold_ids_only(due_card):
    due_card(10)
    send_reminders(today=day(0))
    assert all("@" not in str(job.args) and "café" not in str(job.args).lower() for job in jobs())


def test_one_mail_a_person_however_many_pages_in_constant_queries(due_card, account, django_assert_max_num_queries):
    from practices.models import PracticePage

    due_card(10)
    PracticePage.objects.update(card_owner=account("edition"), backup_owner=None, next_review_at=day(3))
    with django_assert_max_num_queries(13):
        assert send_reminders(today=day(0)) == 1
