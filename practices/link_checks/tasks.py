"""Link checks at night: each address once a week, those that fail again the next day."""

from procrastinate.contrib.django import app

from .services import check_due_links, refresh_links


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
