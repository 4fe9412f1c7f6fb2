"""Comments on cards: whoever may read the card writes there; whoever publishes it answers for its comments."""

from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from kb_site.accounts.groups import COORDINATION
from kb_site.accounts.models import User
from kb_site.notifications.services import notify

from ..models import PracticePage
from .models import Comment
from .policies import CommentPolicy


def _moderates_everything(user: User) -> bool:
    return user.is_superuser or user.groups.filter(name=COORDINATION).exists()


class CardPolicy(CommentPolicy):
    model = PracticePage
    name = "page"

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return PracticePage.objects.visible_to(user)

    def address(self, target: Any) -> str:
        return str(target.url)

    def label(self, target: Any) -> str:
        return _("Fiche")

    def moderates_something(self, user: User) -> bool:
        may_publish: bool = page_permission_policy.user_has_permission(user, "publish")
        return may_publish or _moderates_everything(user)

    def moderable_keys(self, user: User) -> QuerySet[Any] | None:
        if _moderates_everything(user):
            return None
        pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
        return pages.order_by().annotate(key=Cast("pk", CharField())).values("key")  # type: ignore[no-any-return]

    def comment_posted(self, target: Any, comment: Comment, parent: Comment | None, mentioned: list[User]) -> None:
        """Tell the author replied to, then those who follow the card."""
        event = {"target": target, "key": f"comment:{comment.pk}", "actor": comment.user, "source": comment.pk}
        answered = [parent.user] if parent is not None and parent.user is not None else []
        if answered:
            notify(kind="comment_reply", recipients=answered, **event)
        notify(kind="comment_on_card", followers_of=[target], excluding=answered, **event)
