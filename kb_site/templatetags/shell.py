"""The links of the shell: where the main places are, and which one the page shown belongs to."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
