"""A reply by e-mail to a comment, or to what is commented, a card or a topic: published as if written on the page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.notifications.replies import FAULT, ReplyHeld, ReplyRefused, register_reply_handler

from .limits import TooManyMessages, WordBlocked
from .models import Comment
from .policies import CommentPolicy, policy_named, policy_of_comment
from .rulebook import PersonalDataFound, TextTooLong, TextTooShort, masked_text, write_comment
from .services import COMMENT_DOOR, CommentError

# A mail is signed by its author, one way or another, under the words or within: only they can tell.
MASKED = "masked"
# The author may change the words, or come back later: the reply is kept meanwhile.
ABOUT_WORDS = (TextTooShort, TextTooLong, WordBlocked, TooManyMessages)


@dataclass(frozen=True)
class _Place:
    """Where a reply goes: a thing that its author may read, the comment that it answers (None: the thing itself)."""

    rules: CommentPolicy
    target: Any
    parent: Comment | None


def _under_comment(user: User, about: int) -> _Place | None:
    parent = Comment.objects.filter(pk=about, is_public=True, is_removed=False).first()
    rules = policy_of_comment(parent) if parent else None
    target = rules.visible_to(user).filter(pk=parent.object_pk).first() if parent and rules else None
    return _Place(rules, target, parent) if rules and target else None


def _on_thing(kind: str, user: User, about: int) -> _Place | None:
    rules = policy_named(kind)
    target = rules.visible_to(user).filter(pk=about).first() if rules else None
    return _Place(rules, target, None) if rules and target else None


def register_doors() -> None:
    """Let the mails that tell of a comment be answered: `reply="comment"` in the declaration of an event."""
    _register(COMMENT_DOOR, _under_comment)


def register_door(kind: str) -> None:
    """Let the mails that tell of a thing be answered, with a comment on it: `reply` is the name of its policy."""
    _register(kind, partial(_on_thing, kind))


def _register(name: str, find: Callable[[User, int], _Place | None]) -> None:
    def publish(user: User, about: int, text: str, submission_key: uuid.UUID, accepted: frozenset[str]) -> str:
        place = find(user, about)
        if place is None:
            raise ReplyRefused(_("La discussion n’est plus ouverte."))
        return _publish(place, user, text, submission_key, accepted)

    def mask(user: User, about: int, text: str) -> str:
        place = find(user, about)
        return masked_text(text, hidden=user if place and place.rules.masks(place.target, user) else None)

    register_reply_handler(name, publish, mask)


def _publish(place: _Place, user: User, text: str, submission_key: uuid.UUID, accepted: frozenset[str]) -> str:
    """Publish and return the path of the comment.

    Raises ReplyRefused when this person may not write there (any more), ReplyHeld when the words break a rule of the site,
    or when their author must agree first: the guard points at something, or their name is masked there.
    """
    reasons = _asked_of_masked(masked=place.rules.masks(place.target, user), accepted=accepted)
    try:
        comment = write_comment(
            target=place.target,
            author=user,
            text=text,
            submission_key=submission_key,
            parent=place.parent,
            agreed=accepted,
        )
    except PersonalDataFound as found:
        raise ReplyHeld(reasons | found.reasons) from found
    except ABOUT_WORDS as broken:
        raise ReplyHeld(reasons | {f"{FAULT}{type(broken).__name__}": str(broken.message)}) from broken
    except CommentError as error:
        raise ReplyRefused(str(error.message)) from error
    if reasons:  # all the rest is right: what was just written is undone by whoever hears this
        raise ReplyHeld(reasons)
    return reverse("comment_show", args=[comment.pk])


def _asked_of_masked(*, masked: bool, accepted: frozenset[str]) -> dict[str, str]:
    if MASKED in accepted and not masked:
        raise ReplyRefused(_("Votre nom ne serait plus masqué dans cette discussion."))
    if masked and MASKED not in accepted:
        words = _("Dans cette discussion, votre nom est masqué : vérifiez que rien dans ce texte ne vous nomme.")
        return {MASKED: words}
    return {}
