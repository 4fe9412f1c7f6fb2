"""A document as a line of a table: what its head says, its title, its text whole and by section."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ...text_normalization import folded
from ..columns import IDENTIFIER
from .site_text import Block, Converted, site_text

TITLE = "Titre"
WHOLE, BEGINNING = "Texte entier", "Début du texte"
IDENTIFIER_LENGTH = 100
MAXIMUM_TOLD = 8  # links named in a note


@dataclass
class Document:
    """One document. `facts`: what its head, its metadata or its export say of it, by name as written there."""

    name: str  # its path in the archive, or its address; the end of a long one tells it from the others
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    converted: Converted = field(default_factory=Converted)
    refused: str = ""  # why it cannot be read, in French

    def cells(self) -> dict[str, str]:
        """Return the cells of its line: heading → text; two sections of one heading follow one another."""
        blocks = self.converted.blocks
        title = self.title
        if blocks and blocks[0].level == 1 and (not title or folded(blocks[0].text) == folded(title)):
            title, blocks = title or blocks[0].text, blocks[1:]
        cells = {IDENTIFIER: self.name[-IDENTIFIER_LENGTH:], TITLE: title or self._named_by_its_file()}
        for name, value in self.facts.items():
            if value and folded(name) not in {folded(one) for one in cells}:
                cells[name] = value
        cells[WHOLE] = site_text(blocks)
        spelled = {folded(name): name for name in cells}
        for heading, text in _sections(blocks):
            # What the head says and a section say under one name are two things: « description: … » and « ## Description ».
            name = spelled.get(folded(heading), heading)
            if name in self.facts or name in (IDENTIFIER, TITLE, WHOLE):
                name = _("%s (partie du texte)") % heading
            spelled.setdefault(folded(heading), name)
            cells[name] = f"{cells[name]}\n\n{text}" if cells.get(name) else text
        return {name: text for name, text in cells.items() if text}

    def notes(self) -> list[str]:
        """Return what its reader must know."""
        lost = list(dict.fromkeys(self.converted.lost_links))
        if not lost:
            return []
        named = ", ".join(lost[:MAXIMUM_TOLD]) + ("…" if len(lost) > MAXIMUM_TOLD else "")
        return [_("Liens sans adresse complète, dont seul le texte est gardé : %s.") % named]

    def _named_by_its_file(self) -> str:
        last = self.name.rstrip("/").rpartition("/")[2].rpartition(".")
        return (last[0] or last[2]).replace("-", " ").replace("_", " ").strip().capitalize()


def _sections(blocks: list[Block]) -> list[tuple[str, str]]:
    """Cut a text at its titles of highest level: heading → text, what stands before the first one under a name of ours."""
    levels = [block.level for block in blocks if block.level]
    top = min(levels, default=0)
    sections: list[tuple[str, list[Block]]] = [(BEGINNING, [])]
    for block in blocks:
        if block.level and block.level == top:
            sections.append((block.text, []))
        else:
            sections[-1][1].append(block)
    return [(heading, site_text(inside)) for heading, inside in sections if inside]
