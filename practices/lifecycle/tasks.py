"""The clock of pages: scheduled publication, reminders to owners, checks of links."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.archiving import publish_and_expire
from .services.facts import send_fact_reminders
from .services.links import check_due_links, refresh_links
from .services.verification import send_reminders


@app.periodic(cron="*/5 * * * *")
@app.task(name="lifespan.publish_at_its_time", queue="editorial", queueing_lock="publish_and_expire")
def publish_at_its_time(timestamp: int) -> None:
    """Every five minutes: what is scheduled goes online, what has expired leaves."""
    publish_and_expire()


@app.periodic(cron="0 6 * * 1", periodic_id="review_reminders")
@app.task(name="upkeep.remind_owners", queue="mails", queueing_lock="review_reminders", pass_context=False)
def remind_owners(timestamp: int) -> None:
    """Every Monday morning: owners and backup owners learn what is due of their pages and of their facts."""
    send_reminders(today=timezone.localdate())
    send_fact_reminders(today=timezone.localdate())


@app.periodic(cron="50 22 * * *", periodic_id="list_links")
@app.task(name="link_checks.list_links", queue="links", queueing_lock="list_links")
def list_links(timestamp: int) -> None:
    """List the addresses of published pages anew."""
    refresh_links()


@app.periodic(cron="*/3 23,0-4 * * *", periodic_id="check_links")
@app.task(name="link_checks.check_links", queue="links", queueing_lock="check_links", lock="check_links")
def check_links(timestamp: int) -> None:
    """Check those whose turn has come, a minute at a time, so that mails never wait behind a slow site."""
    check_due_links()
