"""Messages to other sites leave outside the request, and are tried again for about a day."""

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .webhooks import send

TRY_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=6)  # 6 s, 36 s, 4 min… the last ones hours apart


@app.task(name="api.send_webhook", queue="webhooks", retry=TRY_AGAIN)
def send_webhook(webhook: int, event: str, page: dict[str, Any], message: str) -> None:
    """Hand one message over to one address."""
    send(webhook=webhook, event=event, page=page, message=message)
