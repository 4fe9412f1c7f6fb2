"""What changed in a card since it was last published, or since its author was last asked for corrections."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from ..models import PracticePage


@dataclass(frozen=True)
class Change:
    """One part of a card that changed, with what was taken out and put in, as HTML."""

    label: str
    html: SafeString


def former_of(card: PracticePage) -> Revision | None:
    """Return the version that this one is compared with; None for a card that nobody read before."""
    if card.live_revision_id:
        return card.live_revision
    refused = TaskState.objects.filter(
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__object_id=str(card.pk),
        status=TaskState.STATUS_REJECTED,
    )
    last = refused.select_related("revision").order_by("-finished_at").first()
    return last.revision if last else None


def changes_of(card: PracticePage, latest: PracticePage | None = None) -> list[Change]:
    """Return what the latest version of this card changes, part by part; `latest`: that version, if it was read already."""
    former = former_of(card)
    if former is None or former.pk == card.latest_revision_id:
        return []
    handler = card.get_edit_handler()
    comparisons = handler.get_bound_panel(instance=card, request=None, form=None).get_comparison()
    before, now = former.as_object(), latest or card.get_latest_revision_as_object()
    return [change for make in comparisons for change in _changes(make(before, now))]


def _changes(comparison: Any) -> Iterator[Change]:
    if not comparison.has_changed():
        return
    if comparison.is_field:
        yield Change(capfirst(comparison.field_label()), comparison.htmldiff())
        return
    for row in comparison.get_child_comparisons():
        label = capfirst(comparison.field_label())
        if row.is_addition():
            yield Change(label, format_html('<span class="addition">{}</span>', str(row.obj_b)))
        elif row.is_deletion():
            yield Change(label, format_html('<span class="deletion">{}</span>', str(row.obj_a)))
        else:
            for field in row.get_field_comparisons():
                if field.has_changed():
                    yield Change(
                        _("%(row)s : %(field)s") % {"row": label, "field": field.field_label()}, field.htmldiff()
                    )
