"""Topics (sujets): who may read them, what they wait for, their files, reports and former words.

Replies are practices.Comment rows on the topic: see exchange_groups/comment_policy.py.
"""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from practices.comments.models import Report
from practices.models import PracticePage, Theme

from ..choices import TYPES_WAITING_FOR_ANSWERS, Confidentiality, GroupState, TopicState, TopicType
from ..permissions import leads_since
from .confided import Confided, shared_with
from .groups import ExchangeGroup

TOLD_AFTER = datetime.timedelta(hours=24)
PROPOSED_AFTER = datetime.timedelta(days=7)
EDIT_WINDOW = datetime.timedelta(days=1)
ADDRESS_LENGTH = 60


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> "TopicQuerySet":
        """Topics that this person may read: what they share as a member, and what was said in public, in groups that
        are so still; removed and merged ones left out."""
        public = Q(confidentiality=Confidentiality.PUBLIC, group__confidentiality=Confidentiality.PUBLIC)
        return self.standing().filter(shared_with(user) | (public & ~Q(group__state=GroupState.PREPARING)))

    def leaving_the_site(self) -> "TopicQuerySet":
        """Topics of which a copy may be on the device of who reads them (see Topic.may_leave_the_site)."""
        public = Q(confidentiality=Confidentiality.PUBLIC, group__confidentiality=Confidentiality.PUBLIC)
        begun = public & ~Q(group__state=GroupState.PREPARING)
        return self.filter(begun | Q(group__charter__lets_copies_leave=True))

    def standing(self) -> "TopicQuerySet":
        """Neither removed by moderation nor merged into another."""
        return self.filter(is_removed=False, merged_into=None)

    def unanswered(self) -> "TopicQuerySet":
        """Open questions, needs and problems that nobody has answered, in active groups."""
        return self.standing().filter(
            type__in=TYPES_WAITING_FOR_ANSWERS,
            state=TopicState.OPEN,
            answer_count=0,
            group__state=GroupState.ACTIVE,
        )

    def proposed_for_session(self) -> "TopicQuerySet":
        """Topics proposed for the next session: unanswered for seven days, or proposed by a facilitator."""
        return self.standing().exclude(proposed_for_session_at=None).exclude(state=TopicState.CLOSED)

    def in_order(self) -> "TopicQuerySet":
        """Pinned first, then the latest word."""
        return self.order_by("-pinned", "-last_activity_at", "-pk")


