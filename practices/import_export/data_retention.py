"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED_KEY, Description, Matter, describe, hold

hold({"import_export.CardImport.created_by": ERASED_KEY})  # a file of cards and its report: nothing about the person

describe(
    Description(
        Matter.EDITED,
        _("Les fichiers de fiches que vous importez"),
        _("les éditeurs de vos réseaux"),
        ("import_export.CardImport",),
    ),
)
