"""See kb_site/personal_data.py."""

from kb_site.personal_data import ERASED, acted, hold

hold({"lifecycle.CardEnding.ended_by": acted("the end of a card belongs to its history")})


hold({"lifecycle.Reminder.person": ERASED, "lifecycle.ReminderMail.person": ERASED})
