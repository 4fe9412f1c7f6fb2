"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, describe, hold, unsigned

hold({"facts.Fact.owner": unsigned("the fact stays in the register without this owner: the report shows it")})

describe(
    Description(
        Matter.EDITED,
        _("Les faits et chiffres que vous tenez à jour"),
        _("les éditeurs de vos réseaux"),
        ("facts.Fact",),
    ),
)
