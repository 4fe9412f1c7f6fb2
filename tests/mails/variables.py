"""The variables that a template reads, in all its branches, even those that no example takes."""

from typing import Any

from django.template import Node, NodeList, Variable
from django.template.base import FilterExpression, TokenType
from django.template.defaulttags import ForNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

ALWAYS = {"True", "False", "None", "forloop"}


def names_read(template: str) -> set[str]:
    """Return the names that a template, what it includes and what it extends take from their context."""
    return _read(get_template(template).template.nodelist) - ALWAYS


def _read(part: Any) -> set[str]:
    if isinstance(part, Variable):
        return {part.lookups[0]} if part.lookups else set()
    if isinstance(part, FilterExpression):
        return _read(part.var) | _read([arg for filters in part.filters for arg in filters[1]])
    if isinstance(part, NodeList | list | tuple | dict):
        return set().union(*map(_read, part.values() if isinstance(part, dict) else part))
    if getattr(part, "token_type", None) == TokenType.VAR:  # inside {% blocktranslate %}
        return {part.contents.partition("|")[0].partition(".")[0].strip()}
    if isinstance(part, Node) or (hasattr(part, "nud") and hasattr(part, "led")):  # a tag, or a condition of {% if %}
        return _read_tag(part)
    return set()


def _read_tag(tag: Any) -> set[str]:
    own = {key: value for key, value in vars(tag).items() if key not in {"token", "origin", "parent"}}
    read = _read(own)
    if isinstance(tag, ForNode):
        return (read - {*tag.loopvars}) | _read(tag.sequence)
    if isinstance(tag, IncludeNode | ExtendsNode):
        name = tag.template if isinstance(tag, IncludeNode) else tag.parent_name
        read |= names_read(str(name.var))
    given = getattr(tag, "extra_context", {})  # {% with %}, {% blocktranslate with %}, {% include … with %}
    bound = {*given, getattr(tag, "countervar", None)}
    return (read - bound) | _read(given) | _read(getattr(tag, "counter", None))
