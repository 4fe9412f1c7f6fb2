"""What names nobody, told to people; see kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe

describe(
    Description(
        Matter.NAMELESS,
        _("Les adresses déjà données à des fiches et à des groupes, pour qu’un ancien lien n’ouvre jamais autre chose"),
        _("personne : le site s’en sert pour fonctionner"),
        ("given_addresses.GivenAddress",),
    ),
)
