"""On what can people comment, and who may read, write and moderate there: one object of rules per commented model.

Cards bring theirs (comment_policy.py); an app above registers its own when it is ready, so that one implementation of
threads, pages and moderation serves them all.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import max_thread_level_for_content_type

from kb_site.accounts.models import User

from .models import Comment


class CommentPolicy:
    """What the comments of one model need to know of it. Subclasses say who; what is here is the same for all."""

    model: type[Model]
    name: str  # in addresses: /commentaires/<name>/<id>/
    form_title: Any = _("Écrire un commentaire")
    threads_per_page = 5
    comments_per_page = 30

    def visible_to(self, user: Any) -> QuerySet[Any]:
        """The objects whose comments this person may read."""
        raise NotImplementedError

    def everything(self) -> QuerySet[Any]:
        """Every object, whoever asks, ready for address() without a query each."""
        return self.model._default_manager.all()

    def refusal(self, target: Any, user: User) -> str:
        """Why this approved person, who may read the object, may not write there now; empty when they may."""
        return ""

    def address(self, target: Any) -> str:
        """The page that shows the comments."""
        raise NotImplementedError

    def label(self, target: Any) -> str:
        """What the object is, in a word, before its title."""
        raise NotImplementedError

    def moderates_something(self, user: User) -> bool:
        """Whether this person answers for the comments of some object."""
        raise NotImplementedError

    def moderable_keys(self, user: User) -> QuerySet[Any] | None:
        """The keys (text) of the objects whose comments this person may remove; None: all of them."""
        raise NotImplementedError

    def masks(self, target: Any, author: User) -> bool:
        """Whether the name of this author is hidden from readers of a new comment."""
        return False

    def sees_masked_names(self, target: Any, user: Any) -> bool:
        """Whether this person sees who wrote a comment whose author is masked."""
        return False

    def thread_rank(self, target: Any) -> Any:
        """An expression, true for the threads shown before the others; None when they come in the order of time."""
        return None

    def annotated(self, comments: QuerySet[Comment], target: Any) -> QuerySet[Comment]:
        """Add what the page shows beside a comment; `author_gone` is true when its author is no longer named."""
        return comments

    def known_total(self, target: Any) -> int | None:
        """How many readable comments the object has, when it counts them itself."""
        return None

    def people_to_mention(self, target: Any, user: User) -> QuerySet[User] | None:
        """Those whom a comment may call upon; None where nobody is."""
        return None

    def lock(self, target: Any) -> None:
        """Make writers on the same object wait for one another, where the object keeps counts (called first)."""

    def address_of_people(self, target: Any) -> str:
        """Where the names of those people are proposed while one writes; empty where they are not."""
        return ""

    def comment_posted(self, target: Any, comment: Comment, parent: Comment | None, mentioned: list[User]) -> None:
        """Called in the transaction of a new comment."""

    def comment_corrected(self, target: Any, comment: Comment) -> None:
        """Called in the transaction when the words of a comment were corrected."""
        self.comments_changed(target)

    def comments_changed(self, target: Any) -> None:
        """Called in the transaction when comments were corrected, removed or moved."""

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    @property
    def max_level(self) -> int:
        """The last level of replies, from 0."""
        level: int = max_thread_level_for_content_type(self.content_type)
        return level

    def moderable_comments(self, user: User) -> QuerySet[Comment]:
        """The comments of this model that this person may keep or remove."""
        if not user.is_approved or not self.moderates_something(user):
            return Comment.objects.none()
        comments = Comment.objects.filter(content_type=self.content_type)
        keys = self.moderable_keys(user)
        return comments if keys is None else comments.filter(object_pk__in=keys)


_rules: dict[type[Model], CommentPolicy] = {}


def register_policy(rules: CommentPolicy) -> None:
    """Let people comment on a model."""
    _rules[rules.model] = rules


def policy_named(name: str) -> CommentPolicy | None:
    """Return the rules of the model that has this name in addresses."""
    return next((rules for rules in _rules.values() if rules.name == name), None)


def all_policies() -> list[CommentPolicy]:
    """Return the rules of every model that may be commented on."""
    return list(_rules.values())


def policy_of(target: Model) -> CommentPolicy:
    """Return the rules of a commented object. Raises KeyError when nobody may comment on such an object."""
    return _rules[type(target)]


def policy_of_comment(comment: Comment) -> CommentPolicy | None:
    """Return the rules of the object that a comment is on; None when it is of no commented model."""
    model = ContentType.objects.get_for_id(comment.content_type_id).model_class()
    return _rules.get(model) if model else None
