"""What a page says to one reader alone, in a page that is kept for many.

    {% load mine %}{% mine page %}{% follow_button page %}{% endmine %}

A block names the variables that it is made from, besides those of the request: it is made without the others.
"""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from kb_site.kept.frames import know, leave_place

register = template.Library()


class MineNode(template.Node):
    def __init__(self, source: str, rank: int, names: list[str], nodelist: NodeList) -> None:
        self.source, self.rank, self.names, self.nodelist = source, rank, names, nodelist

    def given(self, context: template.Context) -> dict[str, Any]:
        return {name: context[name] for name in self.names if name in context}

    def render(self, context: template.Context) -> SafeString:
        place = leave_place(self.source, self.rank, self.given(context))
        return self.nodelist.render(context) if place is None else mark_safe(place)  # noqa: S308 (two characters and a number)

    def render_own(self, context: template.Context) -> SafeString:
        """Return what stands in the place that was left, given its variables alone."""
        return self.nodelist.render(context)


@register.tag
def mine(parser: Parser, token: Token) -> MineNode:
    """Leave a place in a page that is kept, and fill it for each reader."""
    names = token.split_contents()[1:]
    source = parser.origin.template_name if parser.origin else ""
    rank = parser.mine_count = getattr(parser, "mine_count", 0) + 1  # type: ignore[attr-defined]
    nodelist = parser.parse(("endmine",))
    parser.delete_first_token()
    node = MineNode(str(source), rank, names, nodelist)
    know(node.source, rank, node)
    return node
