"""Answers by mail to the mails of a review: they reach its conversation, as words typed on its pages would.

An author answers a question, a refusal, a decision; a reviewer answers the others with a remark on the card. Whoever wrote is told.
"""

import uuid
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Comment as Remark
from wagtail.models import TaskState

from kb_site.accounts.models import User
from kb_site.notifications.replies import FAULT, ReplyHeld, ReplyRefused, register_reply_handler
from practices.comments.rulebook import PersonalDataFound, check_text, clean_text, masked_text
from practices.comments.services import CommentError

from ..models import PracticePage
from ..permissions import pages_to_publish
from .forms.review import REASON_MAX_LENGTH
from .models.experts import COMMENTED_FIELDS
from .models.review import ReviewQuestion, StoppedReview
from .services.desk import answer_refusal, remark
from .services.review import NotTheAuthor, answer_question, ask_author

QUESTION, REFUSAL, DECISION, CARD, REMARK = "question", "refus", "decision", "relecture", "remarque"
LONGEST = REASON_MAX_LENGTH  # characters of an answer, as on the page
WHOLE = COMMENTED_FIELDS[0]  # the part of a card that a remark on all of it stands beside

# write(user, about, text): stores the words and returns the path of where they stand. Raises ReplyRefused.
Write = Callable[[User, int, str], str]


def register() -> None:
    """Let the mails of a review be answered."""
    for name, write in _DOORS.items():
        register_reply_handler(name, _door(write), lambda _user, _about, text: masked_text(text))


def _door(write: Write) -> Callable[[User, int, str, uuid.UUID, frozenset[str]], str]:
    def publish(user: User, about: int, text: str, _key: uuid.UUID, accepted: frozenset[str]) -> str:
        words = clean_text(text)
        try:
            check_text(words, longest=LONGEST, agreed=accepted)
        except PersonalDataFound as found:
            raise ReplyHeld(found.reasons) from found
        except CommentError as broken:
            raise ReplyHeld({f"{FAULT}{type(broken).__name__}": str(broken.message)}) from broken
        return write(user, about, words)

    return publish


def _question(user: User, about: int, text: str) -> str:
    asked = ReviewQuestion.objects.filter(pk=about).select_related("card", "asked_by").first()
    try:
        if asked is None:
            raise NotTheAuthor
        answer_question(question=asked, by=user, text=text)
    except NotTheAuthor as error:
        raise ReplyRefused(_("Cette question n’attend plus votre réponse.")) from error
    return reverse("my_proposals")


def _refusal(user: User, about: int, text: str) -> str:
    stopped = StoppedReview.objects.filter(pk=about).select_related("card", "stopped_by").first()
    try:
        if stopped is None:
            raise NotTheAuthor
        answer_refusal(stopped=stopped, by=user, text=text)
    except NotTheAuthor as error:
        raise ReplyRefused(_("Cette fiche n’attend plus votre réponse.")) from error
    return reverse("my_proposals")


def _decision(user: User, about: int, text: str) -> str:
    state = TaskState.objects.filter(pk=about).select_related("finished_by", "workflow_state").first()
    card = state.workflow_state.content_object if state else None
    if state is None or card is None or card.owner_id != user.pk:
        raise ReplyRefused(_("Cette fiche n’attend plus votre réponse."))
    remark(card=card.specific, by=user, field=WHOLE, text=text, tell=state.finished_by)
    return reverse("my_proposals")


def _card(user: User, about: int, text: str) -> str:
    return _remarked(user, about, text, field=WHOLE, tell=None)


def _remark(user: User, about: int, text: str) -> str:
    answered = Remark.objects.filter(pk=about).select_related("page", "user").first()
    if answered is None:
        raise ReplyRefused(_("Cette remarque n’est plus là."))
    return _remarked(user, answered.page_id, text, field=answered.contentpath, tell=answered.user)


def _remarked(user: User, card_id: int, text: str, *, field: str, tell: User | None) -> str:
    """Write a remark, for those who review the card (practices/editorial/views/desk.py)."""
    card = PracticePage.objects.filter(pk=card_id, pk__in=pages_to_publish(user).order_by().values("pk")).first()
    if card is None:
        raise ReplyRefused(_("Vous ne relisez plus cette fiche."))
    if tell is not None and tell.pk == card.owner_id:  # authors do not read the desk: they are asked
        ask_author(card=card, by=user, text=text)
    else:
        remark(card=card, by=user, field=field, text=text, tell=tell)
    return reverse("review_card", args=[card.pk])


_DOORS = {QUESTION: _question, REFUSAL: _refusal, DECISION: _decision, CARD: _card, REMARK: _remark}
