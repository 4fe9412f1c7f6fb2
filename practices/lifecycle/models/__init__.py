"""What is known of the life of pages: their end, their reminders, their links."""

from .archiving import CardEnding
from .links import ExternalLink, LinkUse
from .verification import Reminder, ReminderMail

__all__ = ["CardEnding", "ExternalLink", "LinkUse", "Reminder", "ReminderMail"]
