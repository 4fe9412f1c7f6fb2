"""Replies by e-mail: whose they are, whether they may be published, and the handler that publishes them; some are held
until their author agrees.

The address says who may write and where, and is signed; the sender must be the account's own address, so that a mail
that was forwarded lets nobody write in another's name. Answers go to the account's address only, never to the sender of a
message: the site is no relay for forged mail.
"""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.identity.face import face
from kb_site.mailing.tasks import defer_mail
from kb_site.mailing.tokens import ReplyTo, read_reply_address

from .email_parser import addressed_to, header, read_message
from .mail_reader.automatic import Automatic
from .mail_reader.files import count_files
from .mail_reader.reader import Reading, read_reply
from .mail_reader.sender import display_name, sender_of, was_forged
from .mail_reader.signatures import Own
from .models import HeldReply, IncomingMail

LONGEST_CUT = 2000  # characters shown of each thing that was cut
Outcome = IncomingMail.Outcome


class ReplyRefused(Exception):
    """The reply cannot be published; the message says why, to the person."""


# Begins the name of a reason that agreeing does not settle: the words must change, or wait.
FAULT = "fault:"


class ReplyHeld(Exception):
    """The reply may be published once its author agrees, or changes it: it is kept as a draft, and they are asked.

    `reasons`: name of each reason → what it says to them.
    """

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True)
class _Asked:
    """Who writes, where, and the key that makes the same mail harmless twice."""

    user: User
    place: ReplyTo
    key: uuid.UUID


# handler(user, about, text, submission_key, accepted): publishes and returns the path of what is published. The key is
# the same when the same mail comes twice; `accepted` names the reasons to hold it that its author agreed to. What depends
# on the person or the place is refused; what depends on the words alone is held, since the author may change them.
Handler = Callable[[User, int, str, uuid.UUID, frozenset[str]], str]
# masker(user, about, text): the same words without what could make a person recognisable, for this author in this place.
Masker = Callable[[User, int, str], str]
_handlers: dict[str, Handler] = {}
_maskers: dict[str, Masker] = {}


def register_reply_handler(name: str, handler: Handler, masker: Masker) -> None:
    """Publish the replies to the mails of events whose `reply` has this name. The handler raises ReplyRefused or ReplyHeld."""
    _handlers[name], _maskers[name] = handler, masker


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
    user = User.objects.select_related("structure").filter(pk=asked.person).first()
    outcome, reason, files = Outcome.IGNORED, "", count_files(message)
    if user is not None:
        reading = read_reply(message, own=_own(user, message), site=face().name)
        # What a program may have written, from another address, answers nobody: no loop with a desk that acknowledges mails.
        programs = (Automatic.YES,) if _is_own(message, user) else (Automatic.YES, Automatic.MAYBE)
        if reading.automatic not in programs:
            key = uuid.uuid5(uuid.NAMESPACE_URL, f"mail:{digest}")
            outcome, reason = _publish(message, reading, _Asked(user, asked, key), files=files)
    return _record(digest, user, outcome, reason, files)


def _own(user: User, message: EmailMessage) -> Own:
    return Own(
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        structure=user.structure.name if user.structure else user.structure_declared,
        shown_as=display_name(message),
    )


def _is_own(message: EmailMessage, user: User) -> bool:
    return sender_of(message).lower() == user.email.lower()


def _identity(message: EmailMessage) -> str:
    """Return the Message-ID, "" when it names nothing: then the bytes are what tells two mails apart."""
    return identity if (identity := header(message, "Message-ID")).strip("<> ") else ""


def _reply_address_of(message: EmailMessage) -> ReplyTo | None:
    mailbox = settings.REPLY_ADDRESS.partition("@")[0].lower()
    ours = (address for address in addressed_to(message) if address.partition("+")[0].lower() == mailbox)
    return next(filter(None, map(read_reply_address, ours)), None)


