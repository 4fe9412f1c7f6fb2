"""The way from what makes people stop to the paragraph of /aide/ that tells of it.

{% load help %}{% help "edition" "relire-une-fiche" %}
"""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kb_site.help.guides import section_of

register = template.Library()


@register.simple_tag(name="help")
def help_link(role: str, anchor: str) -> SafeString:
    """Show a link to a section of a guide, named by its title. Raises NoSuchHelp."""
    section = section_of(role, anchor)
    address = f"{reverse('help_guide', args=[role])}#{section.anchor}"
    return format_html('<a href="{}">{}</a>', address, _("? Aide : %s") % section.title)
