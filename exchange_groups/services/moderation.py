"""Moderation of a group's talk: pin, close, reopen, move, merge, split, remove a topic; reports."""

from contextlib import suppress

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail
from kb_site.notifications.services import withdraw
from practices.comments.models import Comment, Report
from practices.comments.policies import policy_of

from ..choices import TopicState
from ..models import ExchangeGroup, Mention, Quotation, Reaction, Topic, TopicReport, UsefulReply
from ..quotations import quote
from .errors import GroupError, ReasonMissing, WouldOpen
from .thread_splitting import unroot
from .topics import AuthorInFile, files_that_name_author, hide_author_of_file, open_topic


class NothingToSplit(GroupError):
    """No thread of the topic was chosen."""


class FilesWouldGo(GroupError):
    """A file of the topic names its masked author for good: it cannot follow, and would be erased."""

    message = _(
        "Un fichier joint nomme la personne qui l’a écrit, et ce nom ne peut pas en être retiré : il serait effacé. "
        "Cochez que vous le savez."
    )


class NotThere(GroupError):
    """The topic was merged, moved or removed meanwhile."""


def _locked(*topics: Topic) -> list[Topic]:
    """Lock topics in a fixed order, so that two facilitators never wait for each other. Raises NotThere."""
    rows = Topic.objects.select_for_update(of=("self",)).select_related("group")
    found = {topic.pk: topic for topic in rows.filter(pk__in=[topic.pk for topic in topics]).order_by("pk")}
    if any(topic.pk not in found or found[topic.pk].is_removed or found[topic.pk].merged_into_id for topic in topics):
        raise NotThere
    return [found[topic.pk] for topic in topics]


@transaction.atomic
def pin(*, topic: Topic, pinned: bool) -> None:
    """Keep a topic on top of its group, or let it go down."""
    (current,) = _locked(topic)
    current.pinned = pinned
    current.save(update_fields=["pinned"])


