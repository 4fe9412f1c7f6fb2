"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED_KEY, Description, Matter, describe, hold

hold({"api.ApiToken.created_by": ERASED_KEY, "api.Webhook.created_by": ERASED_KEY})

describe(
    Description(
        Matter.EDITED,
        _(
            "Les jetons que vous créez pour lire le site depuis un programme : leur nom, et le jour de leur dernier usage"
        ),
        _("vous"),
        ("api.ApiToken",),
    ),
    Description(
        Matter.EDITED,
        _("Les adresses d’autres sites que vous faites prévenir de ce qui est publié"),
        _("l’administration du site"),
        ("api.Webhook",),
    ),
)
