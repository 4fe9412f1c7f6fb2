"""Import a table of cards: check every line, then write everything or nothing."""

import csv
import io
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from kb_site.accounts.models import User
from kb_site.jobs import defer

from ..models import PracticePage, PracticeSectionPage
from ..spreadsheet_cells import without_formula
from ..step_pictures import with_pictures_of
from ..text_normalization import folded
from .cells import Known
from .columns import IDENTIFIER, Column, all_columns
from .limits import CellError, Unreadable
from .models import CardIdentifier, CardImport
from .parsing import Table, read_table

IDENTIFIER_LENGTH = 100
PREVIEWED = 100  # lines whose understanding is shown whole
PREVIEW_LENGTH = 200
CORRECTED_AT_ONCE = 20  # lines offered to correction on one screen


TITLE = "title"  # all that a draft needs


class NothingToImport(Exception):
    """The file was imported already, or has errors."""


@dataclass
class Line:
    """What one line of the file becomes: « créée », « modifiée », « inchangée » or « erreur », and why."""

    CREATED, UPDATED, SAME, ERROR = "creee", "modifiee", "inchangee", "erreur"

    number: int
    identifier: str = ""
    title: str = ""
    outcome: str = ERROR
    messages: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    # For who corrects on the screen: the headings of the cells that are wrong.
    wrong: list[str] = field(default_factory=list)
    # What was understood, heading and text as the site would write it again.
    understood: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Report:
    """The report of a file, line by line. `ignored` are its unknown columns."""

    lines: list[Line]
    ignored: list[str]

    @property
    def errors(self) -> int:
        return sum(line.outcome == Line.ERROR for line in self.lines)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """Return the report for storage and templates."""
        counts = {outcome: self.count(outcome) for outcome in (Line.CREATED, Line.UPDATED, Line.SAME, Line.ERROR)}
        return {"lines": [asdict(line) for line in self.lines], "ignored": self.ignored, "counts": counts}


def _is_lacking(card: PracticePage, column: Column) -> bool:
    return column.required and column.field != TITLE and getattr(card, column.field) in EMPTY_VALUES


def lacking_fields(card: PracticePage) -> list[str]:
    """Return the headings of what a published card must have and this one has not; its title it always has."""
    return [column.heading for column in all_columns() if _is_lacking(card, column)]


