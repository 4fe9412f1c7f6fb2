"""What people are told of comments on cards."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kb_site.notifications.models import Cadence
from kb_site.notifications.types import NotificationType, Source, register_notification_type

from ..models import PracticePage
from .mail_replies import register_doors
from .models import Comment
from .services import COMMENT_DOOR

WORDS_QUOTED = 60


def _comments(ids: Collection[int]) -> Mapping[int, Source]:
    readable = Comment.objects.filter(pk__in=ids, is_public=True, is_removed=False)
    return {
        pk: Source(Truncator(text).words(WORDS_QUOTED), reverse("comment_show", args=[pk]))
        for pk, text in readable.values_list("pk", "comment")
    }


def register() -> None:
    """Declare the events of comments, and who publishes the replies to their mails."""
    register_doors()
    register_notification_type(
        NotificationType(
            name="comment_reply",
            label=_("Une réponse à mon commentaire"),
            addressed=True,
            sentence=_("%(actor)s vous a répondu sous « %(title)s »"),
            target=PracticePage,
            default=Cadence.AT_ONCE,
            sources=_comments,
            reply=COMMENT_DOOR,
        )
    )
    register_notification_type(
        NotificationType(
            name="comment_on_card",
            label=_("Un commentaire sur une fiche que je suis"),
            sentence=_("%(actor)s a commenté « %(title)s »"),
            target=PracticePage,
            default=Cadence.DAILY,
            sources=_comments,
            reply=COMMENT_DOOR,
        )
    )
