"""Work outside the request: amendment windows that close, actions that are due."""

import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .services.following import remind_of_actions
from .services.review import close_windows

TRY_AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)


@app.periodic(cron="25 * * * *")
@app.task(name="minutes.close_amendment_windows", queue="notifications", retry=TRY_AGAIN)
def close_amendment_windows(timestamp: int) -> None:
    """Every hour: tell those who facilitate that a review is over."""
    close_windows(now=timezone.now())


@app.periodic(cron="30 5 * * *")
@app.task(name="minutes.actions_due", queue="notifications", retry=TRY_AGAIN)
def actions_due(timestamp: int) -> None:
    """Each morning: remind people of what they took on, three days before and on the day."""
    today = timezone.localdate(datetime.datetime.fromtimestamp(timestamp, tz=datetime.UTC))
    remind_of_actions(today=today)
