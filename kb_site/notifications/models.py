"""What people follow, what they were told, and the replies that came back."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Cadence(models.TextChoices):
    """How soon a notification is also told by mail; the list on the site has them all, whatever the cadence."""

    AT_ONCE = "at_once", _("Tout de suite")
    DAILY = "daily", _("Une fois par jour")
    WEEKLY = "weekly", _("Une fois par semaine, si je n’ai pas ouvert le site")
    NEVER = "never", _("Jamais par e-mail")


# The weekly letter among the kinds of CadenceChoice: its cadence is weekly or never.
LETTER = "lettre"


class Follow(models.Model):
    """A person follows a thing. An empty cadence means: the one chosen for that kind of event."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    cadence = models.CharField(_("rythme"), max_length=8, choices=Cadence, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suivi")
        verbose_name_plural = _("suivis")
        constraints = [
            models.UniqueConstraint("user", "content_type", "object_id", name="one_follow_per_person_and_thing"),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="follow_thing")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.content_type_id}:{self.object_id}"


class CadenceChoice(models.Model):
    """The cadence that a person chose for a kind of event (see types.py); without a row, the default of the kind."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cadence_choices")
    kind = models.CharField(max_length=40)
    cadence = models.CharField(max_length=8, choices=Cadence)

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", name="one_cadence_per_person_and_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.cadence}"


class Notification(models.Model):
    """Something that happened, told to one person. `key` names the event: the same person is told of it once.

    `content_type` and `object_id` name the thing that decides who may read it (a card, a topic); `source_id` names what
    was written there (a comment), whose words are read again each time they are shown or sent.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    source_id = models.PositiveBigIntegerField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    follow = models.ForeignKey(Follow, on_delete=models.SET_NULL, null=True, related_name="+")
    cadence = models.CharField(max_length=8, choices=Cadence)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    delivery = models.ForeignKey("mailing.Delivery", on_delete=models.SET_NULL, null=True, related_name="notifications")

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint("recipient", "key", name="told_once_of_an_event")]
        indexes = [
            models.Index(fields=["recipient"], name="notification_unread", condition=models.Q(read_at=None)),
            models.Index(
                fields=["cadence", "recipient"],
                name="notification_to_mail",
                condition=models.Q(delivery=None) & ~models.Q(cadence=Cadence.NEVER),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


# Cadences at which a phone can be told; the weekly letter is a letter.
PUSHED = (Cadence.AT_ONCE, Cadence.DAILY)


class PushSubscription(models.Model):
    """A browser that its person asked to be told on (Web Push, RFC 8030): the address that its service gave, its keys, and
    the session in which it was asked, whose end is its own.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    session_key = models.CharField(max_length=40)
    device = models.CharField(_("appareil"), max_length=80)
    created_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    class Meta:
        verbose_name = _("appareil prévenu")
        verbose_name_plural = _("appareils prévenus")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.device


class PushChoice(models.Model):
    """At this cadence, a person is told by phone as well as by mail, or instead of it; without a row, by mail alone."""

    class Way(models.TextChoices):
        BESIDE = "beside", _("Par e-mail et sur mon téléphone")
        INSTEAD = "instead", _("Sur mon téléphone seulement")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_choices")
    cadence = models.CharField(max_length=8, choices=Cadence)
    way = models.CharField(max_length=8, choices=Way, default=Way.BESIDE)

    class Meta:
        constraints = [models.UniqueConstraint("user", "cadence", name="one_push_choice_per_person_and_cadence")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.cadence} {self.way}"


class IncomingMail(models.Model):
    """A reply that came by mail, known by a digest of its Message-ID: a mail delivered twice is written once."""

    class Outcome(models.TextChoices):
        WRITTEN = "written", _("publié")
        REFUSED = "refused", _("refusé")
        HELD = "held", _("en attente de l’accord de son auteur")
        IGNORED = "ignored", _("ignoré")

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("réponse par e-mail")
        verbose_name_plural = _("réponses par e-mail")

    def __str__(self) -> str:
        return self.digest[:12]


HELD_FOR = datetime.timedelta(days=7)


class HeldReplyQuerySet(models.QuerySet["HeldReply"]):
    def in_time(self) -> Self:
        """Those whose author may still agree to."""
        return self.filter(held_at__gt=timezone.now() - HELD_FOR)


class HeldReply(models.Model):
    """A reply by mail kept as a draft until its author agrees, or changes it: published once they do, forgotten else.

    `reasons`: why it waits, name → sentence to the author; agreeing accepts these, and no other. `cuts`: what was left out
    of the mail, each with its `kind` (quotation, signature, machine, end) and its `text`. Once published, the words are
    those of what was published, and are kept here no longer.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    handler = models.CharField(max_length=40)
    about = models.PositiveBigIntegerField()
    text = models.TextField(_("texte"))
    reasons = models.JSONField(default=dict)
    cuts = models.JSONField(default=list)
    submission_key = models.UUIDField(unique=True, editable=False)
    held_at = models.DateTimeField(_("retenue le"), default=timezone.now)
    published_at = models.DateTimeField(_("publiée le"), null=True)

    objects = HeldReplyQuerySet.as_manager()

    # What each kind of cut is called. The message answered to is shown again only where words may have gone with it.
    CUTS = {
        "quotation": _("Le message auquel vous répondiez"),
        "signature": _("Votre signature"),
        "machine": _("Ce que votre messagerie avait ajouté"),
        "end": _("La fin, trop longue"),
    }

    class Meta:
        verbose_name = _("réponse retenue")
        verbose_name_plural = _("réponses retenues")

    def __str__(self) -> str:
        return f"{self.handler}:{self.about}"

    @property
    def cut_words(self) -> list[tuple[Any, str]]:
        """What was left out of the mail: what it is, its words, "" where they are not worth showing."""
        kinds = dict.fromkeys(cut["kind"] for cut in self.cuts)
        return [
            (
                self.CUTS[kind],
                ""
                if kind == "quotation" and "cut" not in self.reasons
                else "\n".join(cut["text"] for cut in self.cuts if cut["kind"] == kind),
            )
            for kind in kinds
        ]
