"""Fill in any form of Wagtail's admin, its stream blocks and its inline forms included, with a text that attacks.

The form is the one that the page holds: nothing is listed here by name.
"""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminTagWidget

# None of these may stand as it is in a page: each leaves the place where words are shown.
MARKS = ("<svg/onload=zz()", "</script><script>zz", "<!--zz")
HOSTILE = '"\'><svg/onload=zz()></script><script>zz()</script><!--zz {{ 7|add:7 }} {% now "Y" %} \u202e\x07é'
HOSTILE_ADDRESS = "javascript:zz()"


def shown_raw(html: str) -> list[str]:
    """Return the attacks that a page gives as they are."""
    return [mark for mark in MARKS if mark in html]


class Filler:
    """Fills in a form; fields found faulty before (`tame`) get what they hold or something plain."""

    def __init__(self, form: Any, *, tame: frozenset[str] = frozenset(), new: bool = False) -> None:
        self.form, self.tame, self.new = form, tame, new
        self.attacked = 0

    def data(self) -> dict[str, Any]:
        """Return what a browser would send."""
        sent = dict(self._of_form(self.form, self.form.prefix or ""))
        for formset in getattr(self.form, "formsets", {}).values():
            rows = list(formset.forms)
            for index, row in enumerate(rows):
                sent |= dict(self._of_form(row, row.prefix))
                sent.pop(f"{row.prefix}-DELETE", None)
                sent.setdefault(f"{row.prefix}-ORDER", str(index + 1))
            start = formset.prefix
            sent |= {
                f"{start}-TOTAL_FORMS": str(len(rows)),
                f"{start}-INITIAL_FORMS": str(formset.initial_form_count()),
                f"{start}-MIN_NUM_FORMS": "0",
                f"{start}-MAX_NUM_FORMS": "1000",
            }
        return sent

    def _of_form(self, form: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        for name, field in form.fields.items():
            key = f"{prefix}-{name}" if prefix else name
            if name in {"comments", "comment_notifications"}:
                continue
            if isinstance(field, blocks.BlockField):
                yield from self._of_block(field.block, key, tame=name in self.tame)
            else:
                value = self._of_field(field, form[name].value(), tame=key in self.tame)
                if value is not None:
                    yield key, value

    def _of_field(self, field: Any, held: Any, *, tame: bool) -> Any:
        """Return what is typed in a field; None for what a browser leaves out, or sends empty."""
        if field.disabled or isinstance(field, forms.FileField):
            return None
        if isinstance(field, forms.BooleanField):
            return "on" if held else None
        if isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField)):
            return _chosen(field, held)
        return self._typed(field, held, tame=tame)

    def _typed(self, field: Any, held: Any, *, tame: bool) -> str:
        if isinstance(field.widget, DraftailRichTextArea):
            text = rich_text("Un texte" if tame else self._hostile())
        elif isinstance(field.widget, AdminTagWidget):
            text = "" if tame else self._hostile()
        elif tame or isinstance(field, NOT_TEXT) or isinstance(field.widget, forms.HiddenInput):
            text = _plain(field, held)
        elif isinstance(field, forms.URLField):
            text = HOSTILE_ADDRESS
        else:
            text = self._hostile()[: getattr(field, "max_length", None)]
        return text

    def _hostile(self) -> str:
        self.attacked += 1
        return HOSTILE

    def _of_block(self, block: Any, key: str, *, tame: bool) -> Iterator[tuple[str, Any]]:
        if isinstance(block, blocks.StreamBlock):
            children = list(block.child_blocks.items())
            yield f"{key}-count", str(len(children))
            for index, (name, child) in enumerate(children):
                yield from _item(f"{key}-{index}", index)
                yield f"{key}-{index}-type", name
                yield from self._of_block(child, f"{key}-{index}-value", tame=tame)
        elif isinstance(block, blocks.ListBlock):
            yield f"{key}-count", "1"
            yield from _item(f"{key}-0", 0)
            yield from self._of_block(block.child_block, f"{key}-0-value", tame=tame)
        elif isinstance(block, blocks.StructBlock):
            for name, child in block.child_blocks.items():
                yield from self._of_block(child, f"{key}-{name}", tame=tame)
        elif isinstance(block, blocks.RichTextBlock):
            yield key, rich_text("Un texte" if tame else self._hostile())
        elif isinstance(block, blocks.FieldBlock):
            value = self._of_field(block.field, None, tame=tame)
            if value is not None:
                yield key, value


def _item(key: str, order: int) -> Iterator[tuple[str, str]]:
    yield from ((f"{key}-deleted", ""), (f"{key}-order", str(order)), (f"{key}-id", ""))


def rich_text(text: str) -> str:
    """Return what Draftail sends for one paragraph."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def _chosen(field: Any, held: Any) -> Any:
    several = isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))
    if several:
        return [getattr(one, "pk", one) for one in held or []]
    if held not in (None, ""):
        return str(getattr(held, "pk", held))
    if isinstance(field, forms.ModelChoiceField):
        first = field.queryset.first() if field.required else None
        return str(first.pk) if first else ""
    for value, label in field.choices:
        if isinstance(label, (list, tuple)):
            return str(label[0][0])
        if value not in (None, ""):
            return str(value)
    return ""


NOT_TEXT = (forms.DateTimeField, forms.DateField, forms.TimeField, forms.IntegerField, forms.DecimalField)
# What a field takes that must be filled in.
EXAMPLES: list[tuple[type[forms.Field], str]] = [
    (forms.EmailField, "a@example.org"),
    (forms.URLField, "https://example.org/"),
    (forms.SlugField, "une-adresse"),
    (forms.DateField, "2030-01-01"),
    (forms.IntegerField, "1"),
    (forms.DecimalField, "1"),
    (forms.CharField, "Un mot"),
]


def _plain(field: Any, held: Any) -> str:
    """Return what the field holds, as its page shows it; else an example where something is wanted."""
    if isinstance(held, list):
        return ",".join(map(str, held))
    if held not in (None, ""):
        return str(field.widget.format_value(held))
    return next((example for kind, example in EXAMPLES if isinstance(field, kind)), "") if field.required else ""
