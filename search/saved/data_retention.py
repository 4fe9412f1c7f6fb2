"""See kb_site/personal_data.py."""

import datetime

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, describe, hold

from .tasks import DAYS_KEPT

hold({"saved_searches.SavedSearch.user": ERASED, "saved_searches.Alert.user": ERASED})

describe(
    Description(Matter.FOLLOWED, _("Vos recherches enregistrées"), _("vous"), ("saved_searches.SavedSearch",)),
    Description(
        Matter.FOLLOWED,
        _("La trace des nouveautés déjà annoncées"),
        _("vous"),
        ("saved_searches.Alert",),
        kept_for=datetime.timedelta(days=DAYS_KEPT),
    ),
)
