"""A reply by e-mail to a comment, on a card or on whatever else is commented: published as if written on the page."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.notifications.replies import ReplyHeld, ReplyRefused

from .limits import check_words
from .models import Comment
from .personal_data_guard import find_personal_data
from .policies import policy_of_comment
from .services import CommentError, post_comment

# A mail is signed by its author, one way or another, under the words or within: only they can tell.
MASKED = "masked"


def publish_reply(user: User, about: int, text: str, submission_key: uuid.UUID, accepted: frozenset[str]) -> str:
    """Publish under the comment `about` and return its path.

    Raises ReplyRefused when this person may not write there (any more), ReplyHeld when a masked author must agree first.
    """
    parent = Comment.objects.filter(pk=about, is_public=True, is_removed=False).first()
    rules = policy_of_comment(parent) if parent else None
    target = rules.visible_to(user).filter(pk=parent.object_pk).first() if parent and rules else None
    if parent is None or rules is None or target is None:
        raise ReplyRefused(_("La discussion n’est plus ouverte."))
    if findings := find_personal_data(text):  # shown before publishing on the site; a mail can only be sent back
        raise ReplyRefused(_("Elle contient peut-être une donnée personnelle : %s") % findings[0].explanation)
    if refusal := rules.refusal(target, user):
        raise ReplyRefused(refusal)
    try:
        check_words(text)
        _agreed_to_be_masked(masked=rules.masks(target, user), accepted=accepted)
        comment = post_comment(target=target, author=user, text=text, submission_key=submission_key, parent=parent)
    except CommentError as error:
        raise ReplyRefused(str(error.message)) from error
    return reverse("comment_show", args=[comment.pk])


def _agreed_to_be_masked(*, masked: bool, accepted: frozenset[str]) -> None:
    if masked and MASKED not in accepted:
        words = _("Dans cette discussion, votre nom est masqué : vérifiez que rien dans ce texte ne vous nomme.")
        raise ReplyHeld({MASKED: words})
    if MASKED in accepted and not masked:
        raise ReplyRefused(_("Votre nom ne serait plus masqué dans cette discussion."))
