"""See kb_site/personal_data.py."""

from kb_site.personal_data import acted, hold, kept

MEMORY = "the memory of a session belongs to its group; signed « Ancien membre »"

hold(
    {
        "minutes.Minutes.validated_by": acted(MEMORY),
        "minutes.Minutes.public_by": acted(MEMORY),
        "minutes.MinutesLine.changed_by": acted(MEMORY),
        "minutes.Amendment.author": kept(MEMORY),
        "minutes.Amendment.decided_by": acted(MEMORY),
    }
)
