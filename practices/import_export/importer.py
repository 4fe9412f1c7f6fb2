"""A file, the page it goes under, a person: each line planned once, so that the dry run says what the import does."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils.translation import gettext as _
from wagtail.models import Page

from kb_site.accounts.models import User

from ..models import PracticePage
from ..step_pictures import with_pictures_of
from ..text_normalization import folded
from .cells import Known
from .columns import IDENTIFIER, Column
from .duplicates import Lookalikes
from .limits import CellError, Unreadable
from .mapping import chosen_mapping
from .models import CardIdentifier
from .options import ASIDE, Options
from .shaping import shaped
from .tables import Table
from .targets import target_of

IDENTIFIER_LENGTH = 100
PREVIEWED = 100  # lines whose understanding is shown whole
PREVIEW_LENGTH = 200
SAMPLE_LENGTH = 90

TITLE = "title"  # all that a draft needs


@dataclass
class Line:
    """What one line of the file becomes: « créée », « modifiée », « inchangée », « écartée » or « erreur », and why."""

    CREATED, UPDATED, SAME, ASIDE, ERROR = "creee", "modifiee", "inchangee", "ecartee", "erreur"

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
    # Pages of the site that this one may be, and what was decided about it (options.py).
    alike: list[tuple[int, str]] = field(default_factory=list)
    decision: str = ""


@dataclass
class Heading:
    """A heading of the file: the field that it fills ("" for none), on how many lines, and what stands under it."""

    name: str
    field: str
    count: int
    sample: str


@dataclass
class Report:
    """The report of a file, line by line. `ignored` are its headings that fill nothing."""

    lines: list[Line]
    ignored: list[str]
    headings: list[Heading] = field(default_factory=list)
    documents: bool = False

    @property
    def errors(self) -> int:
        return self.count(Line.ERROR)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """Return the report for storage and templates."""
        outcomes = (Line.CREATED, Line.UPDATED, Line.SAME, Line.ASIDE, Line.ERROR)
        return asdict(self) | {"counts": {outcome: self.count(outcome) for outcome in outcomes}}


def lacks(page: Any, column: Column) -> bool:
    """Whether a published page must have this and this one has not; its title it always has."""
    return column.required and column.field != TITLE and getattr(page, column.field) in EMPTY_VALUES


class Importer:
    """Plans the lines of one file under one page, for one person."""

    def __init__(self, *, table: Table, parent: Page, by: User, publish: bool, options: Options | None = None) -> None:
        self.parent, self.by, self.publish = parent, by, publish
        self.options = options or Options()
        self.target = target_of(parent)
        self.all_columns = self.target.columns()
        self._may_add = parent.permissions_for_user(by).can_add_subpage()
        self._known = Known()
        self.table = _corrected(table, self.options.corrections)
        self.mapping = chosen_mapping(self.table, self.all_columns, self.options.columns, self._known)
        self.columns = [column for column in self.all_columns if column.field in self.mapping.sources]
        self._identifier = next((h for h in self.table.headings if folded(h) == folded(IDENTIFIER)), "")
        self._previewed = max((number for number, _cells in self.table.rows[:PREVIEWED]), default=0)
        self._pages = self._existing()
        self._by_key = {str(page.pk): page for page in self._pages.values()}
        self._lookalikes = Lookalikes(self._by_key.values())
        self._seen: set[str] = set()

    def _existing(self) -> dict[str, Any]:
        """Return the pages under the same page by identifier; one that has none answers to the end of its address."""
        pages = {page.slug: page for page in self.target.model.objects.child_of(self.parent)}
        by_key = {page.pk: page for page in pages.values()}
        for known in CardIdentifier.objects.filter(section_id=self.parent.pk, page__in=list(by_key)):
            pages[known.identifier] = by_key[known.page_id]
        return pages

    def plan(self) -> list[tuple[Line, Any]]:
        """Return what each line becomes, with the page as it would be saved (None when nothing is to save)."""
        return [self._plan(number, cells) for number, cells in self.table.rows]

    def report(self, lines: list[Line]) -> Report:
        """Return what is told of these lines."""
        fields = {heading: name for name, headings in self.mapping.sources.items() for heading in headings}
        headings = []
        for heading in self.table.headings:
            if heading == self._identifier:
                continue
            cells = [cells[heading] for _number, cells in self.table.rows if cells.get(heading)]
            sample = " ".join(cells[0].split())[:SAMPLE_LENGTH] if cells else ""
            headings.append(Heading(heading, fields.get(heading, ""), len(cells), sample))
        return Report(lines, self.mapping.ignored, headings, self.table.documents)

    def _plan(self, number: int, cells: dict[str, str]) -> tuple[Line, Any]:
        line = Line(number, cells.get(self._identifier, "")[:IDENTIFIER_LENGTH])
        line.decision = self.options.decisions.get(str(number), "")
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
        if existing is None and line.decision:
            existing = self._by_key.get(line.decision)
        page = existing.get_latest_revision_as_object() if existing else self.target.model(live=False, owner=self.by)
        before = {column.heading: column.write(page).strip() for column in self.columns} if existing else {}
        self._fill(page, cells, line)
        line.title = page.title
        if existing is None or line.decision:
            line.alike = self._lookalikes.of(page)
        if line.decision == ASIDE:
            line.outcome, line.messages = Line.ASIDE, []
            return line, None
        self._refuse_without_right(existing, line)
        if not existing and TITLE not in self.mapping.sources:
            missing = next(column.heading for column in self.all_columns if column.field == TITLE)
            line.messages.append(_("La colonne « %s » manque.") % missing)
        self._validate(page, line)
        if line.messages:
            return line, None
        line.messages += [*self._left_empty, *self.table.notes.get(number, [])]
        return line, self._outcome(line, page, existing, before)

    def _outcome(self, line: Line, page: Any, existing: Any, before: dict[str, str]) -> Any:
        """Say what becomes of a line without mistake; return the page to save, None when nothing changes."""
        lacking = [] if page.live else [column.heading for column in self.all_columns if lacks(page, column)]
        if lacking:
            line.messages.append(_("Brouillon à compléter : %s.") % ", ".join(lacking))
        if line.alike and not line.decision:
            line.messages.append(_("Ressemble à « %s ».") % " », « ".join(title for _key, title in line.alike))
        written = [(column.heading, column.write(page).strip()) for column in self.columns]
        line.changed = [heading for heading, text in written if text != before.get(heading, "")]
        if line.number <= self._previewed:
            line.understood = [(heading, text[:PREVIEW_LENGTH]) for heading, text in written if text]
        line.outcome = Line.CREATED if not existing else Line.UPDATED if line.changed else Line.SAME
        if self.publish and line.outcome != Line.SAME:
            reasons = [] if lacking else errors_of(page)
            if not lacking and not self.may_publish(existing):
                reasons.append(_("une autre personne du réseau doit la relire et la publier."))
            line.messages += [_("Restera un brouillon : %s") % words for words in reasons]
        return page if line.outcome != Line.SAME else None

    def may_publish(self, page: Any) -> bool:
        """Whether a page may go live by this import; four eyes: nobody publishes what they bring in."""
        if page is None or page.pk is None:
            return self.by.is_superuser
        return bool(page.permissions_for_user(self.by).can_publish())

    def _cell(self, column: Column, cells: dict[str, str]) -> str:
        """Return what a line says for a column: several headings of a text follow one another under their names."""
        headings = self.mapping.sources[column.field]
        parts = [(heading, cells[heading]) for heading in headings if cells.get(heading)]
        if unread := next((cell for _heading, cell in parts if isinstance(cell, Unreadable)), None):
            return unread
        if len(headings) > 1 and column.is_text and column.longest is None:
            text = "\n\n".join(f"## {heading}\n\n{cell}" for heading, cell in parts)
        elif column.is_list:
            text = "\n".join(cell for _heading, cell in parts)
        else:
            text = parts[0][1] if parts else ""
        return shaped(column.field, text) if self.table.documents else text

    def _fill(self, page: Any, cells: dict[str, str], line: Line) -> None:
        self._left_empty: list[str] = []
        for column in self.columns:
            cell = self._cell(column, cells)
            # What a page always has and has already (visibility, licence…) is not taken away by an empty cell.
            if not cell and column.has_default:
                continue
            try:
                value = self._read(column, cell)
            except (CellError, ValidationError) as error:
                words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                self._tell(column, words, line)
                continue
            if column.field == "steps":
                value = with_pictures_of(page.steps, value)
            setattr(page, "theme_items" if column.field == "themes" else column.field, value)

    def _read(self, column: Column, cell: str) -> Any:
        if isinstance(cell, Unreadable):
            raise CellError(cell.reason)
        try:
            return column.read(cell, self._known)
        except CellError as error:
            if not (self.options.lenient and column.is_list):
                raise
            found, refused = self._pieces(column, cell)
            if not found:
                raise
            self._left_empty.append(_("%(column)s : laissé de côté : %(words)s.") % {"column": column.heading, "words": ", ".join(refused)})  # fmt: skip
            del error
            return found

    def _pieces(self, column: Column, cell: str) -> tuple[list[Any], list[str]]:
        """Read the items of a list one by one: those that are known, the words of the others."""
        found: list[Any] = []
        refused: list[str] = []
        for piece in filter(
            None, (one.strip() for part in cell.split("\n") for one in part.replace(",", ";").split(";"))
        ):
            try:
                read = column.read(piece, self._known)
            except CellError:
                refused.append(piece[:60])
                continue
            known = [getattr(one, "tag", one) for one in found]
            found += [one for one in read if getattr(one, "tag", one) not in known]
        return found, refused

    def _tell(self, column: Column, words: str, line: Line) -> None:
        """A mistake of the line; where it may be left empty, what was left so."""
        if self.options.lenient and column.field != TITLE:
            self._left_empty.append(
                _("%(column)s, laissé vide : %(words)s") % {"column": column.heading, "words": words}
            )
            return
        line.messages.append(f"{column.heading} : {words}")
        line.wrong += self.mapping.sources[column.field]

    def _validate(self, page: Any, line: Line) -> None:
        ours = {column.field: column for column in self.columns}
        others = {f.name for f in self.target.model._meta.fields} - ours.keys()
        if not page.live:  # a draft may wait for what only a published page needs
            others |= {column.field for column in self.all_columns if lacks(page, column)}
        try:
            page.clean_fields(exclude=others)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self._tell(ours[name], message, line)
                if self.options.lenient and name != TITLE:
                    setattr(page, name, page._meta.get_field(name).get_default())

    def _refuse_without_right(self, existing: Any, line: Line) -> None:
        if existing is None:
            if not self._may_add:
                line.messages.append(_("Vous ne pouvez pas ajouter de fiche dans ce réseau."))
        elif not existing.permissions_for_user(self.by).can_edit():
            line.messages.append(_("Vous ne pouvez pas modifier cette fiche."))
        elif (lock := existing.get_lock()) and lock.for_user(self.by):
            line.messages.append(_("Cette fiche est verrouillée ou en relecture : rien n’y sera changé."))


def errors_of(page: Any) -> list[str]:
    """Return what a page still needs before it is published, besides what it lacks."""
    return list(page.publication_errors().values()) if isinstance(page, PracticePage) else []


def _corrected(table: Table, corrections: dict[str, dict[str, str]]) -> Table:
    """Return the table with what was typed on the screen instead of some of its cells."""
    if not corrections:
        return table
    rows = [(number, cells | corrections.get(str(number), {})) for number, cells in table.rows]
    return replace(table, rows=rows)
