"""What brings people back to a topic: a summary kept by whoever leads the group, a question with its choices."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .topics import Topic

LONGEST_CHOICE = 80
MOST_CHOICES = 6


class TopicSummary(models.Model):
    """What a long thread comes to, in the words of its facilitator; `replies`: how many it sums up."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField(_("résumé"), max_length=1500)
    replies = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.topic_id} {self.written_at:%Y-%m-%d}"


class TopicPoll(models.Model):
    """One question about a topic, answered by one choice a member; who chose what is told to nobody."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="poll")
    question = models.CharField(_("question"), max_length=200)
    choices = ArrayField(models.CharField(max_length=LONGEST_CHOICE), size=MOST_CHOICES)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.question


class PollVote(models.Model):
    """The choice of one member: its place in `TopicPoll.choices`; voting again replaces it."""

    poll = models.ForeignKey(TopicPoll, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "user"], name="one_vote_per_person_and_poll")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.poll_id}"
