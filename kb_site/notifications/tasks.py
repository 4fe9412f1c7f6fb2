"""Mail leaves outside the request: the job is stored in the transaction of the change that it tells of."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .mails import SUBJECTS


def defer_mail(name: str, *, to: str, **context: str) -> None:
    """Queue a mail of mails.py; it is sent only if the transaction commits."""
    send_mail.defer(name=name, to=to, context=context)


@app.task(queue="mails", retry=RetryStrategy(max_attempts=5, exponential_wait=30))
def send_mail(name: str, to: str, context: dict[str, str]) -> None:
    """Compose and send one mail, as text and HTML."""
    context = context | {"site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    mail = EmailMultiAlternatives(str(SUBJECTS[name]), render_to_string(f"mails/{name}.txt", context), to=[to])
    mail.attach_alternative(render_to_string(f"mails/{name}.html", context), "text/html")
    mail.send()
