"""What names nobody, told to people; see kb_site/personal_data.py."""

import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe

describe(
    Description(
        Matter.NAMELESS,
        _("Le nombre d’essais récents, sous une empreinte qui change : ni adresse ni nom"),
        _("personne : le site s’en sert pour fonctionner"),
        ("limits.Count",),
        kept_for=datetime.timedelta(seconds=max(seconds for _most, seconds in settings.LIMITS.values())),
    ),
)
