"""A variable that a template of ours does not receive fails the test that shows it, where Django would print nothing."""

import sys
from pathlib import Path
from types import FrameType

from django.template import Node
from django.template.base import FilterExpression

# These say themselves what to do without the variable.
FOR_WANT_OF_A_VALUE = {"default", "default_if_none", "yesno"}


class UnknownVariable(AssertionError):
    """Names the variable and the template."""


class FailsForUnknownVariables(str):
    """A `string_if_invalid` as empty as Django's, which raises when a template under `folder` is at fault.

    Conditions and loops do not ask for it: `{% if missing %}` stays as silent as it is. Nor do the templates of Django,
    Wagtail and allauth fail, which rely on that silence everywhere.
    """

    folder: Path

    def __new__(cls, *, folder: Path) -> "FailsForUnknownVariables":
        made = super().__new__(cls)
        made.folder = folder
        return made

    def __bool__(self) -> bool:
        asking = sys._getframe(1)
        if asking.f_code is FilterExpression.resolve.__code__:  # {{ variable }}, and what a tag receives
            expression: FilterExpression = asking.f_locals["self"]
            filters = [function._filter_name for function, _arguments in expression.filters]
            if not filters or filters[0] not in FOR_WANT_OF_A_VALUE:
                self._refuse(expression.token, asking)
        return False

    def __contains__(self, part: object) -> bool:
        asking = sys._getframe(1)
        if asking.f_code.co_qualname == "BlockTranslateNode.render.<locals>.render_value":
            self._refuse(asking.f_locals["key"], asking)
        return super().__contains__(str(part))

    def _refuse(self, variable: str, frame: FrameType | None) -> None:
        while frame is not None:
            node = frame.f_locals.get("self")
            if isinstance(node, Node):
                if Path(node.origin.name).is_relative_to(self.folder):
                    raise UnknownVariable(f"{variable} in {Path(node.origin.name).relative_to(self.folder)}")
                return
            frame = frame.f_back
