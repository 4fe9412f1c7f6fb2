"""The pictograms of the site: one family, drawn for it, in one file that browsers keep (static/kb_site/pictograms.svg).

    {% load pictograms %}<a href="…">{% pictogram "garder" %} {% translate "Garder" %}</a>
    {% pictogram page.kind %} {{ page.get_kind_display }}

A pictogram never speaks alone: the words stand beside it, and it is hidden from those who hear the page. Its name is
the code of the choice that it shows (practices/choices.py, exchange_groups/sessions/choices.py), of the kind of content
(search/facets.py), or the French verb of the button. It takes the colour and the size of the words around it.
"""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Codes shown by the pictogram of another name, since they mean the same thing.
SAME = {
    "audio": "audioconference",
    "formation_distance": "formation",
    "guide": "ressource",
    "modele": "demarche",
    "compte-rendu": "compte_rendu",
    "seance": "seances",
}


@register.simple_tag
def pictogram(name: str) -> SafeString:
    """Show the pictogram of this name, or of this code of a choice."""
    return format_html(
        '<svg class="pictogram" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("kb_site/pictograms.svg"),
        SAME.get(name, name),
    )


@register.simple_tag
def drawing(gesture: str) -> SafeString:
    """Show the drawing of a gesture (static/kb_site/drawings.svg): it says nothing that the words beside it do not."""
    return format_html(
        '<svg class="pictogram drawing" width="80" height="80" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("kb_site/drawings.svg"),
        gesture,
    )
