"""The links of the shell: where the main places are, and which one the page shown belongs to."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kb_site.role_bar import links_for

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str) -> SafeString:
    """The attributes of a link to a main place, by the name of its address.

    Marked as the current page, or as the part of the site (`true`) that the page shown is in.
    """
    address, shown = reverse(name), context["request"].path
    if shown == address:
        return format_html('href="{}" aria-current="page"', address)
    if shown.startswith(address):
        return format_html('href="{}" aria-current="true"', address)
    return format_html('href="{}"', address)


@register.inclusion_tag("components/role_bar.html", takes_context=True)
def role_bar(context: template.Context) -> dict[str, Any]:
    """The bar of who holds a role (kb_site/role_bar.py); nothing at all for anyone else."""
    user = context.get("user")
    return {"links": links_for(user, context) if user is not None else []}