class Importer:
    """One table, one section, one person: plans each line once, so that the dry run says what the import does."""

    def __init__(self, *, table: Table, section: PracticeSectionPage, by: User, publish: bool) -> None:
        self.section, self.by = section, by
        self._may_add = section.permissions_for_user(by).can_add_subpage()
        self.publish = publish
        known = {folded(column.heading): column for column in all_columns()}
        self.columns: list[tuple[str, Column]] = [(h, known[folded(h)]) for h in table.headings if folded(h) in known]
        names = [folded(h) for h in table.headings]
        self._identifier = next((h for h in table.headings if folded(h) == folded(IDENTIFIER)), "")
        self.ignored = [
            h for h, name in zip(table.headings, names, strict=True) if name not in known and h != self._identifier
        ]
        self.rows = table.rows
        self._previewed = max((number for number, _cells in table.rows[:PREVIEWED]), default=0)
        self._pages = self._existing()
        self._seen: set[str] = set()
        self._known = Known()

    def _existing(self) -> dict[str, PracticePage]:
        """Return the cards of the section by identifier; a card that has none answers to its slug."""
        cards = PracticePage.objects.child_of(self.section)
        pages = {card.slug: card for card in cards}
        for known in CardIdentifier.objects.filter(section=self.section).select_related("page"):
            pages[known.identifier] = known.page
        return pages

    def plan(self) -> list[tuple[Line, PracticePage | None]]:
        """Return what each line becomes, with the card as it would be saved (None when nothing is to save)."""
        return [self._plan(number, cells) for number, cells in self.rows]

    def _plan(self, number: int, cells: dict[str, str]) -> tuple[Line, PracticePage | None]:
        line = Line(number, cells.get(self._identifier, "")[:IDENTIFIER_LENGTH])
        if isinstance(cells.get(self._identifier, ""), Unreadable):
            line.identifier = ""
        if not line.identifier:
            line.messages.append(_("La colonne « %s » est vide ou absente.") % IDENTIFIER)
            return line, None
        if line.identifier in self._seen:
            line.messages.append(_("Cet identifiant est déjà plus haut dans le fichier."))
            return line, None
        self._seen.add(line.identifier)
        existing = self._pages.get(line.identifier)
        card = existing.get_latest_revision_as_object() if existing else PracticePage(live=False, owner=self.by)
        before = {heading: column.write(card).strip() for heading, column in self.columns} if existing else {}
        self._fill(card, cells, line)
        line.title = card.title
        self._refuse_without_right(existing, line)
        if not existing:
            given = {column.field for _heading, column in self.columns}
            missing = [c.heading for c in all_columns() if c.field == TITLE and c.field not in given]
            line.messages += [_("La colonne « %s » manque.") % heading for heading in missing]
        if line.messages:
            return line, None
        self._validate(card, line)
        if line.messages:
            return line, None
        lacking = [] if card.live else lacking_fields(card)
        if lacking:
            line.messages.append(_("Brouillon à compléter : %s.") % ", ".join(lacking))
        written = [(heading, column.write(card).strip()) for heading, column in self.columns]
        line.changed = [heading for heading, text in written if text != before.get(heading, "")]
        if number <= self._previewed:
            line.understood = [(heading, text[:PREVIEW_LENGTH]) for heading, text in written if text]
        line.outcome = Line.CREATED if not existing else Line.UPDATED if line.changed else Line.SAME
        if self.publish and line.outcome != Line.SAME:
            reasons = [] if lacking else list(card.publication_errors().values())
            if not lacking and not self.may_publish(existing):
                reasons.append(_("une autre personne du réseau doit la relire et la publier."))
            line.messages += [_("Restera un brouillon : %s") % words for words in reasons]
        return line, card if line.outcome != Line.SAME else None

    def may_publish(self, card: PracticePage | None) -> bool:
        """Whether a card may go live by this import; four eyes: nobody publishes a card that they bring in."""
        if card is None or card.pk is None:
            return self.by.is_superuser
        return bool(card.permissions_for_user(self.by).can_publish())

    def _fill(self, card: PracticePage, cells: dict[str, str], line: Line) -> None:
        for heading, column in self.columns:
            cell = cells.get(heading, "")
            # What a card always has and has already (visibility, licence…) is not taken away by an empty cell.
            if not cell and column.has_default:
                continue
            try:
                if isinstance(cell, Unreadable):
                    raise CellError(cell.reason)
                value = column.read(cell, self._known)
            except (CellError, ValidationError) as error:
                words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                line.messages.append(f"{column.heading} : {words}")
                line.wrong.append(heading)
                continue
            if column.field == "steps":
                value = with_pictures_of(card.steps, value)
            setattr(card, "theme_items" if column.field == "themes" else column.field, value)

    def _validate(self, card: PracticePage, line: Line) -> None:
        ours = {column.field for _heading, column in self.columns}
        others = {f.name for f in PracticePage._meta.fields} - ours
        if not card.live:  # a draft may wait for what only a published card needs
            others |= {column.field for column in all_columns() if _is_lacking(card, column)}
        try:
            card.clean_fields(exclude=others)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = next((column.heading for _h, column in self.columns if column.field == name), name)
                line.wrong += [heading for heading, column in self.columns if column.field == name]
                line.messages += [f"{label} : {message}" for message in messages]

    def _refuse_without_right(self, existing: PracticePage | None, line: Line) -> None:
        if existing is None:
            if not self._may_add:
                line.messages.append(_("Vous ne pouvez pas ajouter de fiche dans ce réseau."))
        elif not existing.permissions_for_user(self.by).can_edit():
            line.title = ""  # gone to another network, whose drafts are its own
            line.messages.append(_("Vous ne pouvez pas modifier cette fiche."))
        elif (lock := existing.get_lock()) and lock.for_user(self.by):
            line.messages.append(_("Cette fiche est verrouillée ou en relecture : rien n’y sera changé."))


def _importer(content: bytes, section: PracticeSectionPage, by: User, publish: bool) -> Importer:
    return Importer(table=read_table(content), section=section, by=by, publish=publish)


def check_cards(*, content: bytes, section: PracticeSectionPage, by: User, publish: bool = False) -> Report:
    """Return what importing this file would do, line by line, without writing anything. Raises FileRefused."""
    importer = _importer(content, section, by, publish)
    return Report([line for line, _card in importer.plan()], importer.ignored)


