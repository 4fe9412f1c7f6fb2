"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, acted, describe, hold

from .models import KEPT

WHY = "who did what to whom stays known for a year; an emptied account shows « Ancien membre »"

hold({"journal.SensitiveAct.by": acted(WHY), "journal.SensitiveAct.about": acted(WHY)})

describe(
    Description(
        Matter.EDITED,
        _("Le journal des actes sensibles : qui a donné un rôle, validé un compte, emporté des données"),
        _("la coordination"),
        ("journal.SensitiveAct",),
        kept_for=KEPT,
    ),
)
