"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold

hold({"lifecycle.CardEnding.ended_by": acted("the end of a card belongs to its history")})


hold(
    {
        "lifecycle.FactReminder.person": ERASED,
        "lifecycle.Reminder.person": ERASED,
        "lifecycle.ReminderMail.person": ERASED,
    }
)

describe(
    Description(
        Matter.EDITED,
        _("Les rappels de vérification, et la fin des fiches"),
        _("les éditeurs de vos réseaux"),
        (
            "lifecycle.FactReminder",
            "lifecycle.Reminder",
            "lifecycle.ReminderMail",
            "lifecycle.CardEnding",
        ),
    ),
)