@transaction.atomic
def import_cards(*, content: bytes, section: PracticeSectionPage, by: User, publish: bool = False) -> Report:
    """Write the cards of a file in this section: all its lines, or none when one has an error.

    A known identifier updates the draft of its card; columns that the file does not have are left as they are. Complete
    cards go live only when `publish` is asked by somebody who may publish them. Raises FileRefused.
    """
    Page.objects.select_for_update().filter(pk=section.pk).first()  # two imports in a section follow one another
    importer = _importer(content, section, by, publish)
    planned = importer.plan()
    report = Report([line for line, _card in planned], importer.ignored)
    if report.errors:
        return report
    for line, card in planned:
        if card is None:
            continue
        try:
            with transaction.atomic():
                _save(card, line, importer)
        except ValidationError as error:
            line.outcome, line.messages = Line.ERROR, list(error.messages)
    if report.errors:
        transaction.set_rollback(True)
    return report


def _save(card: PracticePage, line: Line, importer: Importer) -> None:
    if card.pk is None:
        card = importer.section.add_child(instance=card)
    CardIdentifier.objects.get_or_create(
        page_id=card.pk, defaults={"section": importer.section, "identifier": line.identifier}
    )
    complete = card.live or not lacking_fields(card)
    revision = card.save_revision(user=importer.by, log_action=True, clean=complete)
    if importer.publish and complete and importer.may_publish(card) and not card.publication_errors():
        revision.publish(user=importer.by)


@transaction.atomic
def keep_file(*, name: str, content: bytes, section: PracticeSectionPage, by: User, publish: bool) -> CardImport:
    """Check a file sent by an editor and keep it with its report until they decide. Raises FileRefused."""
    report = check_cards(content=content, section=section, by=by, publish=publish)
    CardImport.objects.filter(created_by=by, state=CardImport.State.CHECKED).update(content=b"")
    return CardImport.objects.create(
        file_name=name[:150], content=content, section=section, created_by=by, publish=publish, report=report.as_json()
    )


def lines_to_correct(card_import: CardImport) -> list[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """Return the first lines with an error, each with its wrong cells: heading, text as it stands."""
    wrong = [line for line in card_import.report.get("lines", []) if line["outcome"] == Line.ERROR]
    if not wrong or not card_import.content:
        return []
    table = read_table(bytes(card_import.content))
    rows = dict(table.rows)
    identifier = next((heading for heading in table.headings if folded(heading) == folded(IDENTIFIER)), "")
    found = []
    for line in wrong[:CORRECTED_AT_ONCE]:
        cells = rows.get(line["number"], {})
        headings = line.get("wrong") or ([identifier] if identifier else [])
        found.append((line, [(heading, cells.get(heading, "")) for heading in dict.fromkeys(headings)]))
    return found


@transaction.atomic
def correct_cells(*, card_import: CardImport, cells: dict[tuple[int, str], str]) -> None:
    """Write corrections in a file that is not imported yet, and check it again; it is kept as CSV from then on.

    `cells`: (number of the line, heading) → text. Raises NothingToImport when it was imported meanwhile, FileRefused.
    """
    current = (
        CardImport.objects.select_for_update(of=("self",))
        .select_related("section", "created_by")
        .get(pk=card_import.pk)
    )
    if current.state != CardImport.State.CHECKED or not current.content:
        raise NothingToImport
    table = read_table(bytes(current.content))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(table.headings)
    for number, row in table.rows:
        values = (cells.get((number, heading), row.get(heading, "")) for heading in table.headings)
        writer.writerow([without_formula(str(value)) for value in values])
    content = stream.getvalue().encode("utf-8-sig")
    report = check_cards(content=content, section=current.section, by=current.created_by, publish=current.publish)
    current.content, current.report = content, report.as_json()
    current.save(update_fields=["content", "report"])


@transaction.atomic
def queue_import(*, card_import: CardImport) -> None:
    """Ask for a checked file to be imported; asked twice, it is imported once. Raises NothingToImport."""
    current = CardImport.objects.select_for_update().get(pk=card_import.pk)
    if current.state != CardImport.State.CHECKED or not current.content or current.report["counts"][Line.ERROR]:
        raise NothingToImport
    current.state = CardImport.State.QUEUED
    current.save()
    defer("sheets.run_import", card_import=current.pk)


@transaction.atomic
def run_queued_import(*, card_import_id: int) -> None:
    """Import a queued file, with the rights that its sender has now, and keep the report alone."""
    current = (
        CardImport.objects.select_for_update(of=("self",))
        .select_related("section", "created_by")
        .get(pk=card_import_id)
    )
    if current.state != CardImport.State.QUEUED:
        return
    report = import_cards(
        content=bytes(current.content), section=current.section, by=current.created_by, publish=current.publish
    )
    current.state = CardImport.State.FAILED if report.errors else CardImport.State.DONE
    current.report, current.content = report.as_json(), b""
    current.save()
