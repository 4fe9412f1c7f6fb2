"""See kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, describe, hold

hold({"live.Thumb.user": ERASED})

describe(
    Description(Matter.GROUPS, _("Vos votes du pouce en séance"), _("le groupe : des nombres"), ("live.Thumb",)),
)
