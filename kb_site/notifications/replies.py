"""Replies by e-mail: whose they are, whether they may be published, and the handler that publishes them; some are held
until their author agrees.

The address says who may write and where, and is signed; the sender must be the account's own address, so that a mail
that was forwarded lets nobody write in another's name. Answers go to the account's address only, never to the sender of a
message: the site is no relay for forged mail.
"""

import hashlib
import uuid
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail
from kb_site.mailing.tokens import ReplyTo, read_reply_address

from .email_parser import header, read_message
from .models import HeldReply, IncomingMail
from .reply_parser import count_files, new_words, text_of

ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
Outcome = IncomingMail.Outcome


class ReplyRefused(Exception):
    """The reply cannot be published; the message says why, to the person."""


class ReplyHeld(Exception):
    """The reply may be published once its author agrees. `reasons`: name of each reason → what it says to them."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


# handler(user, about, text, submission_key, accepted): publishes and returns the path of what is published. The key is
# the same when the same mail comes twice; `accepted` names the reasons to hold it that its author agreed to.
Handler = Callable[[User, int, str, uuid.UUID, frozenset[str]], str]
_handlers: dict[str, Handler] = {}


def register_reply_handler(name: str, handler: Handler) -> None:
    """Publish the replies to the mails of events whose `reply` has this name. It raises ReplyRefused or ReplyHeld."""
    _handlers[name] = handler


def receive(raw: bytes) -> IncomingMail | None:
    """Publish a reply, or refuse it kindly; None when the message is not for us. The same mail twice is published once.

    `raw`: the message as the mail server received it.
    """
    message = read_message(raw)
    asked = _reply_address_of(message)
    if asked is None or asked.handler not in _handlers:
        return None
    digest = hashlib.sha256(f"{_identity(message) or raw!r} {asked}".encode(errors="replace")).hexdigest()
    if known := IncomingMail.objects.filter(digest=digest).first():
        return known
    user = User.objects.filter(pk=asked.person).first()
    outcome, reason, files = Outcome.IGNORED, "", count_files(message)
    if user is not None and not _is_automatic(message):
        outcome, reason = _publish(message, user, asked, uuid.uuid5(uuid.NAMESPACE_URL, f"mail:{digest}"), files)
    return _record(digest, user, outcome, reason, files)


def _identity(message: EmailMessage) -> str:
    """Return the Message-ID, "" when it names nothing: then the bytes are what tells two mails apart."""
    return identity if (identity := header(message, "Message-ID")).strip("<> ") else ""


def _reply_address_of(message: EmailMessage) -> ReplyTo | None:
    fields = [str(value or "") for name in ADDRESSED for value in message.get_all(name, [])]
    mailbox = settings.REPLY_ADDRESS.partition("@")[0].lower()
    # One field at a time: what is odd in one takes nothing away from the others.
    found = (address for field in fields for _name, address in getaddresses([field]))
    ours = (address for address in found if address.partition("+")[0].lower() == mailbox)
    return next(filter(None, map(read_reply_address, ours)), None)


def _is_automatic(message: EmailMessage) -> bool:
    """Out-of-office answers and lists (RFC 3834): silence, or two machines would write to each other for ever."""
    automatic = header(message, "Auto-Submitted").lower() not in ("", "no")
    bulk = header(message, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
    return automatic or bulk or "X-Autoreply" in message or header(message, "Return-Path") == "<>"


def _publish(message: EmailMessage, user: User, asked: ReplyTo, key: uuid.UUID, files: int) -> tuple[Outcome, str]:
    sender = parseaddr(header(message, "From"))[1]
    if sender.lower() != user.email.lower():
        return Outcome.REFUSED, _("Elle venait d’une autre adresse que celle de votre compte.")
    text = new_words(text_of(message))
    if not text and files:
        return Outcome.REFUSED, _(
            "Elle contenait seulement des fichiers : une réponse ne porte que du texte. "
            "Pour en montrer à un groupe, ouvrez-y un sujet : ils se joignent en l’ouvrant."
        )
    if not text:
        return Outcome.REFUSED, _("Nous n’y avons pas trouvé de texte au-dessus du message cité.")
    try:
        _hand_on(user, asked, text, key, frozenset())
    except ReplyRefused as refusal:
        return Outcome.REFUSED, str(refusal)
    except ReplyHeld as held:
        _hold(user, asked, text, key, held.reasons, files=files)
        return Outcome.HELD, ""
    return Outcome.WRITTEN, ""


def _hand_on(user: User, asked: ReplyTo, text: str, key: uuid.UUID, accepted: frozenset[str]) -> str:
    """Publish all or nothing, and return its path. Raises ReplyRefused or ReplyHeld."""
    if not user.is_approved:
        raise ReplyRefused(_("Votre compte ne permet pas d’écrire pour le moment."))
    with transaction.atomic():
        return _handlers[asked.handler](user, asked.about, text, key, accepted)


@transaction.atomic
def _hold(user: User, asked: ReplyTo, text: str, key: uuid.UUID, reasons: dict[str, str], *, files: int) -> None:
    """Keep a reply and ask its author, once for the same mail."""
    fields = {"user": user, "handler": asked.handler, "about": asked.about, "text": text, "reasons": reasons}
    held, _new = HeldReply.objects.get_or_create(submission_key=key, defaults=fields)
    defer_mail("reply_held", to=user, key=f"reply_held:{held.pk}", held=held.pk, files=files)


@transaction.atomic
def publish_held(held: HeldReply) -> str:
    """Publish a held reply whose author agrees, with the rights that they have now; return its path.

    Returns "" when it is published already. Raises ReplyRefused, or ReplyHeld for reasons that its author was not told.
    """
    current = HeldReply.objects.select_for_update().select_related("user").get(pk=held.pk)
    if current.published_at:
        return ""
    asked = ReplyTo(current.user_id, current.handler, current.about)
    path = _hand_on(current.user, asked, current.text, current.submission_key, frozenset(current.reasons))
    current.text, current.published_at = "", timezone.now()
    current.save(update_fields=["text", "published_at"])
    return path


@transaction.atomic
def _record(digest: str, user: User | None, outcome: Outcome, reason: str, files: int) -> IncomingMail:
    try:
        with transaction.atomic():
            row = IncomingMail.objects.create(digest=digest, user=user, outcome=outcome, reason=reason[:200])
    except IntegrityError:  # the same mail came twice at the same instant
        return IncomingMail.objects.get(digest=digest)
    if outcome == Outcome.REFUSED and user is not None and user.is_active:
        defer_mail("reply_refused", to=user, key=f"reply_refused:{row.pk}", incoming=row.pk)
    if outcome == Outcome.WRITTEN and files:
        defer_mail("reply_without_files", to=user, key=f"reply_without_files:{row.pk}", incoming=row.pk, files=files)
    return row
