"""What a mail says, before it is rendered and sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Mail:
    """A mail to render: its name, which is that of its template (templates/mails/<name>.html), and what it shows.

    `stop`: what its « ne plus recevoir » link stops (see tokens.py); without it the mail is about the account itself and
    cannot be stopped. `reply`: the handler and the id under which an answer to it is written; `published`: whether others than who
    wrote to this person then read it. `thread`: mails with the
    same one are gathered by mail readers.
    """

    name: str
    context: dict[str, Any] = field(default_factory=dict)
    stop: str = ""
    reply: tuple[str, int] | None = None
    published: bool = True
    thread: str = ""
    attachments: tuple[Attachment, ...] = ()


# Composes one mail when it leaves: the person (to=…) and ids → the mail, or None when there is nothing left to say or no
# right to hear it.
Compose = Callable[..., Mail | None]
