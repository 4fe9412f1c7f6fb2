"""What people do with comments: post, correct, withdraw, report, decide.

A comment already stored is changed through a queryset, never through save(): django-comments-xtd hides or shows the
whole sub-thread whenever a comment is saved.
"""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.control_characters import without_control_characters
from kb_site.notifications.services import withdraw

from .models import Comment, CommentReport, CommentRevision
from .personal_data_guard import find_personal_data
from .policies import CommentPolicy, policy_of, policy_of_comment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Answers to the mails that tell of a comment go through this door (mail_replies.py): such an event has it as its source.
COMMENT_DOOR = "comment"


class CommentError(Exception):
    """Something that cannot be done with a comment; `message` says it to the person."""

    message: "StrOrPromise" = _("Ce n’est pas possible.")
    code = ""


class ParentUnavailable(CommentError):
    """The comment replied to is on another page, or readers no longer see it."""

    message = _("Le commentaire auquel vous répondez n’est plus sur cette page. Votre texte est gardé ci-dessous.")


class SubmissionKeyUsed(CommentError):
    """The submission key belongs to someone else's comment."""

    message = _("Ce formulaire a déjà servi. Votre texte est gardé : relisez-le, puis publiez-le de nouveau.")


class CommentUnavailable(CommentError):
    """The comment was removed, or is not public."""

    message = _("Ce commentaire a été retiré.")


class NotTheAuthor(CommentError):
    """Only its author may change or withdraw a comment."""

    message = _("Seule la personne qui a écrit ce commentaire peut le modifier ou le supprimer.")


class EditWindowClosed(CommentError):
    """The time given to correct a comment is over."""

    message = _("Un commentaire se modifie pendant 15 minutes. Ce délai est passé : ajoutez plutôt une réponse.")


