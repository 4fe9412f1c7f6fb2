"""What names nobody, told to people; see kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe

describe(
    Description(
        Matter.NAMELESS,
        _("Le nombre de lectures de chaque page, jour par jour"),
        _("les éditeurs de vos réseaux"),
        ("practice_statistics.DailyViews",),
    ),
)
