"""Resources (articles, guides, videos, partners) and dossiers, ordered selections of what is worth reading."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable, Page

from ..choices import ResourceType
from ..widgets import MarkedTextarea
from .themes import Theme
from .visibility import VisiblePage


def _document_field(label: Any, help_text: Any = "") -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        get_document_model_string(),
        verbose_name=label,
        help_text=help_text,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )


class ResourceTheme(ItemBase):
    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="resource_items")
    content_object = ParentalKey("practices.ResourcePage", on_delete=models.CASCADE, related_name="theme_items")


class ResourcePage(VisiblePage):
    """Ressource."""

    same_for_members = True
    type = models.CharField(_("type"), max_length=10, choices=ResourceType)
    summary = models.CharField(_("en une phrase"), max_length=200)
    body = models.TextField(_("texte"), blank=True)
    url = models.URLField(_("adresse du site"), blank=True)
    publisher = models.CharField(_("éditeur"), max_length=100, blank=True)
    published_on = models.DateField(_("date de parution"), null=True, blank=True)
    video = _document_field(_("vidéo"), _("Son poids est annoncé avant la lecture."))
    audio = _document_field(_("version audio"), _("Pour écouter avec peu de data."))
    subtitles = _document_field(_("sous-titres (.vtt)"))
    duration_seconds = models.PositiveIntegerField(_("durée (secondes)"), null=True, blank=True)
    transcript = models.TextField(_("transcription"), blank=True)
    themes = ClusterTaggableManager(through=ResourceTheme, verbose_name=_("thèmes"), blank=True)

    template = "practices/resource_page.html"
    parent_page_types = ["practices.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *VisiblePage.content_panels,
        FieldPanel("type"),
        FieldPanel("summary"),
        FieldPanel("body", widget=MarkedTextarea),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("published_on")]),
        FieldPanel("url"),
        FieldPanel("themes"),
        MultiFieldPanel(
            [
                FieldPanel("video"),
                FieldPanel("subtitles"),
                FieldPanel("audio"),
                FieldPanel("duration_seconds"),
                FieldPanel("transcript"),
            ],
            heading=_("Vidéo"),
            help_text=_("Une vidéo se publie avec sa transcription."),
        ),
    ]

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")

    def clean(self) -> None:
        super().clean()
        if self.video_id and not self.transcript:
            raise ValidationError({"transcript": _("Une vidéo a besoin de sa transcription.")})


class DossierTheme(ItemBase):
    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="dossier_items")
    content_object = ParentalKey("practices.DossierPage", on_delete=models.CASCADE, related_name="theme_items")


class DossierItem(Orderable):
    """One page of a dossier, with the reason why it is there."""

    dossier = ParentalKey("practices.DossierPage", on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("pourquoi ici"), max_length=300, blank=True)

    panels = [FieldPanel("page"), FieldPanel("note")]


class DossierPage(VisiblePage):
    """Dossier : une sélection ordonnée de fiches, d’outils et de ressources."""

    summary = models.CharField(_("en une phrase"), max_length=200)
    introduction = models.TextField(_("introduction"))
    themes = ClusterTaggableManager(through=DossierTheme, verbose_name=_("thèmes"), blank=True)

    template = "practices/dossier_page.html"
    parent_page_types = ["practices.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *VisiblePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction", widget=MarkedTextarea),
        InlinePanel("items", label=_("page"), heading=_("Pages, dans l’ordre de lecture")),
        FieldPanel("themes"),
    ]

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def visible_items(self, user: Any) -> list[DossierItem]:
        """The items that this person may read, in order, with their specific pages; the others leave no trace."""
        items = list(self.items.all())
        by_id = {
            page.pk: page
            for page in Page.objects.filter(pk__in=[item.page_id for item in items]).specific()
            if isinstance(page, VisiblePage) and page.is_visible_to(user)
        }
        shown = [item for item in items if item.page_id in by_id]
        for item in shown:
            item.page = by_id[item.page_id]
        return shown

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"items": self.visible_items(request.user)}
