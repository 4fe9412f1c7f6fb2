"""Cards as tables (CSV, XLSX), as JSON and as Markdown; what is exported is what the caller was given.

Cards are written one after the other to a file: an export takes no more memory for a thousand cards than for ten.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from kb_site.control_characters import cleaned, without_control_characters
from kb_site.facts.citations import with_values_in
from kb_site.identity.face import face

from ..choices import LICENCE_ADDRESSES
from ..marks import as_markdown
from ..models import PracticePage
from ..spreadsheet_cells import without_formula
from .columns import IDENTIFIER, IDENTIFIER_HELP, Column, all_columns
from .models import CardIdentifier

BOM = "\ufeff"  # spreadsheets take a CSV file without it for another alphabet
MAXIMUM_XLSX_CELL = 32_767  # what the format allows
NETWORK, ADDRESS = "Réseau", "Adresse"


def for_export(cards: QuerySet[PracticePage]) -> QuerySet[PracticePage]:
    """Return these cards with all that an export reads, in a constant number of queries."""
    return cards.select_related("origin_structure", "card_owner", "backup_owner", "last_verified_by").prefetch_related(
        "theme_items__tag", "condition_links__condition", "tool_links__tool"
    )


def _shown(with_personal: bool) -> list[Column]:
    return [column for column in all_columns() if with_personal or not column.personal]


def _rows(cards: Iterable[PracticePage], networks: dict[str, str], with_personal: bool) -> Iterator[list[str]]:
    """Yield the headings, then one row a card; the columns that an import ignores come last."""
    columns = _shown(with_personal)
    yield [IDENTIFIER, *(column.heading for column in columns), NETWORK, ADDRESS]
    identifiers = dict(CardIdentifier.objects.values_list("page_id", "identifier"))
    for card in cards:
        cells = [without_control_characters(column.write(card)) for column in columns]
        yield [identifiers.get(card.pk, str(card.slug)), *cells, networks.get(_section(card), ""), _address(card)]


def _section(card: PracticePage) -> str:
    return card.path[: -PracticePage.steplen]


def _address(card: PracticePage) -> str:
    return f"{settings.SITE_URL}{card.url}" if card.live else ""


def as_csv(cards: Iterable[PracticePage], networks: dict[str, str], *, to: IO[bytes], with_personal: bool) -> None:
    """Write cards as CSV that spreadsheets open: semicolons, UTF-8 with its mark, formulas disarmed."""
    text = io.TextIOWrapper(to, "utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text, delimiter=";")
    for row in _rows(cards, networks, with_personal):
        writer.writerow([without_formula(cell) for cell in row])
    text.detach()


def as_xlsx(cards: Iterable[PracticePage], networks: dict[str, str], *, to: IO[bytes], with_personal: bool) -> None:
    """Write cards as a workbook; every cell is a text, so that none is run as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Fiches"))
    sheet.freeze_panes = "B2"
    for number, row in enumerate(_rows(cards, networks, with_personal)):
        sheet.append([_cell(sheet, text, bold=not number) for text in row])
    book.save(to)


def template() -> bytes:
    """Return the workbook to fill in: a sheet with the headings, a sheet that says what to write in each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Fiches"))
    sheet.freeze_panes = "B2"
    columns = all_columns()
    sheet.append([_cell(sheet, heading, bold=True) for heading in [IDENTIFIER, *(c.heading for c in columns)]])
    guide = book.create_sheet(_("Mode d’emploi"))
    guide.column_dimensions["A"].width, guide.column_dimensions["C"].width = 32, 90
    guide.append([_cell(guide, text, bold=True) for text in (_("Colonne"), _("Obligatoire"), _("Que mettre"))])
    guide.append([_cell(guide, text) for text in (IDENTIFIER, _("oui"), str(IDENTIFIER_HELP))])
    for column in columns:
        required = _("oui") if column.required else ""
        guide.append([_cell(guide, text) for text in (column.heading, required, str(column.help))])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Any, text: str, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, without_control_characters(text)[:MAXIMUM_XLSX_CELL])
    cell.data_type = "s"  # whatever it begins with
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.font = Font(bold=True)
    return cell


def as_json(cards: Iterable[PracticePage], networks: dict[str, str], *, to: IO[bytes]) -> None:
    """Write cards as open data: codes of the closed lists, licence of each, no name of a person but the credits."""
    head = {"source": face().name, "adresse": f"{settings.SITE_URL}/donnees-ouvertes/"}
    to.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "fiches": [')
    for number, card in enumerate(cards):
        row = json.dumps(cleaned(with_values_in(_described(card, networks))), ensure_ascii=False)
        to.write(f"{',' if number else ''}\n{row}".encode())
    to.write(b"\n]}\n")


SIMPLE = (
    "title", "summary", "kind", "challenges", "functions", "roles", "siae_types", "audiences", "modality", "channels",
    "objective", "limits", "questions", "fallback", "watchpoints", "adaptations", "words_for_the_person", "group_size_min", "group_size_max",
    "duration_minutes", "frequency", "setup_time", "cost", "cost_note", "participant_level", "staff_level",
    "data_processed", "gdpr_note", "context", "observed_results", "evidence", "provenance", "maturity", "origin_period", "credits",
)  # fmt: skip


# Open data tells of steps in words: pictures stay on the site, by the rights of their pages.
OF_STEPS = ("title", "who", "duration_minutes", "instruction", "tip")


def _told(value: Any) -> Any:
    """A text keeps its marks, as Markdown with whole addresses; a code or a figure is what it is."""
    return as_markdown(value) if isinstance(value, str) else value


def _described(card: PracticePage, networks: dict[str, str]) -> dict[str, Any]:
    card.ordered_tools = list(card.tool_links.all())  # what for_export() fetched, not asked again for each card
    data = card.data_mb_per_hour
    return {
        "id": card.pk,
        "url": _address(card),
        "network": networks.get(_section(card), ""),
        **{name: _told(getattr(card, name)) for name in SIMPLE},
        "themes": [item.tag.name for item in card.theme_items.all()],
        "steps": [{name: _told(child.value[name]) for name in OF_STEPS} for child in card.steps],
        "conditions": [
            {"question": link.condition.question, "strength": link.strength, "note": link.note}
            for link in card.condition_links.all()
        ],
        "tools": [{"name": link.tool.title, "usage": link.usage} for link in card.tool_links.all() if link.tool.live],
        "data_mb_per_hour": list(data) if data else None,
        "sources": [{**child.value, "date": str(child.value["date"] or "")} for child in card.sources],
        "licence": {"code": card.licence, "name": card.get_licence_display(), "url": LICENCE_ADDRESSES.get(card.licence, "")},
        "verified_on": card.last_verified_at.isoformat() if card.last_verified_at else None,
        "next_review_on": card.next_review_at.isoformat() if card.next_review_at else None,
        "published_at": card.first_published_at.isoformat() if card.first_published_at else None,
        "updated_at": card.last_published_at.isoformat() if card.last_published_at else None,
    }  # fmt: skip
