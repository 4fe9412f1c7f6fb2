from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "kb_site.mailing"
    verbose_name = _("Envois d’e-mails")
    never_shown_to_visitors = "__all__"
