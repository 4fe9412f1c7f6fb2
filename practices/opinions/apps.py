from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    """What readers say of a page, without an account."""

    name = "practices.opinions"
    label = "opinions"
    verbose_name = _("Avis de lecteurs")
    # The page that shows the answers of editors is never kept: a word of a reader makes no page be made again.
    never_shown_to_visitors = "__all__"