class Topic(Confided):
    """A topic of a group: a typed opening text; replies are comments on it."""

    group = models.ForeignKey(ExchangeGroup, on_delete=models.CASCADE, related_name="topics")
    type = models.CharField(_("type"), max_length=10, choices=TopicType, default=TopicType.QUESTION)
    title = models.CharField(_("titre"), max_length=120)
    body = models.TextField(_("texte"), max_length=6000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    masked = models.BooleanField(_("auteur masqué"), default=False)
    # Who led the group by then sees the masked names of the topic; empty: nobody does (it came from another group).
    names_confided_at = models.DateTimeField(default=timezone.now, null=True, blank=True, editable=False)
    themes = models.ManyToManyField(Theme, verbose_name=_("thèmes"), blank=True, related_name="topics")
    quoted_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("fiche citée"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(_("état"), max_length=12, choices=TopicState, default=TopicState.OPEN)
    pinned = models.BooleanField(_("épinglé"), default=False)
    close_reason = models.CharField(_("motif de clôture"), max_length=300, blank=True)
    submission_key = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    edited_at = models.DateTimeField(_("modifié le"), null=True, blank=True, editable=False)
    last_activity_at = models.DateTimeField(_("dernier message le"), default=timezone.now, editable=False)
    reply_count = models.PositiveIntegerField(_("réponses"), default=0, editable=False)
    answer_count = models.PositiveIntegerField(_("réponses d’autres personnes"), default=0, editable=False)
    is_removed = models.BooleanField(_("retiré"), default=False)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    origin_card = models.ForeignKey(
        PracticePage,
        verbose_name=_("fiche d’origine"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    resulting_card = models.ForeignKey(
        PracticePage,
        verbose_name=_("fiche issue"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="source_topics",
    )
    facilitators_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_around_at = models.DateTimeField(null=True, blank=True, editable=False)
    proposed_for_session_at = models.DateTimeField(_("proposé à la séance le"), null=True, blank=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("sujet")
        verbose_name_plural = _("sujets")
        ordering = ["-last_activity_at"]
        indexes = [
            models.Index(fields=["group", "-pinned", "-last_activity_at"], name="topic_group_recent"),
            models.Index(
                fields=["created_at"], condition=Q(answer_count=0, state=TopicState.OPEN), name="topic_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return slugify(self.title)[:ADDRESS_LENGTH].strip("-") or "sujet"

    def get_absolute_url(self) -> str:
        return reverse("topic_page", args=[self.group.slug, self.pk, self.slug])

    def is_visible_to(self, user: Any) -> bool:
        """Whether this person may read it (see visible_to)."""
        if self.is_removed or self.merged_into_id is not None:
            return False
        return self.is_public or self.is_shared_with(user)

    def shows_masked_names_to(self, user: Any) -> bool:
        """Whether this person sees who wrote under a mask: they led the group when it was confided, and lead it still."""
        since = leads_since(user, self.group_id)
        confided = self.names_confided_at
        return since is not None and confided is not None and since <= confided and self.is_shared_with(user)

    def may_be_edited_by(self, user: Any) -> bool:
        """Its author may correct it for a day, while the group is open to words."""
        recent = timezone.now() - self.created_at < EDIT_WINDOW
        return user.is_authenticated and self.author_id == user.pk and recent and self.group.may_be_written_by(user)

    def may_be_marked_by(self, user: Any) -> bool:
        """Whether this person says which replies are useful: the author and the facilitators."""
        is_author = user.is_authenticated and self.author_id == user.pk and self.group.may_be_written_by(user)
        return is_author or self.group.is_facilitated_by(user)

    @property
    def may_leave_the_site(self) -> bool:
        """Whether a copy may be on the device of who reads it: what everybody reads, and what the charter lets go."""
        return self.is_public or self.group.lets_copies_leave

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it: it was said in public, in a group that is so still and has begun."""
        was = self.confidentiality == Confidentiality.PUBLIC
        return was and self.group.confidentiality == Confidentiality.PUBLIC and self.group.state != GroupState.PREPARING


class TopicRevision(models.Model):
    """Former words of a topic, kept when it was corrected; seen by its author and the facilitators."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="revisions")
    title = models.CharField(_("titre"), max_length=120)
    body = models.TextField(_("texte"))
    replaced_at = models.DateTimeField(_("remplacé le"), default=timezone.now)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-replaced_at"]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.replaced_at:%Y-%m-%d}"


def private_storage() -> Any:
    """Files of groups live outside the public media: a view serves them to those who may read the topic."""
    return storages["private"]


def file_path(instance: "TopicFile", name: str) -> str:
    """Return an address on disk that says nothing of the group, nor of what the file is called."""
    return f"topics/{timezone.now():%Y/%m}/{instance.pk.hex}"


class TopicFile(models.Model):
    """A file joined to a topic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to=file_path, storage=private_storage)
    name = models.CharField(_("nom"), max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("poids en octets"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    # Nothing in the file nor in its name tells who made it: so it is under a masked name.
    author_hidden = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("pièce jointe")
        verbose_name_plural = _("pièces jointes")
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic_file", args=[self.pk])


class TopicReport(Report):
    """A reader's report on a topic; the facilitators decide."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta(Report.Meta):
        constraints = [
            models.UniqueConstraint(fields=["topic", "reporter"], name="one_report_per_person_and_topic"),
        ]
