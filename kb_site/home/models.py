"""The home page and the pages of plain text (legal notices, help)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from practices.models.visibility import VisiblePage
from practices.widgets import MarkedTextarea

from .page_context import home_context


class HomePage(VisiblePage):
    """The first page: search first, then problems, what is new, dossiers."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "practices.PracticeIndexPage",
        "practices.ToolIndexPage",
        "practices.ResourceIndexPage",
        "practices.OrientationIndexPage",
        "home.TextPage",
    ]

    class Meta:
        verbose_name = _("accueil")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | home_context(request.user)


class TextPage(VisiblePage):
    """A page of plain text: paragraphs, lists (« - »), titles (« ## »)."""

    same_for_members = True

    summary = models.CharField(_("en une phrase"), max_length=200, blank=True)
    body = models.TextField(
        _("texte"), help_text=_("Une ligne vide entre les paragraphes, « - » pour une liste, « ## » pour un titre.")
    )

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body", widget=MarkedTextarea)]
    template = "home/text_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("page de texte")
        verbose_name_plural = _("pages de texte")
