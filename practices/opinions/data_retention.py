"""What names nobody, told to people, and who decided; see kb_site/personal_data.py."""

import datetime

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, acted, describe, hold

from .services import DAYS_KEPT

hold({"opinions.Opinion.decided_by": acted("what was decided on the words of a reader, who is not known")})

describe(
    Description(
        Matter.NAMELESS,
        _("Les avis donnés sous les pages, sans compte, ni nom, ni adresse"),
        _("les personnes responsables de la page et les éditeurs de son réseau"),
        ("opinions.Opinion", "opinions.Helped"),
        kept_for=datetime.timedelta(days=DAYS_KEPT),
    ),
)
