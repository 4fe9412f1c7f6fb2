"""Mail leaves outside the request: the job is stored in the transaction of the change that it tells of."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb_site.members.models import User

from .compose import Compose
from .spreading import spread_event


def _composer(name: str) -> Compose:
    """Return the function that composes this mail; the list stands above all apps, so it is read when needed.

    Raises KeyError when the list of the site does not hold it.
    """
    mails: dict[str, Compose] = import_string(settings.MAILS)
    return mails[name]


def defer_mail(name: str, *, to: User, **ids: int) -> None:
    """Queue a mail of kb_site/mails.py, sent only if the transaction commits. The job holds ids, no personal data."""
    _composer(name)
    send_mail.defer(name=name, to=to.pk, ids=ids)


@app.task(queue="mails", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def send_mail(name: str, to: int, ids: dict[str, int]) -> None:
    """Compose and send one mail, as text and HTML; a mail server that refuses is tried again for about an hour."""
    person = User.objects.filter(pk=to, is_active=True).first()
    mail = _composer(name)(to=person, **ids) if person else None
    if mail is None or person is None:
        return
    context = mail.context | {"to": person, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    text = render_to_string(f"mails/{mail.template}.txt", context).strip()
    message = EmailMultiAlternatives(mail.subject, text, to=[person.email])
    message.attach_alternative(render_to_string(f"mails/{mail.template}.html", context), "text/html")
    message.send()


@app.task(queue="notifications", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def spread(**event: Any) -> None:
    """Tell people of an event (see services.notify for the fields)."""
    spread_event(**event)
