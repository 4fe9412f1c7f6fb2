"""The facts that a page cites: their values in its words, then where each comes from."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from ..citations import address_of, codes_in, with_sources, with_values
from ..register import shown_facts

register = template.Library()
CITED = "_facts_cited"  # of the page being rendered: what `fact_sources` lists


class CitingNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html, facts = with_sources(self.nodelist.render(context))
        cited: dict[str, Any] = context.render_context.get(CITED) or {}
        context.render_context[CITED] = cited | {fact.code: fact for fact in facts}
        return mark_safe(html)  # noqa: S308 (what the block made, and values escaped)


@register.tag
def citing(parser: Parser, token: Token) -> CitingNode:
    """Show the values of the facts that the words of a block cite."""
    nodelist = parser.parse(("endciting",))
    parser.delete_first_token()
    return CitingNode(nodelist)


@register.inclusion_tag("facts/sources.html", takes_context=True)
def fact_sources(context: template.Context, *more: Any) -> Mapping[str, Any]:
    """List what was cited above, and `more` facts of the page: value, what was measured, by whom, when."""
    facts = dict(context.render_context.get(CITED) or {}) | {fact.code: fact for fact in more if fact}
    return {"facts": facts.values()}


@register.filter
def fact_url(fact: Any) -> str:
    return address_of(fact)


@register.filter
def with_facts(text: str | None) -> str:
    """Show a text on one line, or in a message, with the values of what it cites."""
    return with_values(text or "", shown_facts(codes_in(text or "")))
