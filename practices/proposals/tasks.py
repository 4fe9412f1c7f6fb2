"""Drafts are not kept for ever."""

from procrastinate.contrib.django import app


@app.periodic(cron="40 4 * * *")
@app.task(queue="editorial")
def forget_drafts(timestamp: int) -> None:
    """Each night: the drafts left alone for 90 days."""
    from .services import forget_old_drafts

    forget_old_drafts()
