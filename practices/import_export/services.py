"""Import a file of cards, tools or resources: check every line, write what is asked, undo it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from kb_site.accounts.models import User
from kb_site.jobs import defer

from ..text_normalization import folded
from .columns import IDENTIFIER
from .importer import Importer, Line, Report, errors_of, lacks
from .models import CardIdentifier, CardImport, ImportedPage
from .options import Options
from .parsing import read_file
from .targets import target_of

CORRECTED_AT_ONCE = 20  # lines offered to correction on one screen


class NothingToImport(Exception):
    """The file was imported already, or has errors."""


class NothingToUndo(Exception):
    """The file was not imported, or was undone already."""


def _importer(*, content: bytes, section: Page, by: User, publish: bool, options: Options, name: str) -> Importer:
    parent = section.specific
    table = read_file(content, name=name, columns=target_of(parent).columns(), base=options.base)
    return Importer(table=table, parent=parent, by=by, publish=publish, options=options)


def check_cards(
    *, content: bytes, section: Page, by: User, publish: bool = False, options: Options | None = None, name: str = ""
) -> Report:
    """Return what importing this file would do, line by line, without writing anything. Raises FileRefused."""
    importer = _importer(
        content=content, section=section, by=by, publish=publish, options=options or Options(), name=name
    )
    return importer.report([line for line, _page in importer.plan()])


@transaction.atomic
def import_cards(
    *, content: bytes, section: Page, by: User, publish: bool = False, options: Options | None = None, name: str = "",
    kept: CardImport | None = None,
) -> Report:  # fmt: skip
    """Write what a file holds under this page: all its lines, or none when one has an error, unless asked line by line.

    A known identifier updates the draft of its page; columns that the file does not have are left as they are. Complete
    pages go live only when `publish` is asked by somebody who may publish them. `kept`: the import that may be undone.
    Raises FileRefused.
    """
    options = options or Options()
    Page.objects.select_for_update().filter(pk=section.pk).first()  # two imports in a section follow one another
    importer = _importer(content=content, section=section, by=by, publish=publish, options=options, name=name)
    planned = importer.plan()
    report = importer.report([line for line, _page in planned])
    if report.errors and not options.line_by_line:
        return report
    for line, page in planned:
        if page is None:
            continue
        try:
            with transaction.atomic():
                _save(page, line, importer, kept)
        except ValidationError as error:
            line.outcome, line.messages = Line.ERROR, list(error.messages)
    if report.errors and not options.line_by_line:
        transaction.set_rollback(True)
    return report


def _save(page: Any, line: Line, importer: Importer, kept: CardImport | None) -> None:
    created = page.pk is None
    former, online = page.latest_revision_id, page.live_revision_id
    if created:
        page = importer.parent.add_child(instance=page)
    # That of a page that left for another section since is free again.
    CardIdentifier.objects.filter(section_id=importer.parent.pk, identifier=line.identifier).exclude(
        page=page.pk
    ).delete()
    CardIdentifier.objects.get_or_create(
        page_id=page.pk, defaults={"section_id": importer.parent.pk, "identifier": line.identifier}
    )
    complete = page.live or not any(lacks(page, column) for column in importer.all_columns)
    revision = page.save_revision(user=importer.by, log_action=True, clean=complete)
    if kept:
        ImportedPage.objects.create(
            card_import=kept, page_id=page.pk, version=revision, former_id=former, was_online_id=online, created=created
        )
    if importer.publish and complete and importer.may_publish(page) and not errors_of(page):
        revision.publish(user=importer.by)


@transaction.atomic
def keep_file(
    *, name: str, content: bytes, section: Page, by: User, publish: bool, options: Options | None = None
) -> CardImport:
    """Check a file sent by an editor and keep it with its report until they decide. Raises FileRefused."""
    options = options or Options()
    report = check_cards(content=content, section=section, by=by, publish=publish, options=options, name=name)
    CardImport.objects.filter(created_by=by, state=CardImport.State.CHECKED).update(content=b"")
    return CardImport.objects.create(
        file_name=name[-150:], content=content, section_id=section.pk, created_by=by, publish=publish,
        options=options.as_json(), report=report.as_json(),
    )  # fmt: skip


def lines_to_correct(card_import: CardImport) -> list[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """Return the first lines with an error, each with its wrong cells: heading, text as it stands."""
    wrong = [line for line in card_import.report.get("lines", []) if line["outcome"] == Line.ERROR]
    if not wrong or not card_import.content:
        return []
    options = Options.of(card_import.options)
    importer = _importer(
        content=bytes(card_import.content), section=card_import.section, by=card_import.created_by, publish=False,
        options=options, name=card_import.file_name,
    )  # fmt: skip
    rows = dict(importer.table.rows)
    identifier = next((heading for heading in importer.table.headings if folded(heading) == folded(IDENTIFIER)), "")
    found = []
    for line in wrong[:CORRECTED_AT_ONCE]:
        cells = rows.get(line["number"], {})
        headings = line.get("wrong") or ([identifier] if identifier else [])
        found.append((line, [(heading, cells.get(heading, "")) for heading in dict.fromkeys(headings)]))
    return found


@transaction.atomic
def choose(
    *,
    card_import: CardImport,
    columns: dict[str, str] | None = None,
    decisions: dict[str, str] | None = None,
    cells: dict[tuple[int, str], str] | None = None,
    line_by_line: bool | None = None,
    lenient: bool | None = None,
) -> None:
    """Change what a file that is not imported yet is read as, and check it again.

    `columns`: heading → field; `decisions`: number of a line → see options.py; `cells`: (number of the line, heading) → text put
    instead. What is None stays. Raises NothingToImport when it was imported meanwhile, FileRefused.
    """
    current = (
        CardImport.objects.select_for_update(of=("self",))
        .select_related("section", "created_by")
        .get(pk=card_import.pk)
    )
    if current.state != CardImport.State.CHECKED or not current.content:
        raise NothingToImport
    options = Options.of(current.options)
    if columns is not None:
        options.columns = columns
    options.decisions |= decisions or {}
    for (number, heading), text in (cells or {}).items():
        options.corrections.setdefault(str(number), {})[heading] = text
    options.line_by_line = options.line_by_line if line_by_line is None else line_by_line
    options.lenient = options.lenient if lenient is None else lenient
    report = check_cards(
        content=bytes(current.content), section=current.section, by=current.created_by, publish=current.publish,
        options=options, name=current.file_name,
    )  # fmt: skip
    current.options, current.report = options.as_json(), report.as_json()
    current.save(update_fields=["options", "report"])


def may_be_imported(card_import: CardImport) -> bool:
    """Whether a checked file can be imported as it stands."""
    if card_import.state != CardImport.State.CHECKED or not card_import.content:
        return False
    errors = card_import.report.get("counts", {}).get(Line.ERROR, 0)
    return not errors or bool(card_import.options.get("line_by_line"))


@transaction.atomic
def queue_import(*, card_import: CardImport) -> None:
    """Ask for a checked file to be imported; asked twice, it is imported once. Raises NothingToImport."""
    current = CardImport.objects.select_for_update().get(pk=card_import.pk)
    if not may_be_imported(current):
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
    options = Options.of(current.options)
    report = import_cards(
        content=bytes(current.content), section=current.section, by=current.created_by, publish=current.publish,
        options=options, name=current.file_name, kept=current,
    )  # fmt: skip
    refused = bool(report.errors) and not options.line_by_line
    current.state = CardImport.State.FAILED if refused else CardImport.State.DONE
    current.report, current.content = report.as_json(), b""
    current.save()


@transaction.atomic
def undo_import(*, card_import: CardImport, by: User) -> list[str]:
    """Take back what an import wrote, and return the titles of what was left: changed since, published or closed to them.

    A page that the import made goes; one that it changed comes back as it was. What somebody touched since stays: their
    work is not the import's. Raises NothingToUndo.
    """
    current = CardImport.objects.select_for_update().get(pk=card_import.pk)
    if current.state != CardImport.State.DONE:
        raise NothingToUndo
    left = []
    for done in current.pages.select_related("page", "former", "was_online").order_by("pk"):
        page = done.page.specific
        if page.latest_revision_id != done.version_id or not _take_back(page, done, by):
            left.append(_title_for(by, page))
    current.state = CardImport.State.UNDONE
    current.save()
    return left


def _title_for(by: User, page: Any) -> str:
    """The title of a page that an import wrote; the drafts of a network it left for are that network's own."""
    if page.permissions_for_user(by).can_edit():
        return str(page.draft_title or page.title)
    return str(page.title) if page.live else _("une fiche partie dans un autre réseau")


def _take_back(page: Any, done: ImportedPage, by: User) -> bool:
    """Undo what was done to one page nobody touched since; False without the right to."""
    rights = page.permissions_for_user(by)
    if not rights.can_edit() or page.current_workflow_state is not None:
        return False
    published = page.live_revision_id == done.version_id
    if published and not rights.can_publish():
        return False
    if done.created:
        if published:
            page.unpublish(user=by, log_action=True)  # an address that was read answers that its page is gone
            return True
        page.delete(user=by)
        return True
    if done.former is None:
        return False
    revision = done.former.as_object().save_revision(user=by, log_action=True, clean=False)
    if published and done.was_online:
        revision = done.was_online.as_object().save_revision(user=by, log_action=True, clean=False)
        revision.publish(user=by)
    return True
