"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe

describe(
    Description(
        Matter.EDITED,
        _("L’introduction que la coordination écrit en tête d’un rapport, sans le nom de qui l’écrit"),
        _("la coordination, et ceux à qui elle remet le rapport"),
        ("observatory.Foreword",),
    ),
)
