"""From talk to a card: a draft in the network's section, credits with consent, provenance, and the way back."""

import uuid
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail
from kb_site.notifications.services import notify
from practices.comments.models import Comment
from practices.comments.policies import policy_of
from practices.comments.services import target_of
from practices.comments.threads import comments_of
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card
from practices.models import PracticePage

from ..choices import TopicState, TopicType
from ..models import CreditConsent, ExchangeGroup, Membership, Topic
from ..quotations import quote
from .errors import GroupError
from .thread_splitting import unroot
from .topics import open_topic

CREDITS_LENGTH = 200


class AlreadyDrawn(GroupError):
    """A card was already drawn from the topic."""


class QuestionGone(GroupError):
    """The comment was removed or moved meanwhile."""


@transaction.atomic
def draw_card(
    *, topic: Topic, by: User, idea: ProposedCard, participants: Iterable[int], submission_key: uuid.UUID
) -> PracticePage:
    """Propose to the group's network a card drawn from a topic, and ask the participants whether they want credit.

    `participants` are ids of accounts whose words were used. A masked author is not asked: credit would name them.
    Until someone agrees, the credits name nobody, nor the group. Raises AlreadyDrawn, or the errors of propose_card().
    """
    current = Topic.objects.select_for_update(of=("self",)).select_related("group__network").get(pk=topic.pk)
    card = propose_card(
        author=by,
        network=current.group.network,
        idea=idea,
        credits=_("Des permanents, dans un groupe d’échanges"),
        origin=current,
        submission_key=submission_key,
    )
    if current.resulting_card_id not in (None, card.pk):
        raise AlreadyDrawn
    if current.resulting_card_id is None:
        current.resulting_card = card
        current.save(update_fields=["resulting_card"])
        _ask_for_credit(card, current, participants)
    return card


def _ask_for_credit(card: PracticePage, topic: Topic, participants: Iterable[int]) -> None:
    asked = set(participants) - ({topic.author_id} if topic.masked else set())
    still_in = (
        Membership.objects.in_effect().filter(group=topic.group, user__in=asked).values_list("user_id", flat=True)
    )
    for user in User.objects.filter(pk__in=list(still_in)):
        consent, made = CreditConsent.objects.get_or_create(card=card, user=user, defaults={"topic": topic})
        if made:
            notify(kind="credit_asked", target=topic, key=f"credit:{consent.pk}", source=consent.pk, recipients=[user])


@transaction.atomic
def answer_consent(*, consent: CreditConsent, agreed: bool) -> None:
    """Record whether this participant wants credit, and write the credits of the card anew; one may change one's mind."""
    CreditConsent.objects.filter(pk=consent.pk).update(agreed=agreed, answered_at=timezone.now())
    card = PracticePage.objects.select_for_update().get(pk=consent.card_id)
    credits = credits_of(card)
    latest = card.get_latest_revision_as_object()
    if latest.credits == credits:
        return
    had_changes = card.has_unpublished_changes
    latest.credits = credits
    revision = latest.save_revision(clean=False, log_action=True)
    if card.live and not had_changes:
        revision.publish(skip_permission_checks=True)


def credits_of(card: PracticePage) -> str:
    """Return who is named on a card drawn from talk: those who agreed, then « d’autres permanents » if some did not."""
    consents = CreditConsent.objects.filter(card=card).select_related("user__structure").order_by("answered_at")
    named = [
        f"{consent.user.public_name} ({consent.user.structure.name})"
        if consent.user.structure
        else consent.user.public_name
        for consent in consents
        if consent.agreed
    ]
    if not named:
        return _("Des permanents, dans un groupe d’échanges")
    others = any(not consent.agreed for consent in consents)
    words = ", ".join(named) + (_(" et d’autres permanents") if others else "")
    return words if len(words) <= CREDITS_LENGTH else words[: CREDITS_LENGTH - 1].rsplit(",", 1)[0] + "…"


@transaction.atomic
def welcome_card(*, card: PracticePage) -> None:
    """A card drawn from talk is published: its topic has become a card, and those who follow it hear of it once."""
    drawn = Topic.objects.filter(resulting_card=card).exclude(state=TopicState.BECAME_CARD)
    for topic in drawn.select_for_update(of=("self",)).select_related("author", "group"):
        topic.state = TopicState.BECAME_CARD
        topic.save(update_fields=["state"])
        notify(
            kind="topic_became_card",
            target=topic,
            key=f"became-card:{topic.pk}",
            recipients=[topic.author] if topic.author else [],
            followers_of=[topic],
        )


@transaction.atomic
def move_question(*, comment: Comment, to: ExchangeGroup, title: str, by: User) -> Topic:
    """Move a question asked under a card into a group, with the replies under it; the card no longer shows them.

    Whether this person moderates the comment and writes in the group is for the caller to check. Raises QuestionGone.
    """
    card = target_of(comment)
    current = Comment.objects.select_for_update(of=("self",)).select_related("user").filter(pk=comment.pk).first()
    if not isinstance(card, PracticePage) or current is None or current.level or current.is_removed:
        raise QuestionGone
    topic = open_topic(
        group=to,
        author=current.user or by,
        type=TopicType.QUESTION,
        title=title,
        body=current.comment,
        masked=current.masked,
        submission_key=current.submission_key,
    )
    topic.origin_card, topic.created_at = card, current.submit_date
    topic.author, topic.names_confided_at = current.user, None
    topic.save(update_fields=["origin_card", "created_at", "author", "names_confided_at"])
    thread = Comment.objects.filter(thread_id=current.pk)
    thread.update(content_type=ContentType.objects.get_for_model(Topic), object_pk=str(topic.pk))
    unroot(current)
    policy_of(topic).comments_changed(topic)
    for reply in comments_of(topic).filter(comment__contains="/"):
        quote(topic, reply)
    topic.refresh_from_db()
    if current.user and current.user != by:
        defer_mail("question_moved", to=current.user, key=f"question_moved:{topic.pk}", topic=topic.pk)
    return topic
