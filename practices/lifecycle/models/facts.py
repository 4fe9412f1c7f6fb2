"""What owners of facts were already told: what makes the weekly round harmless when it runs twice."""

from django.conf import settings
from django.db import models

from .verification import Reminder


class FactReminder(models.Model):
    """A fact told to its owner: once a month before its date, once at the date."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fact = models.ForeignKey("facts.Fact", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    stage = models.CharField(max_length=4, choices=Reminder.Stage)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "fact", "due_on", "stage"], name="one_reminder_per_person_fact_date_and_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact_id}, {self.due_on} ({self.stage})"
