"""What a person wrote in answer to one of our mails: read from any mail program, with what was left out and how surely.

Kept libraries were measured on the same mails (docs/decisions/0036-reading-replies.md): they read plain text by lines, and
miss what French programs write.
"""

import re
from dataclasses import dataclass, field
from email.message import EmailMessage

from kb_site.control_characters import without_control_characters

from .automatic import Automatic, how_automatic, invites, sounds_automatic
from .bodies import Body, bodies_of
from .html_lines import lines_of_html
from .lines import Cut, Line
from .plain_lines import lines_of_plain, unwrapped
from .quotations import without_quotations
from .signatures import Own, without_signatures

# They turn the words around them, or stand where nobody sees them; joiners stay, emoji are made with them.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")


MOST = 20_000  # characters of words kept: six times what any page of the site takes


@dataclass(frozen=True)
class Reading:
    """`words`: what would be published. `automatic`: whether a program wrote them. `cuts`: what was left out."""

    words: str
    automatic: Automatic = Automatic.NO
    cuts: list[Cut] = field(default_factory=list)

    @property
    def doubtful(self) -> list[Cut]:
        """What was left out and may be words of the writer."""
        return [cut for cut in self.cuts if not cut.sure]


def read_reply(message: EmailMessage, *, own: Own, site: str) -> Reading:
    """Return what this person wrote. `site`: the name with which this site signs its mails."""
    automatic = how_automatic(message)
    pieces = [_read(body, own, site) for body in bodies_of(message)]
    words = "\n\n".join(piece.words for piece in pieces if piece.words)
    cuts = [cut for piece in pieces for cut in piece.cuts]
    if len(words) > MOST:
        cuts.append(Cut("end", words[MOST:], sure=False))
        words = words[:MOST]
    if not words and invites(message):
        automatic = Automatic.YES
    if automatic is not Automatic.YES:
        heard = sounds_automatic(words)
        automatic = heard if heard is not Automatic.NO else automatic if words else Automatic.NO
    return Reading(words, automatic, cuts)


def _read(body: Body, own: Own, site: str) -> Reading:
    """The HTML says most; the plain text is read where the HTML says nothing, or something else."""
    rich = _words(lines_of_html(body.html), own, site) if body.html else None
    if rich is not None and rich.words:
        return rich
    lines = lines_of_plain(_clean(body.plain), flowed=body.flowed, delsp=body.delsp)
    plain = _words(lines, own, site, broken=not body.flowed)
    return plain if plain.words or rich is None else rich


def _clean(text: str) -> str:
    return without_control_characters(_INVISIBLE.sub("", text))


def _words(lines: list[Line], own: Own, site: str, *, broken: bool = False) -> Reading:
    pile = without_signatures(without_quotations(lines, site=site), own)
    texts = ["" if line.blank else line.text.rstrip() for line in pile.lines]
    text = "\n".join(unwrapped(texts) if broken else texts)
    return Reading(re.sub(r"\n{3,}", "\n\n", _clean(text)).strip(), cuts=pile.cuts)