def _publish(message: EmailMessage, reading: Reading, asked: _Asked, *, files: int) -> tuple[Outcome, str]:
    if not _is_own(message, asked.user):
        return Outcome.REFUSED, _("Elle venait d’une autre adresse que celle de votre compte.")
    if not reading.words and files:
        return Outcome.REFUSED, _(
            "Elle contenait seulement des fichiers : une réponse ne porte que du texte. "
            "Pour en montrer à un groupe, ouvrez-y un sujet : ils se joignent en l’ouvrant."
        )
    if not reading.words:
        return Outcome.REFUSED, _("Nous n’y avons pas trouvé de texte au-dessus du message cité.")
    try:
        _hand_on(asked, reading.words, frozenset(), doubts=_doubts(message, reading))
    except ReplyRefused as refusal:
        return Outcome.REFUSED, str(refusal)
    except ReplyHeld as held:
        _hold(asked, reading, held.reasons, files=files)
        return Outcome.HELD, ""
    return Outcome.WRITTEN, ""


def _doubts(message: EmailMessage, reading: Reading) -> dict[str, str]:
    """Return why the author is asked, whatever the words: reason → what it says to them."""
    doubts = {}
    if reading.automatic is Automatic.MAYBE:
        doubts["automatic"] = _("Elle ressemble à un message automatique.")
    if reading.doubtful:
        doubts["cut"] = _("Une partie de votre message a été coupée, et peut-être des mots à vous : vérifiez.")
    if was_forged(message, server=settings.MAIL_AUTHENTICATION_SERVER):
        doubts["forged"] = _("Notre serveur de messagerie n’a pas pu vérifier qu’elle venait de vous.")
    return doubts


def _hand_on(asked: _Asked, text: str, accepted: frozenset[str], doubts: dict[str, str] | None = None) -> str:
    """Publish all or nothing, and return its path. With `doubts`, nothing is published: the handler says what it would ask
    besides. Raises ReplyRefused or ReplyHeld."""
    if not asked.user.is_approved:
        raise ReplyRefused(_("Votre compte ne permet pas d’écrire pour le moment."))
    with transaction.atomic():
        try:
            path = _handlers[asked.place.handler](asked.user, asked.place.about, text, asked.key, accepted)
        except ReplyHeld as held:
            raise ReplyHeld((doubts or {}) | held.reasons) from None
        if doubts:
            raise ReplyHeld(doubts)
        return path


@transaction.atomic
def _hold(asked: _Asked, reading: Reading, reasons: dict[str, str], *, files: int) -> None:
    """Keep a reply as a draft and ask its author, once for the same mail."""
    fields = {
        "user": asked.user,
        "handler": asked.place.handler,
        "about": asked.place.about,
        "text": reading.words,
        "reasons": reasons,
        "cuts": [{"kind": cut.kind, "text": cut.text[:LONGEST_CUT]} for cut in reading.cuts],
    }
    held, _new = HeldReply.objects.get_or_create(submission_key=asked.key, defaults=fields)
    defer_mail("reply_held", to=asked.user, key=f"reply_held:{held.pk}", held=held.pk, files=files)


@transaction.atomic
def publish_held(held: HeldReply, *, text: str) -> str:
    """Publish a held reply, in the words that its author agrees to, with the rights that they have now; return its path.

    Returns "" when it is published already. Raises ReplyRefused, or ReplyHeld for reasons that its author was not told.
    """
    current = HeldReply.objects.select_for_update().select_related("user").get(pk=held.pk)
    if current.published_at:
        return ""
    place = ReplyTo(current.user_id, current.handler, current.about)
    asked = _Asked(current.user, place, current.submission_key)
    path = _hand_on(asked, text, frozenset(current.reasons))
    current.text, current.cuts, current.published_at = "", [], timezone.now()
    current.save(update_fields=["text", "cuts", "published_at"])
    return path


def masked_words(held: HeldReply, text: str) -> str:
    """Return these words without what could make a person recognisable, where the reply goes."""
    return _maskers[held.handler](held.user, held.about, text)


def keep_held(held: HeldReply, *, text: str, reasons: dict[str, str]) -> None:
    """Keep the words as their author changed them, and what they were told so far."""
    known = {name: words for name, words in held.reasons.items() if not name.startswith(FAULT)}
    HeldReply.objects.filter(pk=held.pk, published_at=None).update(text=text, reasons=known | reasons)


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
