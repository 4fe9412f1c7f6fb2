"""The last of the three steps: one mail, handed over to the mail server at most once.

Each mail is a Delivery row whose key cannot be used twice. It is composed while READY, so that a mistake or a silent
server only delays it; then one process, and one alone, turns it to SENDING and hands it over. A clear « no » of the server
makes it READY again for the next try. If the process is killed or the line cut in those few milliseconds, nobody can know
whether the server took the message: the row becomes UNCERTAIN and is never sent again, since what it tells is also on the
site. The Message-ID comes from the key, so that even a server's own double is one message for the reader.
"""

import datetime
import hashlib
import logging
import smtplib
from collections.abc import Callable
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string

from kb_site.identity.face import face

from .bounces import may_write_to, record_problem
from .compose import Compose, Mail
from .models import AddressProblem, Delivery
from .rendering import render_mail
from .return_path import return_path
from .tokens import reply_address, stop_url

logger = logging.getLogger(__name__)

State = Delivery.State
FOR_GOOD = 500  # SMTP codes from here on are final (RFC 5321)


def composer(name: str) -> Compose:
    """Return the function that composes this mail; the list stands above all apps, so it is read when needed.

    Raises KeyError when the list of the site does not hold it.
    """
    mails: dict[str, Compose] = import_string(settings.MAILS)
    return mails[name]


def send(delivery_id: int) -> None:
    """Compose and hand over one mail, unless that was done. Raises OSError or MailRefused when it may leave later."""
    delivery = Delivery.objects.select_related("recipient").filter(pk=delivery_id, state=State.READY).first()
    if delivery is None:
        return None
    person = delivery.recipient
    if not person.is_active:
        return _close(delivery, State.SKIPPED)
    mail = composer(delivery.mail)(to=person, **delivery.ids)
    if mail is None:  # nothing left to say, or no right left to hear it
        return _close(delivery, State.SKIPPED)
    if not may_write_to(person.email, wanted_only=bool(mail.stop)):
        return _close(delivery, State.STOPPED)
    message = render(mail, person, key=delivery.key)
    ready = Delivery.objects.filter(pk=delivery.pk, state=State.READY)
    try:
        state = hand_over(message, claim=lambda: bool(ready.update(state=State.SENDING, handed_at=timezone.now())))
    except MailRefused as refusal:
        if refusal.for_good:
            record_problem(email=person.email, kind=AddressProblem.Kind.BOUNCE)
            return _close(delivery, State.STOPPED)
        _close(delivery, State.READY)
        raise
    if state:
        _close(delivery, state)
    return None


class MailRefused(Exception):
    """The mail server clearly said no. Holds its code alone: its words quote the address."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with code {code}")
        self.for_good = code >= FOR_GOOD


def hand_over(message: EmailMultiAlternatives, *, claim: Callable[[], bool]) -> str:
    """Give a message to the mail server, if `claim` says that nobody else does; return "" then, else its new state.

    Raises MailRefused, or OSError when the server does not answer: the message did not leave, in both cases.
    """
    with get_connection() as connection:  # opens it
        if not claim():
            return ""
        message.connection = connection
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refusal:
            raise MailRefused(max(code for code, _words in refusal.recipients.values())) from None
        except smtplib.SMTPResponseException as refusal:
            raise MailRefused(min(refusal.smtp_code, FOR_GOOD - 1)) from None  # about us, not about the address
        except Exception as error:
            logger.error("A mail was handed over without an answer: %s", type(error).__name__)
            return State.UNCERTAIN
    return State.SENT


def hand_over_once(message: EmailMultiAlternatives, *, row: Model, left: str) -> None:
    """Give the mail of a row to the mail server, unless the field `left` of the row holds when that was done.

    For mails to people who have no account, hence no Delivery. Raises as hand_over() does, when it may leave later.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    try:
        hand_over(message, claim=lambda: bool(rows.filter(**{left: None}).update(**{left: timezone.now()})))
    except MailRefused as refusal:
        if not refusal.for_good:
            rows.update(**{left: None})
            raise


def _close(delivery: Delivery, state: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state)


def give_up_on_lost_deliveries(*, before: datetime.datetime) -> int:
    """Mark as uncertain the mails whose process died while it handed them over; return their number."""
    return Delivery.objects.filter(state=State.SENDING, handed_at__lt=before).update(state=State.UNCERTAIN)


def forgotten_deliveries(*, before: datetime.datetime) -> list[Delivery]:
    """Return the mails of the last two days that were ready before this time and did not leave."""
    lately = (before - datetime.timedelta(days=2), before)
    return list(Delivery.objects.filter(state=State.READY, created_at__range=lately)[:1000])


def render(mail: Mail, person: Any, *, key: str) -> EmailMultiAlternatives:
    """Return the message, as text and HTML, with the headers of mails that may be stopped or answered.

    `person` is an account, or anything with an `email` for the few mails to people who have none yet.
    """
    # RFC 3834, and Exchange's own header: no absence nor receipt is sent back by a program.
    headers = {
        "Message-ID": _message_id(key),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    }
    address_to_stop = stop_url(person=person.pk, scope=mail.stop) if mail.stop else ""
    if mail.stop:  # RFC 2369 and RFC 8058
        headers["List-Unsubscribe"] = f"<{address_to_stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    address_to_reply = ""
    if mail.reply:
        address_to_reply = reply_address(person=person.pk, handler=mail.reply[0], about=mail.reply[1])
    if mail.thread:  # mail readers gather what refers to the same message
        headers["References"] = headers["In-Reply-To"] = _message_id(mail.thread)
    words = render_mail(
        f"mails/{mail.name}.html",
        mail.context | {"to": person},
        stop_url=address_to_stop,
        reply=address_to_reply,
        published=mail.published,
    )
    reply_to = [address_to_reply] if address_to_reply else None
    if goes_back_to := return_path(person):  # the envelope has its own sender then, and the header says ours
        headers["From"] = sender()
    message = EmailMultiAlternatives(
        words.subject,
        words.text,
        from_email=goes_back_to or sender(),
        to=[person.email],
        reply_to=reply_to,
        headers=headers,
    )
    message.attach_alternative(words.html, "text/html")
    for file in mail.attachments:
        message.attach(file.name, file.content, file.media_type)
    return message


def sender() -> str:
    """Return who a mail comes from: the name is chosen on screen, the address by who runs the server."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    shown = face()
    return formataddr((shown.sender or (shown.name if shown.name != settings.SITE_NAME else name), address))


def _message_id(key: str) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{hashlib.sha256(f'{settings.SITE_URL} {key}'.encode()).hexdigest()[:32]}@{domain}>"
