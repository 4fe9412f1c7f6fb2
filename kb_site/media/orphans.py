"""Files that no row of the database names any more: removed, replaced, or left by a transaction that failed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField
from django.utils import timezone

from .storages import names_in, peoples_storages

# A file is stored before the row that names it: a young one may be on its way.
YOUNG = datetime.timedelta(days=1)


@dataclass
class Report:
    """By storage: files that nothing names, with their bytes; files that a row names and the storage has not."""

    orphans: dict[str, dict[str, int]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)


def look_for_orphans(*, now: datetime.datetime | None = None) -> Report:
    """Compare every storage with every column that names a file. Nothing is changed. Raises OSError."""
    report, before = Report(), (now or timezone.now()) - YOUNG
    for alias, storage in peoples_storages().items():
        # The storage first: what is named since is then no orphan.
        present = set(names_in(storage))
        named = set(_named_in(alias))
        report.missing[alias] = sorted(named - present)
        report.orphans[alias] = dict(_old(storage, sorted(present - named), before))
    return report


def forget_orphans(*, now: datetime.datetime | None = None) -> Report:
    """Delete the orphans; return what was found. Raises OSError."""
    report = look_for_orphans(now=now)
    for alias, storage in peoples_storages().items():
        for name in report.orphans[alias]:
            storage.delete(name)
    return report


def _named_in(alias: str) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_concrete_fields:
            if isinstance(column, FileField) and _alias_of(column) == alias:
                names = model._base_manager.exclude(**{column.name: ""}).exclude(**{column.name: None})
                yield from names.values_list(column.name, flat=True)


def _alias_of(column: FileField) -> str:
    """Return the name in settings.STORAGES of the place where a column keeps its files."""
    if column.storage is default_storage:
        return "default"
    return next(alias for alias, storage in peoples_storages().items() if storage is column.storage)


def _old(storage: Storage, names: list[str], before: datetime.datetime) -> Iterator[tuple[str, int]]:
    for name in names:
        try:
            if storage.get_modified_time(name) < before:
                yield name, storage.size(name)
        except FileNotFoundError:
            continue
