"""What a draft or a former version cites may be deleted meanwhile: it is read without it, and what went is told.

Wagtail leaves out rows whose reference cascades and empties those that may be empty, but fails on a protected one:
PROTECT keeps what published pages need, and says nothing of drafts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations, model_from_serializable_data
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

KEPT_BY_WAGTAIL = frozenset({"content_type", "locale", "latest_revision", "live_revision", "alias_of"})


def references(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    """Yield the references of a page, or of a row that hangs on it, to what may be deleted without it."""
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and field.name not in KEPT_BY_WAGTAIL:
            yield field


def is_gone(field: "ForeignKey[Any, Any]", key: Any) -> bool:
    """Whether a reference leads to nothing any more."""
    return key is not None and not field.related_model._base_manager.filter(pk=key).exists()  # type: ignore[union-attr]


class LeavesWithIt:
    """A row of a page that is left out of a draft when what it cites was deleted."""

    @classmethod
    def from_serializable_data(cls, data: Mapping[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        if check_fks and any(is_gone(field, data.get(field.name)) for field in references(cls)):  # type: ignore[arg-type]
            return None
        return model_from_serializable_data(cls, data, check_fks=check_fks, strict_fks=strict_fks)


def gone_from(revision: Revision) -> list[str]:
    """Return what this version cites and that was deleted since, in words, each once."""
    model = revision.content_type.model_class()
    if model is None:
        return []
    rows = [(model, revision.content)]
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        rows += [
            (relation.related_model, row)
            for row in revision.content.get(name) or ()
            if name != "wagtail_admin_comments"
        ]
    found = [
        _named(field, row[field.name])
        for row_model, row in rows
        for field in references(row_model)
        if field.name in row and is_gone(field, row[field.name])
    ]
    return list(dict.fromkeys(found))


def _named(field: "ForeignKey[Any, Any]", key: Any) -> str:
    """Return « Un lieu calme » (condition), when the log of what was deleted knows its name; else « condition »."""
    target: Any = field.related_model
    deleted = {"action": "wagtail.delete"}
    if issubclass(target, Page):
        entries = PageLogEntry.objects.filter(page=key, **deleted)
    else:
        content_type = ContentType.objects.get_for_model(target)
        entries = ModelLogEntry.objects.filter(content_type=content_type, object_id=str(key), **deleted)
    label = entries.values_list("label", flat=True).first()
    kind = str(field.verbose_name)
    return _("« %(name)s » (%(kind)s)") % {"name": label, "kind": kind} if label else kind
