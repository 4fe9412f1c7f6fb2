"""What each person put aside; the marks of forms that were taken."""

import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class PocketItem(models.Model):
    """A person put a thing aside: only which one. Its title and its readers are asked of the thing each time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pocket_items")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(_("gardé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("chose gardée")
        verbose_name_plural = _("choses gardées")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint("user", "content_type", "object_id", name="one_pocket_item_per_person_and_thing"),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="pocket_thing")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.content_type_id}:{self.object_id}"


MARKS_KEPT_FOR = datetime.timedelta(days=40)  # a device forgets what waits after thirty


class TakenForm(models.Model):
    """A form that was sent, known by the mark that the device gave it: sent again by a device that got no answer, it is
    not taken twice. `taken_at` is empty while the site works on it.
    """

    mark = models.CharField(max_length=32, unique=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("formulaire reçu")
        verbose_name_plural = _("formulaires reçus")

    def __str__(self) -> str:
        return self.mark
