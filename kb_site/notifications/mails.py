"""Every mail of the site, in one list: its subject and its templates (templates/mails/<name>.txt and .html)."""

from django.utils.translation import gettext_lazy as _

SUBJECTS = {
    "account_to_approve": _("Un compte attend votre validation"),
    "account_approved": _("Votre compte est validé"),
    "account_refused": _("Votre demande de compte"),
}
