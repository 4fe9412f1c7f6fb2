"""What both forms of a body become before quotations and signatures are looked for: lines."""

import re
from dataclasses import dataclass, field

from kb_site.mailing.rendering import BEGINS

# What our own mails say above their words (templates/mails/parts/layout.html).
MARKER = "Répondez au-dessus de cette ligne"
OURS = re.compile(f"{BEGINS}|{MARKER}")  # where one begins, though nothing says that it is quoted
# Stands after a signature that a program marked; no text holds it, whose control characters are taken away.
SIGNATURE_ENDS = "\x00signature"


@dataclass(frozen=True)
class Line:
    """A line as it is read, without what marks it as quoted.

    `quoted`: its program marked it as somebody else's. `end`: from here on nothing is the writer's, its program said so.
    """

    text: str = ""
    quoted: bool = False
    end: bool = False

    @property
    def blank(self) -> bool:
        return not self.quoted and not self.end and not self.text.strip()


@dataclass
class Cut:
    """What is left out of a message. `sure` is false where these may be words of the writer, who is asked then."""

    kind: str  # quotation, signature, machine (what a program added), end (what is too long to be kept)
    text: str = ""
    sure: bool = True


@dataclass
class Pile:
    """The writer's lines, and what was cut on the way."""

    lines: list[Line] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def cut(self, kind: str, lines: list[Line], *, sure: bool = True) -> None:
        words = "\n".join(line.text for line in lines).strip()
        if words:
            self.cuts.append(Cut(kind, words, sure))