class WritingRefused(CommentError):
    """The object does not take words from this person now; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message  # type: ignore[assignment]


class NothingToDecide(CommentError):
    """No report waits on this comment."""

    message = _("Une décision a déjà été prise pour ce commentaire.")


def _lock_thread(comment: Comment) -> None:
    """Make writers of the same thread wait for one another until the end of the transaction."""
    Comment.objects.select_for_update(of=("self",)).filter(pk=comment.thread_id).first()


def targets_of(comments: Iterable[Comment]) -> dict[tuple[int, str], Model]:
    """Return what these comments are on, by content type and key: one query a model; what is gone is left out."""
    keys: dict[CommentPolicy, set[str]] = {}
    for comment in comments:
        rules = policy_of_comment(comment)
        if rules is not None:
            keys.setdefault(rules, set()).add(comment.object_pk)
    return {
        (rules.content_type.pk, str(target.pk)): target
        for rules, pks in keys.items()
        for target in rules.everything().filter(pk__in=pks)
    }


def target_of(comment: Comment) -> Model | None:
    """Return what a comment is on; None when it no longer exists."""
    return targets_of([comment]).get((comment.content_type_id, comment.object_pk))


def _locked(comment: Comment) -> Comment:
    """Return the comment as it is now, with its thread locked. Raises CommentUnavailable when it no longer exists."""
    target = target_of(comment)
    if target is not None:
        policy_of(target).lock(target)
    _lock_thread(comment)
    current = Comment.objects.filter(pk=comment.pk).first()
    if current is None:
        raise CommentUnavailable
    return current


@transaction.atomic
def remove_comments(comments: QuerySet[Comment]) -> None:
    """Withdraw comments whatever their age. The text goes, former words included: what was withdrawn must not stay,
    still less the name of a person; replies keep their place."""
    removed = list(comments.filter(is_removed=False))
    Comment.objects.filter(pk__in=[comment.pk for comment in removed]).update(is_removed=True, comment="")
    CommentRevision.objects.filter(comment__in=removed).delete()
    withdraw(door=COMMENT_DOOR, sources=[comment.pk for comment in removed])
    for target in targets_of(removed).values():
        policy_of(target).comments_changed(target)


def _remove(comment: Comment) -> None:
    remove_comments(Comment.objects.filter(pk=comment.pk))


@transaction.atomic
def post_comment(
    *,
    target: Model,
    author: User,
    text: str,
    submission_key: uuid.UUID,
    parent: Comment | None = None,
    mentioned: Iterable[User] = (),
) -> Comment:
    """Store a comment on a card or a topic (`target`), or a reply to one, and return it.

    The same key sent again by the same author returns the comment stored the first time, whatever the text.
    Name, e-mail and IP columns stay empty: the account says who wrote. Whether the author may write there is for the
    caller to check. A reply to a comment at the last level goes
    under the last one that takes any. Raises ParentUnavailable or SubmissionKeyUsed.
    """
    rules = policy_of(target)
    rules.lock(target)
    if parent is not None:
        _lock_thread(parent)
    stored = Comment.objects.filter(submission_key=submission_key, user=author).first()
    if stored is not None:
        return stored
    above = None
    if parent is not None:
        in_place = {
            "content_type": rules.content_type, "object_pk": str(target.pk), "is_public": True, "is_removed": False
        }  # fmt: skip
        current = Comment.objects.filter(pk=parent.pk, **in_place).first()
        if current is None:
            raise ParentUnavailable
        above = _takes_replies(current, rules.max_level)
    comment = Comment(
        content_type=rules.content_type,
        object_pk=str(target.pk),
        site_id=settings.SITE_ID,
        user=author,
        comment=text,
        submission_key=submission_key,
        parent_id=above.pk if above is not None else 0,
        masked=rules.masks(target, author),
    )
    try:
        with transaction.atomic():
            comment.save()
    except IntegrityError:  # the same form came twice at the same instant
        stored = Comment.objects.filter(submission_key=submission_key, user=author).first()
        if stored is None:
            raise SubmissionKeyUsed from None
        return stored
    rules.comment_posted(target, comment, parent, list(mentioned))
    return comment


def _takes_replies(comment: Comment, max_level: int) -> Comment:
    """Return this comment, or the nearest one above it that a reply may go under; removed ones keep their place."""
    while comment.level >= max_level and comment.parent_id != comment.pk:
        comment = Comment.objects.get(pk=comment.parent_id)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, author: User, text: str) -> None:
    """Replace the text of one's own comment. Raises CommentUnavailable, NotTheAuthor or EditWindowClosed."""
    text = without_control_characters(text)
    current = _locked(comment)
    if current.user_id != author.pk:
        raise NotTheAuthor
    if current.is_removed or not current.is_public:
        raise CommentUnavailable
    if not current.may_be_edited_by(author):
        raise EditWindowClosed
    if text != current.comment:
        # A correction that takes away what made somebody recognisable must not keep it as history.
        if not (find_personal_data(current.comment) and not find_personal_data(text)):
            CommentRevision.objects.create(comment=current, text=current.comment)
        Comment.objects.filter(pk=current.pk).update(comment=text, edited_at=timezone.now())
        current.comment = text
        if (target := target_of(current)) is not None:
            policy_of(target).comment_corrected(target, current)


@transaction.atomic
def delete_comment(*, comment: Comment, author: User) -> None:
    """Withdraw one's own comment; replies stay. Twice is harmless. Raises CommentUnavailable or NotTheAuthor."""
    current = _locked(comment)
    if current.user_id != author.pk:
        raise NotTheAuthor
    if not current.is_removed:
        _remove(current)


@transaction.atomic
def report_comment(
    *, comment: Comment, reporter: User, reason: CommentReport.Reason | str, details: str = ""
) -> CommentReport:
    """Tell the editors about a comment, once a person: a report that waits is unchanged, one that was decided waits again.

    Raises CommentUnavailable.
    """
    current = _locked(comment)
    if current.is_removed or not current.is_public:
        raise CommentUnavailable
    report, _created = CommentReport.objects.get_or_create(
        comment=current, reporter=reporter, defaults={"reason": reason, "details": details}
    )
    report.wait_again(reason=reason, details=details)
    return report


@transaction.atomic
def decide_report(*, comment: Comment, outcome: CommentReport.Outcome | str, by: User) -> int:
    """Keep or remove a reported comment: closes every report waiting on it, and returns their number.

    Whether the person may decide is for the caller to check. Raises NothingToDecide or CommentUnavailable.
    """
    current = _locked(comment)
    waiting = CommentReport.objects.filter(comment=current, outcome="")
    decided = waiting.update(outcome=outcome, decided_by=by, decided_at=timezone.now())
    if not decided:
        raise NothingToDecide
    if outcome == CommentReport.Outcome.REMOVED:
        _remove(current)
    return decided
