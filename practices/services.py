"""What people do with comments: post, correct, withdraw, report, decide.

A comment already stored is changed through a queryset, never through save(): django-comments-xtd hides or shows the
whole sub-thread whenever a comment is saved.
"""

import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import max_thread_level_for_content_type

from kb_site.members.models import User
from kb_site.notifications.services import notify

from .models import Comment, CommentReport, PracticePage


class CommentError(Exception):
    """Something that cannot be done with a comment; `message` says it to the person."""

    message = _("Ce n’est pas possible.")


class ParentUnavailable(CommentError):
    """The comment replied to is on another page, or readers no longer see it."""

    message = _("Le commentaire auquel vous répondez n’est plus sur cette fiche. Votre texte est gardé ci-dessous.")


class ThreadTooDeep(CommentError):
    """The comment replied to is at the last level."""

    message = _("Cette discussion a atteint son dernier niveau. Répondez plutôt à un commentaire placé plus haut.")


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


class NothingToDecide(CommentError):
    """No report waits on this comment."""

    message = _("Une décision a déjà été prise pour ce commentaire.")


def _lock_thread(comment: Comment) -> None:
    """Make writers of the same thread wait for one another until the end of the transaction."""
    Comment.objects.select_for_update(of=("self",)).filter(pk=comment.thread_id).first()


def _locked(comment: Comment) -> Comment:
    """Return the comment as it is now, with its thread locked. Raises CommentUnavailable when it no longer exists."""
    _lock_thread(comment)
    current = Comment.objects.filter(pk=comment.pk).first()
    if current is None:
        raise CommentUnavailable
    return current


def _remove(comment: Comment) -> None:
    # The text goes too: what was withdrawn must not stay in a database, still less the name of a person.
    Comment.objects.filter(pk=comment.pk).update(is_removed=True, comment="")


@transaction.atomic
def post_comment(
    *, page: PracticePage, author: User, text: str, submission_key: uuid.UUID, parent: Comment | None = None
) -> Comment:
    """Store a comment on a card, or a reply, and return it.

    The same key sent again by the same author returns the comment stored the first time, whatever the text.
    Name, e-mail and IP columns stay empty: the account says who wrote. Whether the author may read the card is for the
    caller to check. Raises ParentUnavailable, ThreadTooDeep or SubmissionKeyUsed.
    """
    if parent is not None:
        _lock_thread(parent)
    stored = Comment.objects.filter(submission_key=submission_key, user=author).first()
    if stored is not None:
        return stored
    content_type = ContentType.objects.get_for_model(PracticePage)
    if parent is not None:
        in_place = {"content_type": content_type, "object_pk": str(page.pk), "is_public": True, "is_removed": False}
        current = Comment.objects.filter(pk=parent.pk, **in_place).first()
        if current is None:
            raise ParentUnavailable
        if current.level >= max_thread_level_for_content_type(content_type):
            raise ThreadTooDeep
    comment = Comment(
        content_type=content_type,
        object_pk=str(page.pk),
        site_id=settings.SITE_ID,
        user=author,
        comment=text,
        submission_key=submission_key,
        parent_id=parent.pk if parent is not None else 0,
    )
    try:
        with transaction.atomic():
            comment.save()
    except IntegrityError:  # the same form came twice at the same instant
        stored = Comment.objects.filter(submission_key=submission_key, user=author).first()
        if stored is None:
            raise SubmissionKeyUsed from None
        return stored
    _tell_of_comment(comment, page, parent)
    return comment


def _tell_of_comment(comment: Comment, page: PracticePage, parent: Comment | None) -> None:
    """Tell the author replied to, then those who follow the card."""
    event = {"target": page, "key": f"comment:{comment.pk}", "actor": comment.user, "source": comment.pk}
    answered = [parent.user] if parent is not None and parent.user is not None else []
    if answered:
        notify(kind="comment_reply", recipients=answered, **event)
    notify(kind="comment_on_card", followers_of=[page], excluding=answered, **event)


def announce_card(*, page: PracticePage) -> None:
    """Tell those who follow one of its themes that a card is published; later publications of it are not news."""
    notify(kind="card_published", target=page, key=f"card:{page.pk}", actor=page.owner, followers_of=page.themes.all())


@transaction.atomic
def edit_comment(*, comment: Comment, author: User, text: str) -> None:
    """Replace the text of one's own comment. Raises CommentUnavailable, NotTheAuthor or EditWindowClosed."""
    current = _locked(comment)
    if current.user_id != author.pk:
        raise NotTheAuthor
    if current.is_removed or not current.is_public:
        raise CommentUnavailable
    if not current.may_be_edited_by(author):
        raise EditWindowClosed
    if text != current.comment:
        Comment.objects.filter(pk=current.pk).update(comment=text, edited_at=timezone.now())


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
    """Tell the editors about a comment, once a person: a second report returns the first, unchanged.

    Raises CommentUnavailable.
    """
    current = _locked(comment)
    if current.is_removed or not current.is_public:
        raise CommentUnavailable
    report, _created = CommentReport.objects.get_or_create(
        comment=current, reporter=reporter, defaults={"reason": reason, "details": details}
    )
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
