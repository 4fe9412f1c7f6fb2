"""The register of facts is kept true: owners are told, editors see what is wrong, a cited fact stays."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.facts.models import Fact
from kb_site.mailing.tasks import send_mail
from practices.lifecycle.models.links import ExternalLink
from practices.lifecycle.services.facts import report, send_fact_reminders
from practices.lifecycle.services.links import refresh_links
from practices.models import PracticePage

pytestmark = pytest.mark.django_db


def due(code, days):
    day = timezone.localdate() + datetime.timedelta(days=days)
    Fact.objects.exclude(code=code).update(owner=None)
    Fact.objects.filter(code=code).update(review_on=day)
    return Fact.objects.get(code=code)


def deliver():
    for job in ProcrastinateJob.objects.filter(task_name__endswith="send_mail", args__name="facts_to_check"):
        send_mail(**job.args)
    return mail.outbox


def test_the_owner_is_told_a_month_before_then_at_the_date_once_each():
    fact, today = due("zoom-audio", 20), timezone.localdate()
    assert [send_fact_reminders(today=today), send_fact_reminders(today=today)] == [1, 0]
    assert [send_fact_reminders(today=fact.review_on), send_fact_reminders(today=fact.review_on)] == [1, 0]
    told = deliver()[0]
    assert told.to == [fact.owner.email]
    assert "Zoom, audio seul" in told.body
    assert "/faits/zoom-audio/" in told.body


def test_nobody_is_told_before():
    due("zoom-audio", 31)
    assert send_fact_reminders(today=timezone.localdate()) == 0


def test_the_register_of_the_sample_has_nothing_wrong():
    told = report()
    assert (told.unsourced, told.contradictions, told.twins) == ([], [], [])


def test_the_source_of_a_fact_is_checked_like_the_links_of_pages_and_the_report_says_that_it_is_gone(signed_in):
    refresh_links()
    source = Fact.objects.get(code="zoom-audio").source_url
    checked = ExternalLink.objects.filter(url=source)
    assert checked.update(state=ExternalLink.State.BROKEN, reason="page introuvable (404)") == 1
    refresh_links()
    assert [line.fact.code for line in report().unreachable if line.fact.code == "zoom-audio"] == ["zoom-audio"]
    html = signed_in("edition").get(reverse("facts_report")).content.decode()
    assert source in html[html.index("ne répond plus") : html.index("date passée")]


def test_the_report_names_what_is_past_and_who_cites(signed_in):
    due("zoom-audio", -3)
    html = signed_in("edition").get(reverse("facts_report")).content.decode()
    past = html[html.index("À relire") : html.index("Ce qui se contredit")]
    assert "Zoom, audio seul" in past
    assert PracticePage.objects.get(slug="lean-coffee-cip-60-minutes").title.split()[0] in html


def test_the_report_is_for_editors(signed_in):
    assert signed_in("membre").get(reverse("facts_report")).status_code in {302, 403}


def test_a_fact_that_pages_cite_is_not_deleted(signed_in):
    fact = Fact.objects.get(code="zoom-audio")
    answer = signed_in("edition").post(reverse("wagtailsnippets_facts_fact:delete", args=[fact.pk]))
    assert answer.status_code == 302
    assert Fact.objects.filter(pk=fact.pk).exists()
