"""What a session is made of."""

from .agenda import AGENDA_ORDER, VOTES_EACH, AgendaItem, ItemVote
from .methods import Method, MethodStep
from .notes import Note
from .people import CalendarKey, DateOption, DateVote, LinksWithdrawn, Registration
from .sessions import Session, SessionStep

__all__ = [
    "AGENDA_ORDER",
    "VOTES_EACH",
    "AgendaItem",
    "CalendarKey",
    "DateOption",
    "DateVote",
    "ItemVote",
    "LinksWithdrawn",
    "Method",
    "MethodStep",
    "Note",
    "Registration",
    "Session",
    "SessionStep",
]
