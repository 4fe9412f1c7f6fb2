"""Comments as people see them: the threads of a card or a topic, and what one may moderate."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.kept.dependencies import rows_of

from ..plain_text import plain_text_to_html
from .models import Comment
from .policies import CommentPolicy, all_policies, policy_of

PAGE_PARAMETER = "commentaires"
# Those of a comment: each tells of which card or topic its rows change (migration 0002).
TABLES = ("django_comments", "django_comments_xtd_xtdcomment", "comments_comment")


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
    useful: bool = False
    called: tuple[str, ...] = ()  # first names of those whom it calls upon
    may_reply: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_report: bool = False

    @property
    def has_actions(self) -> bool:
        return self.may_reply or self.may_edit or self.may_delete or self.may_report


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some threads of a card or a topic, one under the other; `total` counts the comments of all its threads."""

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


def comments_of(target: Model) -> QuerySet[Comment]:
    """Every comment of a card or a topic, removed and hidden ones included."""
    return Comment.objects.filter(content_type=policy_of(target).content_type, object_pk=str(target.pk))


def readable_comments_of(target: Model) -> QuerySet[Comment]:
    """The comments whose text readers of the card or topic may see."""
    return comments_of(target).filter(is_public=True, is_removed=False)


def _in_rank(comments: QuerySet[Comment], rank: Any) -> QuerySet[Comment]:
    """Order by thread, those that the rules put first before the others."""
    if rank is None:
        return comments.order_by("thread_id")
    return comments.annotate(rank=rank).order_by("-rank", "thread_id")


def _pages_of_threads(readable: QuerySet[Comment], rules: CommentPolicy, rank: Any) -> tuple[list[list[int]], int]:
    """Return the ids of the threads of each page and the number of comments, in one query: a page is full at so many threads, or so many comments.

    A thread is never cut: one that is longer than a page is a page of its own.
    """
    columns = ["thread_id"] if rank is None else ["thread_id", "rank"]
    sizes = _in_rank(readable, rank).values(*columns).annotate(size=Count("pk"))
    pages: list[list[int]] = []
    room = total = 0
    for thread, size in sizes.values_list("thread_id", "size"):
        if not pages or size > room or len(pages[-1]) == rules.threads_per_page:
            pages.append([])
            room = rules.comments_per_page
        pages[-1].append(thread)
        room -= size
        total += size
    return pages, total


def threads_of(target: Model, viewer: Any, page_number: int | str | None = 1) -> ThreadPage:
    """Return one page of threads of a card or a topic, oldest first after those that the rules put first.

    Two queries at most, one where all the comments fit on a page; a wrong page number gives the nearest page.
    """
    rules = policy_of(target)
    with rows_of(TABLES, f"{rules.content_type.pk}:{target.pk}"):
        return _threads(target, viewer, page_number, rules)


def _threads(target: Model, viewer: Any, page_number: int | str | None, rules: CommentPolicy) -> ThreadPage:
    readable = readable_comments_of(target)
    rank = rules.thread_rank(target)
    shown = rules.annotated(_in_rank(comments_of(target), rank), target).select_related("user__structure")
    total = rules.known_total(target)
    number = last = 1
    if total is None or total > rules.threads_per_page:
        pages, total = _pages_of_threads(readable, rules, rank)
        last = max(1, len(pages))
        try:
            number = min(max(int(page_number or 1), 1), last)
        except (TypeError, ValueError):
            number = 1
        shown = shown.filter(thread_id__in=pages[number - 1] if pages else [])
    if not total:
        return ThreadPage([], 0, number, last)
    shown = shown.order_by(*shown.query.order_by, "order")
    return ThreadPage(list(_items(shown, viewer, target, rules)), total, number, last)


def address_of(comment: Comment, target: Model) -> str:
    """Return the address of a comment on its page: right page of threads, right place (the heading once it is gone)."""
    rules = policy_of(target)
    rank = rules.thread_rank(target)
    number = 1
    total = rules.known_total(target)
    if total is None or total > rules.threads_per_page:
        pages, _total = _pages_of_threads(readable_comments_of(target), rules, rank)
        number = next((place for place, threads in enumerate(pages, 1) if comment.thread_id in threads), 1)
    thread = comments_of(target).filter(thread_id=comment.thread_id).order_by("order")
    anchor = f"c{comment.pk}" if comment.pk in {shown.pk for shown in _shown(thread)} else PAGE_PARAMETER
    query = f"?{PAGE_PARAMETER}={number}" if number > 1 and anchor != PAGE_PARAMETER else ""
    return f"{rules.address(target)}{query}#{anchor}"


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


def shown_name(comment: Comment, target: Model, viewer: Any) -> str:
    """The name of a comment's author as this person may see it."""
    rules = policy_of(target)
    (annotated,) = rules.annotated(Comment.objects.filter(pk=comment.pk).select_related("user"), target)
    return _name(annotated, sees_masked=rules.sees_masked_names(target, viewer))


def item_of(comment: Comment, target: Model, viewer: Any) -> ThreadItem:
    """Return one readable comment, ready to be shown alone."""
    rules = policy_of(target)
    alone = rules.annotated(Comment.objects.filter(pk=comment.pk).select_related("user__structure"), target)
    (item,) = _items(alone, viewer, target, rules)
    return item


def _name(comment: Comment, *, sees_masked: bool) -> str:
    if comment.masked and not sees_masked:
        return _("Auteur masqué")
    if comment.user_id is not None and getattr(comment, "author_gone", False):
        return _("Ancien membre")
    name = author_name(comment.user)
    return _("%(name)s (nom masqué aux autres)") % {"name": name} if comment.masked else name


def _items(comments: Iterable[Comment], viewer: Any, target: Model, rules: CommentPolicy) -> Iterable[ThreadItem]:
    is_member = viewer.is_authenticated and viewer.is_approved
    may_write = is_member and not rules.refusal(target, viewer)
    sees_masked = rules.sees_masked_names(target, viewer)
    names: dict[int, str] = {}
    for comment in _shown(comments):
        reply_to = names.get(comment.parent_id, "") if comment.level else ""
        if not _is_readable(comment):
            names[comment.pk] = _("un commentaire retiré")
            yield ThreadItem(comment.pk, comment.level, removed=True, reply_to=reply_to)
            continue
        names[comment.pk] = _name(comment, sees_masked=sees_masked)
        unnamed = getattr(comment, "author_gone", False) or (comment.masked and not sees_masked)
        author = None if unnamed else comment.user
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
            useful=getattr(comment, "is_useful", False),
            called=tuple(getattr(comment, "called", ())),
            may_reply=may_write and comment.level < rules.max_level,
            may_edit=may_write and comment.may_be_edited_by(viewer),
            may_delete=is_member and comment.may_be_deleted_by(viewer),
            may_report=is_member and comment.user_id != viewer.pk,
        )


def is_moderator(user: User) -> bool:
    """Whether this person moderates the comments of some card or topic."""
    return user.is_approved and any(rules.moderates_something(user) for rules in all_policies())


def moderable_comments(user: User) -> QuerySet[Comment]:
    """The comments that this person may keep or remove, whatever they are on."""
    found = Comment.objects.none()
    for rules in all_policies():
        found = found | rules.moderable_comments(user)
    return found
