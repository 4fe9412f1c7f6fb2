"""The reminders already sent: what makes the weekly round harmless when it runs twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderMail(models.Model):
    """One mail to one person, which lists every page that became due since the last one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.person_id}, {self.created_at:%Y-%m-%d}"


class Reminder(models.Model):
    """One page in a reminder: its owner or backup owner is told once that it is due soon, once that it is due."""

    class Stage(models.TextChoices):
        SOON = "soon", _("bientôt")
        DUE = "due", _("à la date")

    mail = models.ForeignKey(ReminderMail, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    stage = models.CharField(max_length=4, choices=Stage)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "due_on", "stage"], name="one_reminder_per_person_page_date_and_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.due_on} ({self.stage})"
