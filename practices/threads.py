"""Comments as people see them: the threads of a card, and what an editor may moderate."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_comments_xtd.models import max_thread_level_for_content_type
from wagtail.permissions import page_permission_policy

from kb_site.members.groups import COORDINATION
from kb_site.members.models import User

from .models import Comment, PracticePage
from .plain_text import plain_text_to_html

THREADS_PER_PAGE = 5
PAGE_PARAMETER = "commentaires"


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """One comment, ready to be shown. A removed one (`removed`) keeps its place, without its text nor its author."""

    id: int
    level: int
    removed: bool
    reply_to: str = ""
    author: str = ""
    role: str = ""
    structure: str = ""
    date: datetime.datetime | None = None
    edited: bool = False
    html: SafeString = SafeString()
    may_reply: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_report: bool = False

    @property
    def has_actions(self) -> bool:
        return self.may_reply or self.may_edit or self.may_delete or self.may_report


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some threads of a card, one under the other; `total` counts the comments of all its threads."""

    comments: list[ThreadItem]
    total: int
    number: int
    last: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def comments_of(page: PracticePage) -> QuerySet[Comment]:
    """Every comment of a card, removed and hidden ones included."""
    return Comment.objects.filter(content_type=ContentType.objects.get_for_model(PracticePage), object_pk=str(page.pk))


def readable_comments_of(page: PracticePage) -> QuerySet[Comment]:
    """The comments whose text readers of the card may see."""
    return comments_of(page).filter(is_public=True, is_removed=False)


def threads_of(page: PracticePage, viewer: Any, page_number: int | str | None = 1) -> ThreadPage:
    """Return five threads of a card, oldest first, in two queries; a wrong page number gives the nearest page."""
    readable = readable_comments_of(page)
    counts = readable.aggregate(total=Count("pk"), threads=Count("thread_id", distinct=True))
    last = max(1, -(-counts["threads"] // THREADS_PER_PAGE))
    try:
        number = min(max(int(page_number or 1), 1), last)
    except (TypeError, ValueError):
        number = 1
    if not counts["total"]:
        return ThreadPage([], 0, number, last)
    first = (number - 1) * THREADS_PER_PAGE
    thread_ids = readable.order_by("thread_id").values("thread_id").distinct()[first : first + THREADS_PER_PAGE]
    comments = (
        comments_of(page)
        .filter(thread_id__in=thread_ids)
        .select_related("user__structure")
        .order_by("thread_id", "order")
    )
    return ThreadPage(list(_items(comments, viewer)), counts["total"], number, last)


def address_of(comment: Comment, page: PracticePage) -> str:
    """Return the address of a comment on its card: right page of threads, right place (the heading once it is gone)."""
    threads_before = (
        readable_comments_of(page)
        .filter(thread_id__lt=comment.thread_id)
        .aggregate(count=Count("thread_id", distinct=True))["count"]
    )
    number = threads_before // THREADS_PER_PAGE + 1
    thread = comments_of(page).filter(thread_id=comment.thread_id).order_by("order")
    anchor = f"c{comment.pk}" if comment.pk in {shown.pk for shown in _shown(thread)} else PAGE_PARAMETER
    query = f"?{PAGE_PARAMETER}={number}" if number > 1 and anchor != PAGE_PARAMETER else ""
    return f"{page.url}{query}#{anchor}"


def _is_readable(comment: Comment) -> bool:
    return comment.is_public and not comment.is_removed


def _shown(comments: Iterable[Comment]) -> list[Comment]:
    """Keep readable comments, and those that have a readable one under them (in thread order, replies come after)."""
    shown: list[Comment] = []
    needed: set[int] = set()
    for comment in reversed(list(comments)):
        if _is_readable(comment) or comment.pk in needed:
            shown.append(comment)
            needed.add(comment.parent_id)
    return shown[::-1]


def author_name(author: User | None) -> str:
    """First name and initial of a comment's author, or words when there is none to show."""
    if author is None:
        return _("Compte supprimé")
    return author.public_name or _("Compte sans nom")


def _items(comments: Iterable[Comment], viewer: Any) -> Iterable[ThreadItem]:
    is_member = viewer.is_authenticated and viewer.is_approved
    max_level = max_thread_level_for_content_type(ContentType.objects.get_for_model(PracticePage))
    names: dict[int, str] = {}
    for comment in _shown(comments):
        reply_to = names.get(comment.parent_id, "") if comment.level else ""
        if not _is_readable(comment):
            names[comment.pk] = _("un commentaire retiré")
            yield ThreadItem(comment.pk, comment.level, removed=True, reply_to=reply_to)
            continue
        author = comment.user
        names[comment.pk] = author_name(author)
        yield ThreadItem(
            comment.pk,
            comment.level,
            removed=False,
            reply_to=reply_to,
            author=names[comment.pk],
            role=author.get_role_display() if author else "",
            structure=author.structure.name if author and author.structure and is_member else "",
            date=comment.submit_date,
            edited=comment.edited_at is not None,
            html=plain_text_to_html(comment.comment),
            may_reply=is_member and comment.level < max_level,
            may_edit=is_member and comment.may_be_edited_by(viewer),
            may_delete=is_member and comment.may_be_deleted_by(viewer),
            may_report=is_member and comment.user_id != viewer.pk,
        )


def _moderates_everything(user: User) -> bool:
    return user.is_superuser or user.groups.filter(name=COORDINATION).exists()


def is_moderator(user: User) -> bool:
    """Whether this person moderates the comments of some card: who publishes it answers for its comments."""
    return user.is_approved and (
        page_permission_policy.user_has_permission(user, "publish") or _moderates_everything(user)
    )


def moderable_comments(user: User) -> QuerySet[Comment]:
    """The comments that this person may keep or remove: those of the cards they may publish, all for coordination."""
    if not is_moderator(user):
        return Comment.objects.none()
    comments = Comment.objects.filter(content_type=ContentType.objects.get_for_model(PracticePage))
    if _moderates_everything(user):
        return comments
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return comments.filter(object_pk__in=pages.order_by().annotate(key=Cast("pk", CharField())).values("key"))
