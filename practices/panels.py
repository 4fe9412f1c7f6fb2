"""Panels of the editor of cards."""

from wagtail.admin.panels import Panel


class AdvicePanel(Panel):
    """« Avant de publier »: the advice on the last saved version of the card; it edits nothing.

    Its template asks practices/editorial for the advice.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "editorial/admin/advice.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()
