"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe, hold, kept

hold({"experiences.Experience.author": kept("never shown with a name; what others learn from it stays")})

describe(
    Description(
        Matter.WRITTEN,
        _("Vos retours d’expérience, sans votre nom ni celui de votre structure"),
        _("tout le monde, ou les membres seulement quand la fiche leur est réservée"),
        ("experiences.Experience",),
    ),
)
