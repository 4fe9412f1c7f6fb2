"""What is known of the life of pages: their end, their reminders, their links."""

from .archiving import CardEnding
from .facts import FactReminder
from .links import ExternalLink, LinkUse
from .verification import Reminder, ReminderMail

__all__ = ["CardEnding", "ExternalLink", "FactReminder", "LinkUse", "Reminder", "ReminderMail"]
