"""Who keeps pages true; see kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.personal_data import Description, Matter, acted, describe, hold, register_eraser, unsigned

from .credits import cards_of, take_person_off, take_person_off_credits

OWNERSHIP = "the page stays without this owner: the backup owner and the editors' board take over"
VERIFIED = "the date of a verification stays true"

hold(
    {
        "practices.PracticePage.card_owner": unsigned(OWNERSHIP),
        "practices.PracticePage.backup_owner": unsigned(OWNERSHIP),
        "practices.PracticePage.last_verified_by": acted(VERIFIED, their_words=False),
        "practices.ToolPage.card_owner": unsigned(OWNERSHIP),
        "practices.ToolPage.backup_owner": unsigned(OWNERSHIP),
        "practices.ToolPage.last_verified_by": acted(VERIFIED, their_words=False),
        "practices.OrientationPage.card_owner": unsigned(OWNERSHIP),
        "practices.OrientationPage.backup_owner": unsigned(OWNERSHIP),
        "practices.OrientationPage.last_verified_by": acted(VERIFIED, their_words=False),
    }
)


def _take_person_off(user: User) -> None:
    take_person_off(cards=cards_of(user), user=user)
    take_person_off_credits(user=user)


register_eraser(_take_person_off)

describe(
    Description(
        Matter.EDITED,
        _("Les fiches dont vous avez la charge, ou que vous avez vérifiées"),
        _("tout le monde, ou les membres seulement quand la fiche leur est réservée"),
        (
            "practices.PracticePage",
            "practices.ToolPage",
            "practices.OrientationPage",
        ),
    ),
)
