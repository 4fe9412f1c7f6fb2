"""The clock of publication."""

from procrastinate.contrib.django import app

from .services import publish_and_expire


@app.periodic(cron="*/5 * * * *")
@app.task(name="lifespan.publish_at_its_time", queue="editorial", queueing_lock="publish_and_expire")
def publish_at_its_time(timestamp: int) -> None:
    """Every five minutes: what is scheduled goes online, what has expired leaves."""
    publish_and_expire()
