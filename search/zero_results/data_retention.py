"""What names nobody, told to people; see kb_site/personal_data.py."""

import datetime

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe

from .services import DAYS_KEPT

describe(
    Description(
        Matter.NAMELESS,
        _("Les mots cherchés sans réponse, lisibles s’ils l’ont été trois jours différents"),
        _("les éditeurs de vos réseaux"),
        ("search_gaps.SearchGap",),
        kept_for=datetime.timedelta(days=DAYS_KEPT),
        after=_("sans être cherchés de nouveau"),
    ),
)
