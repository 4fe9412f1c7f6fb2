"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold, kept

hold(
    {
        "card_requests.CardRequest.asked_by": kept("others said « moi aussi »: the need outlives the account"),
        "card_requests.CardRequest.decided_by": acted("what an editor answered"),
        "card_requests.Support.user": ERASED,
    }
)

describe(
    Description(
        Matter.WRITTEN,
        _("Les fiches que vous avez demandées"),
        _("les membres, sans votre nom ; les éditeurs"),
        (
            "card_requests.CardRequest",
            "card_requests.Support",
        ),
    ),
)
