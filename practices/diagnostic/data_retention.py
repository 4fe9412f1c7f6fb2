"""See kb_site/personal_data.py. Answers name nobody."""

import datetime

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold

from .services import KEPT_MONTHS

hold(
    {
        "diagnostic.DiagnosticCampaign.opened_by": acted("the survey is the structure's, and so is its result"),
        "diagnostic.PreparedCampaign.author": ERASED,
    }
)

describe(
    Description(
        Matter.NAMELESS,
        _("Les réponses à un diagnostic : des chiffres, sans nom, sans jour, sans adresse"),
        _("personne une par une : l’équipe lit des nombres, de cinq en cinq"),
        ("diagnostic.DiagnosticAnswer",),
        kept_for=datetime.timedelta(days=KEPT_MONTHS * 365.25 / 12),
        after=_("après la clôture"),
    ),
    Description(
        Matter.ACCOUNT,
        _("Le diagnostic que vous préparez en attendant que votre compte soit validé"),
        _("vous seul, jusqu’à ce qu’il s’ouvre pour votre structure"),
        ("diagnostic.PreparedCampaign",),
    ),
    Description(
        Matter.EDITED,
        _("Les diagnostics que vous avez ouverts, et leurs résultats"),
        _("votre structure, ou votre groupe"),
        (
            "diagnostic.DiagnosticCampaign",
            "diagnostic.Release",
        ),
    ),
)
