"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, ERASED_KEY, Description, Matter, acted, describe, hold, kept

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

describe(
    Description(
        Matter.GROUPS,
        _("Vos inscriptions et vos présences, vos notes, les points que vous proposez, les actions que vous prenez"),
        _("les membres du groupe"),
        (
            "exchange_sessions.Session",
            "exchange_sessions.AgendaItem",
            "exchange_sessions.Note",
            "exchange_sessions.Registration",
        ),
    ),
    Description(
        Matter.GROUPS,
        _("Vos votes de dates et de points, l’adresse de votre agenda"),
        _("vous"),
        (
            "exchange_sessions.ItemVote",
            "exchange_sessions.DateVote",
            "exchange_sessions.CalendarKey",
            "exchange_sessions.LinksWithdrawn",
        ),
    ),
)
