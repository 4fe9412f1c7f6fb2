"""What members leave on topics and replies besides words: reactions, useful answers, mentions, visits, drafts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.comments.models import Comment
from practices.models import PracticePage

from ..choices import ReactionKind
from .groups import ExchangeGroup
from .topics import Topic


class Reaction(models.Model):
    """One person's reaction to a topic (`comment` empty) or to one of its replies."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="reactions")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("réaction"), max_length=15, choices=ReactionKind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "user", "kind"], condition=Q(comment=None), name="one_reaction_per_topic"
            ),
            models.UniqueConstraint(
                fields=["comment", "user", "kind"], condition=~Q(comment=None), name="one_reaction_per_reply"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.topic_id}/{self.comment_id}"


class UsefulReply(models.Model):
    """A reply marked as useful by the author of the topic or a facilitator; several may be."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="useful")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="useful_replies")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.comment_id}"


class Mention(models.Model):
    """A member of the group named in a reply, or in the text of a topic: told of it once."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="one_mention_per_reply"),
            models.UniqueConstraint(fields=["topic", "user"], name="one_mention_per_topic"),
            models.CheckConstraint(condition=Q(comment=None) ^ Q(topic=None), name="mention_in_one_text"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.topic_id}/{self.comment_id}"


class TopicVisit(models.Model):
    """How far a person has read a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_visit_per_person_and_topic")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.topic_id}"


class TopicDraft(models.Model):
    """A topic being written, kept on the server for its author alone."""

    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="one_draft_per_person_and_group")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.group_id}"


class CreditConsent(models.Model):
    """Does this participant want to be named on the card drawn from a topic? No answer means no."""

    card = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="credit_consents")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    agreed = models.BooleanField(_("accepte d’être cité"), null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "user"], name="one_consent_per_card")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.card_id}"
