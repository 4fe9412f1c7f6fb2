"""Whoever answers for the site learns that something goes wrong, without looking."""

import datetime
import shutil
from collections import namedtuple
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from kb_site.health.checks import examine
from kb_site.health.models import Operation, note_operation
from kb_site.health.tasks import watch_site
from kb_site.mailing.models import Delivery

pytestmark = pytest.mark.django_db
PAGE = "/admin/reports/sante-du-site/"


@pytest.fixture
def backed_up():
    for kind in Operation.Kind:
        note_operation(kind)


def finding(name):
    return next(found for check, found in examine() if check.name == name)


def job(status, *, hours_ago, event="deferred"):
    """Put a job in the queue as it would be, so many hours ago."""
    moment = timezone.now() - datetime.timedelta(hours=hours_ago)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) "
            "VALUES ('mails', 'notifications.send_mail', %s, '{}') RETURNING id",
            [status],
        )
        (pk,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [pk])
        cursor.execute("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, %s)", [pk, event, moment])
    return pk


@pytest.mark.usefixtures("backed_up")
def test_when_all_is_well_the_command_says_so_and_nobody_is_written_to():
    out = StringIO()
    call_command("site_health", mail=True, stdout=out)
    assert "! " not in out.getvalue()
    watch_site(timestamp=0)
    assert not Delivery.objects.filter(mail="site_unwell").exists()
    assert mail.outbox == []


@pytest.mark.usefixtures("backed_up")
class TestQueue:
    def test_a_job_that_nobody_takes_says_that_the_worker_is_away(self):
        job("todo", hours_ago=0)
        assert finding("queue").is_well
        job("todo", hours_ago=1)
        assert finding("queue").figures["late"] == 1
        assert "worker" in finding("queue").advice

    def test_what_failed_is_tried_again_from_the_page(self, signed_in):
        pk = job("failed", hours_ago=1, event="failed")
        job("failed", hours_ago=24 * 30, event="failed")
        assert finding("queue").figures["failed"] == 1
        browser = signed_in("admin")
        assert "Relancer les tâches" in browser.get(PAGE).content.decode()
        answer = browser.post(PAGE, follow=True)
        assert "1 tâche est relancée." in answer.content.decode()
        with connection.cursor() as cursor:
            cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [pk])
            assert cursor.fetchone() == ("todo",)
        assert finding("queue").is_well


def test_a_backup_that_was_never_made_or_is_old_is_said():
    assert not finding("backup").is_well
    note_operation(Operation.Kind.BACKUP)
    assert finding("backup").is_well
    Operation.objects.update(done_at=timezone.now() - datetime.timedelta(days=2))
    assert not finding("backup").is_well
    assert not finding("drill").is_well


def test_a_backup_made_before_the_update_brings_the_table_is_no_failure(caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE health_operation RENAME TO not_there_yet")
    note_operation(Operation.Kind.BACKUP)
    assert "will not be remembered" in caplog.text


@pytest.mark.usefixtures("backed_up")
def test_a_disk_nearly_full_mails_that_only_print_and_blanks_of_the_law_are_said(monkeypatch, settings):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(2**40, 2**40 - 2**28, 2**28))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.DEMO = False
    unwell = [check.name for check, found in examine() if not found.is_well]
    assert unwell == ["mails", "disk", "legal_pages"]


def test_administrators_get_one_mail_a_day_for_the_same_reasons(account):
    watch_site(timestamp=0)
    watch_site(timestamp=1)
    assert [sent.recipient for sent in Delivery.objects.filter(mail="site_unwell")] == [account("admin")]
    note_operation(Operation.Kind.BACKUP)  # the drill alone lacks now
    watch_site(timestamp=2)
    assert Delivery.objects.filter(mail="site_unwell").count() == 2


def test_the_command_writes_without_the_queue_and_ends_with_an_error_for_the_timer():
    with pytest.raises(CommandError, match="Sauvegarde"):
        call_command("site_health", mail=True, stdout=StringIO())
    assert [message.to for message in mail.outbox] == [["admin@example.org"]]
    assert "Jamais faite" in mail.outbox[0].body


@pytest.mark.usefixtures("backed_up")
def test_a_monitor_reads_the_figures_with_its_token_alone(settings):
    settings.METRICS_TOKEN = "jeton-du-moniteur"
    assert Client().get("/metrics", headers={"Authorization": "Bearer autre"}).status_code == 404
    answer = Client().get("/metrics", headers={"Authorization": "Bearer jeton-du-moniteur"})
    assert 'site_check_ok{check="queue"} 1' in answer.content.decode()
    assert "site_queue_late 0" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
