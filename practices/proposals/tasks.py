"""Drafts are not kept for ever."""

from procrastinate.contrib.django import app

from .services import forget_old_drafts


@app.periodic(cron="40 4 * * *")
@app.task(name="proposals.forget_drafts", queue="editorial")
def forget_drafts(timestamp: int) -> None:
    """Each night: the drafts left alone for 90 days."""
    forget_old_drafts()
