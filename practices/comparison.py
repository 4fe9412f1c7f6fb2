"""Two versions of a card side by side: lists of codes are compared as people read them."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison


class ChoiceArrayComparison(FieldComparison):
    """Ticked boxes: what was unticked, what was ticked, what stayed."""

    def htmldiff(self) -> SafeString:
        before, after = self.field.labels(self.val_a or []), self.field.labels(self.val_b or [])
        every = self.field.labels([*(self.val_a or []), *(self.val_b or [])])
        return format_html_join(
            ", ", '<span class="{}">{}</span>', [(_class(one, before, after), one) for one in every]
        )


def _class(label: Any, before: list[str], after: list[str]) -> str:
    return "" if label in before and label in after else "addition" if label in after else "deletion"