@transaction.atomic
def close_topic(*, topic: Topic, reason: str) -> None:
    """Close a topic: it is read, nobody replies any more. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    (current,) = _locked(topic)
    current.state, current.close_reason = TopicState.CLOSED, reason.strip()
    current.save(update_fields=["state", "close_reason"])


@transaction.atomic
def reopen_topic(*, topic: Topic) -> None:
    """Let people reply again."""
    (current,) = _locked(topic)
    if current.state != TopicState.CLOSED:
        return
    state = TopicState.ANSWERED if current.useful_replies.exists() else TopicState.OPEN
    current.state, current.close_reason = TopicState.BECAME_CARD if current.resulting_card_id else state, ""
    current.save(update_fields=["state", "close_reason"])


@transaction.atomic
def propose_for_session(*, topic: Topic, proposed: bool) -> None:
    """Propose a topic for the next session, or no longer."""
    (current,) = _locked(topic)
    current.proposed_for_session_at = timezone.now() if proposed else None
    current.save(update_fields=["proposed_for_session_at"])


@transaction.atomic
def move_topic(*, topic: Topic, to: ExchangeGroup) -> None:
    """Move a topic with its replies to another group; the former address leads there.

    Whether this person facilitates both groups is for the caller to check. Raises NotThere or WouldOpen.
    """
    (current,) = _locked(topic)
    if to.is_more_open_than(current):
        raise WouldOpen
    current.group, current.pinned, current.proposed_for_session_at = to, False, None
    current.confidentiality, current.admits_institutions = to.confidentiality, to.admits_institutions
    # Masked names were confided to those who led the other group.
    current.names_confided_at = None
    current.save()


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, files_may_go: bool = False) -> int:
    """Merge a topic into another of the same group: its text becomes a reply there, its replies follow.

    The former address leads to the other topic. Returns how many files were erased because they name a masked author for
    good: with `files_may_go`, else FilesWouldGo is raised. Raises NotThere or WouldOpen.
    """
    if topic.pk == into.pk or topic.group_id != into.group_id:
        raise NotThere
    source, target = _locked(topic, into)
    if target.is_more_open_than(source):
        raise WouldOpen
    if not files_may_go and files_that_name_author(source):
        raise FilesWouldGo
    confided = (source.names_confided_at, target.names_confided_at)
    target.names_confided_at = None if None in confided else min(confided)  # type: ignore[type-var]
    target.save(update_fields=["names_confided_at"])
    opening = Comment(
        content_type=ContentType.objects.get_for_model(Topic),
        object_pk=str(target.pk),
        site_id=settings.SITE_ID,
        user=source.author,
        comment=f"{source.title}\n\n{source.body}",
        submission_key=source.submission_key,
        masked=source.masked,
    )
    opening.save()
    Comment.objects.filter(pk=opening.pk).update(submit_date=source.created_at)
    quote(target, opening)
    _carry(Comment.objects.filter(content_type=opening.content_type, object_pk=str(source.pk)), source, target)
    erased = _carry_files(source, target)
    Mention.objects.filter(topic=source).update(topic=None, comment=opening)
    Reaction.objects.filter(topic=source, comment=None).delete()
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    withdraw(target=source)
    Topic.objects.filter(merged_into=source).update(merged_into=target)
    policy_of(target).comments_changed(target)
    return erased


def _carry(comments: "object", source: Topic, target: Topic) -> None:
    ids = list(comments.values_list("pk", flat=True))  # type: ignore[attr-defined]
    Comment.objects.filter(pk__in=ids).update(object_pk=str(target.pk))
    UsefulReply.objects.filter(comment__in=ids).update(topic=target)
    Reaction.objects.filter(comment__in=ids).update(topic=target)
    Quotation.objects.filter(comment__in=ids).update(topic=target)


def _carry_files(source: Topic, target: Topic) -> int:
    """Files follow the text that they were joined to; those of a masked author are freed of it before.

    One that cannot be goes with the former topic, which nobody reads any more. Returns how many.
    """
    following = []
    for file in source.files.select_related("topic"):
        with suppress(AuthorInFile, FileNotFoundError):
            if source.masked and not file.author_hidden:
                hide_author_of_file(file)
            following.append(file.pk)
    source.files.filter(pk__in=following).update(topic=target)
    erased, _by_model = source.files.all().delete()
    return erased


@transaction.atomic
def split_topic(*, topic: Topic, threads: list[int], title: str, by: User) -> Topic:
    """Open a new topic with some threads of this one: the first becomes its text, its replies and the others follow.

    Raises NothingToSplit when none of these ids is a thread of the topic.
    """
    (source,) = _locked(topic)
    content_type = ContentType.objects.get_for_model(Topic)
    own = Comment.objects.filter(content_type=content_type, object_pk=str(source.pk))
    roots = list(own.filter(pk__in=threads, level=0, is_public=True, is_removed=False).order_by("pk"))
    if not roots:
        raise NothingToSplit
    first = roots[0]
    new = open_topic(
        group=source.group,
        author=first.user or by,
        type=source.type,
        title=title,
        body=first.comment,
        masked=first.masked,
        themes=source.themes.all(),
        calls=False,  # whom its words call was told when they were written
    )
    Mention.objects.filter(comment=first).update(topic=new, comment=None)
    if first.user is None:
        Topic.objects.filter(pk=new.pk).update(author=None)
    Topic.objects.filter(pk=new.pk).update(
        created_at=first.submit_date,
        names_confided_at=source.names_confided_at,
        confidentiality=source.confidentiality,
        admits_institutions=source.admits_institutions,
    )
    _carry(own.filter(thread_id__in=[root.pk for root in roots]), source, new)
    unroot(first)
    for changed in (source, new):
        policy_of(changed).comments_changed(changed)
    new.refresh_from_db()
    return new


@transaction.atomic
def report_topic(*, topic: Topic, reporter: User, reason: Report.Reason | str, details: str = "") -> TopicReport:
    """Tell the facilitators about a topic, once a person: a report that was decided waits again."""
    report, _made = TopicReport.objects.get_or_create(
        topic=topic, reporter=reporter, defaults={"reason": reason, "details": details}
    )
    report.wait_again(reason=reason, details=details)
    return report


@transaction.atomic
def decide_topic_report(*, topic: Topic, outcome: Report.Outcome | str, by: User, reason: str = "") -> int:
    """Keep or remove a reported topic: closes every report waiting on it, and returns their number.

    A removed topic loses its words, former ones included; its author is told by mail, with the reason. Raises ReasonMissing.
    """
    if outcome == Report.Outcome.REMOVED and not reason.strip():
        raise ReasonMissing
    (current,) = _locked(topic)
    waiting = TopicReport.objects.filter(topic=current, outcome="")
    decided = waiting.update(outcome=outcome, decided_by=by, decided_at=timezone.now())
    if decided and outcome == Report.Outcome.REMOVED:
        current.is_removed, current.close_reason = True, reason.strip()
        current.body = ""
        current.revisions.all().delete()
        current.files.all().delete()
        current.save(update_fields=["is_removed", "close_reason", "body"])
        withdraw(target=current)
        if current.author and current.author != by:
            defer_mail("topic_removed", to=current.author, key=f"topic_removed:{current.pk}", topic=current.pk)
    return decided
