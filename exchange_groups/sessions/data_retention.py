"""See kb_site/personal_data.py."""

from kb_site.personal_data import ERASED, ERASED_KEY, acted, hold, kept

MEMORY = "the memory of a session belongs to its group; signed « Ancien membre »"

hold(
    {
        "exchange_sessions.Session.facilitator": acted(MEMORY),
        "exchange_sessions.Session.secretary": acted(MEMORY),
        "exchange_sessions.AgendaItem.bearer": acted(MEMORY),
        "exchange_sessions.AgendaItem.proposed_by": kept(MEMORY),
        "exchange_sessions.Note.author": kept(MEMORY),
        "exchange_sessions.Note.doer": acted(MEMORY),
        "exchange_sessions.Registration.user": kept("the number of participants, told to funders, stays exact"),
        "exchange_sessions.ItemVote.user": ERASED,
        "exchange_sessions.DateVote.user": ERASED,
        "exchange_sessions.CalendarKey.user": ERASED_KEY,
        "exchange_sessions.LinksWithdrawn.user": ERASED_KEY,
    }
)
