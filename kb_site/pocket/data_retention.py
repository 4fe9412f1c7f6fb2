"""What people put aside; see kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, describe, hold

from .models import MARKS_KEPT_FOR

hold({"pocket.PocketItem.user": ERASED})

describe(
    Description(
        Matter.FOLLOWED,
        _("Ce que vous avez mis dans votre poche"),
        _("vous ; les copies pour lire sans réseau sont sur votre appareil, et s’effacent à la déconnexion"),
        ("pocket.PocketItem",),
    ),
    Description(
        Matter.NAMELESS,
        _("La marque des formulaires reçus, pour ne pas les prendre deux fois"),
        _("personne"),
        ("pocket.TakenForm",),
        kept_for=MARKS_KEPT_FOR,
    ),
)
