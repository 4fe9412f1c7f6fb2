"""Minutes as one flat document, internal or public: what the public page and every export are made from.

The public one is built from the public words alone: no name, no attendance, nothing that was left out.
"""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from exchange_groups.sessions.models import Note
from kb_site.control_characters import without_control_characters as clean
from kb_site.french.dates import french_date

from .choices import LineKind
from .models import Minutes, MinutesLine
from .people import attendance_of
from .sections import lines_of, sections_of


@dataclass(frozen=True)
class Paragraph:
    """A line: what it is (« Décision », empty for a plain note) and its words."""

    mark: str
    text: str
    kind: str = LineKind.NOTE
    words: str = ""  # without who does it, for when and whether it is done, which follow
    who: str = ""
    due: str = ""
    state: str = ""


@dataclass
class Document:
    """A title, facts about the session (label, value), a summary, and headed lists of lines."""

    title: str
    facts: list[tuple[str, str]]
    summary: str
    sections: list[tuple[str, list[Paragraph]]] = field(default_factory=list)

    @property
    def file_name(self) -> str:
        return f"compte-rendu-{slugify(self.title)[:60].strip('-') or 'seance'}"


def internal_document(minutes: Minutes) -> Document:
    """Return the minutes whole, with who was there and who does what."""
    session = minutes.session
    facts = [*_when(minutes), (_("Groupe"), session.group.name)]
    if session.facilitator:
        facts.append((_("Animation"), session.facilitator.public_name))
    if session.secretary:
        facts.append((_("Secrétaire"), session.secretary.public_name))
    facts.append(
        (_("Présents"), ", ".join(one.name for one in attendance_of(session)) or _("personne n’est noté présent"))
    )
    facts.append((_("État"), str(minutes.get_state_display())))
    document = Document(clean(session.title), [(label, clean(value)) for label, value in facts], clean(minutes.summary))
    for section in sections_of(lines_of(minutes)):
        heading = section.heading.text if section.heading else _("En général")
        lines = [
            Paragraph(_mark(line), clean(line.text + _who(line.note)), line.kind, clean(line.text), *_followed(line))
            for line in section.lines
        ]
        document.sections.append((clean(heading), lines))
    return document


def public_document(minutes: Minutes) -> Document:
    """Return the redacted version: the chosen lines, in their public words; a heading without line is left out."""
    document = Document(clean(minutes.public_title), _when(minutes), clean(minutes.public_summary))
    heading, lines = "", list[Paragraph]()
    for line in minutes.lines.standing():
        words = clean(line.public_text) if line.is_public else ""
        if line.kind == LineKind.POINT:
            document.sections += [(heading, lines)] if lines else []
            heading, lines = words, []
        elif words:
            lines.append(Paragraph(_mark(line), words, line.kind))
    document.sections += [(heading, lines)] if lines else []
    return document


def _when(minutes: Minutes) -> list[tuple[str, str]]:
    session = minutes.session
    day = [(_("Date"), french_date(localtime(session.starts_at), "j F Y"))] if session.starts_at else []
    return [*day, (_("Format"), str(session.get_format_display()))]


def _mark(line: MinutesLine) -> str:
    return "" if line.kind == LineKind.NOTE else str(LineKind(line.kind).label).capitalize()


def _followed(line: MinutesLine) -> tuple[str, str, str]:
    """Who does an action, for when, and where it stands."""
    note = line.note
    if note is None or not note.state:
        return "", "", ""
    due = french_date(note.due_on, "j F Y") if note.due_on else ""
    who = note.doer.public_name if note.doer else note.doer_name
    return clean(who), due, str(note.get_state_display())


def _who(note: Note | None) -> str:
    """« (Awa D., pour le 3 décembre 2026, à faire) », for an action."""
    if note is None or not note.state:
        return ""
    who = note.doer.public_name if note.doer else note.doer_name
    day = _("pour le %s") % french_date(note.due_on, "j F Y") if note.due_on else ""
    return " (" + ", ".join(filter(None, [who, day, str(note.get_state_display())])) + ")"
