"""See kb_site/members/personal_data.py."""

from kb_site.members.personal_data import ERASED, hold

hold({"upkeep.Reminder.person": ERASED, "upkeep.ReminderMail.person": ERASED})
