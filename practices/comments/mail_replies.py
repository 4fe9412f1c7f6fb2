"""A reply by e-mail to a comment, on a card or on whatever else is commented: published as if written on the page."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.notifications.replies import FAULT, ReplyHeld, ReplyRefused

from .limits import TooManyMessages, WordBlocked
from .models import Comment
from .policies import policy_of_comment
from .rulebook import PersonalDataFound, TextTooLong, TextTooShort, masked_text, write_comment
from .services import CommentError

# A mail is signed by its author, one way or another, under the words or within: only they can tell.
MASKED = "masked"
# The author may change the words, or come back later: the reply is kept meanwhile.
ABOUT_WORDS = (TextTooShort, TextTooLong, WordBlocked, TooManyMessages)


def mask_reply(user: User, about: int, text: str) -> str:
    """Return the words of a reply without what the rulebook points at there."""
    parent = Comment.objects.filter(pk=about).first()
    rules = policy_of_comment(parent) if parent else None
    target = rules.visible_to(user).filter(pk=parent.object_pk).first() if parent and rules else None
    return masked_text(text, hidden=user if rules and target and rules.masks(target, user) else None)


def publish_reply(user: User, about: int, text: str, submission_key: uuid.UUID, accepted: frozenset[str]) -> str:
    """Publish under the comment `about` and return its path.

    Raises ReplyRefused when this person may not write there (any more), ReplyHeld when the words break a rule of the site,
    or when their author must agree first: the guard points at something, or their name is masked there.
    """
    parent = Comment.objects.filter(pk=about, is_public=True, is_removed=False).first()
    rules = policy_of_comment(parent) if parent else None
    target = rules.visible_to(user).filter(pk=parent.object_pk).first() if parent and rules else None
    if parent is None or rules is None or target is None:
        raise ReplyRefused(_("La discussion n’est plus ouverte."))
    reasons = _asked_of_masked(masked=rules.masks(target, user), accepted=accepted)
    try:
        comment = write_comment(
            target=target, author=user, text=text, submission_key=submission_key, parent=parent, agreed=accepted
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
