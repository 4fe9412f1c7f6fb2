"""What readers said is forgotten in time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .services import forget_old_opinions


@app.periodic(cron="35 3 * * *")
@app.task(name="opinions.forget_opinions", queue="purges", queueing_lock="opinions_purge", pass_context=False)
def forget_opinions(timestamp: int) -> None:
    """Each night: forget what is a year old."""
    forget_old_opinions(timezone.localdate())
