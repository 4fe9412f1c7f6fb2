"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold, kept

MEMORY = "the memory of a session belongs to its group; signed « Ancien membre »"

hold(
    {
        "minutes.Minutes.validated_by": acted(MEMORY),
        "minutes.Minutes.public_by": acted(MEMORY),
        "minutes.Minutes_agreed_by.user": ERASED,
        "minutes.MinutesLine.changed_by": acted(MEMORY),
        "minutes.Amendment.author": kept(MEMORY),
        "minutes.Amendment.decided_by": acted(MEMORY),
    }
)

describe(
    Description(
        Matter.GROUPS,
        _("Les comptes rendus, et vos demandes de modification"),
        _("les membres du groupe"),
        (
            "minutes.Minutes",
            "minutes.Minutes_agreed_by",
            "minutes.MinutesLine",
            "minutes.Amendment",
        ),
    ),
)
