"""Orientations: for what the base does not hold, where to go. A few lines, a public page, a number; never a practice."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from kb_site.facts.models import names_a_page

from ..widgets import MarkedTextarea
from .freshness import Freshness
from .themes import Theme
from .visibility import VisiblePage


class OrientationTheme(ItemBase):
    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="orientation_items")
    content_object = ParentalKey("practices.OrientationPage", on_delete=models.CASCADE, related_name="theme_items")


class OrientationPage(Freshness, VisiblePage):
    """Orientation."""

    same_for_members = True

    summary = models.CharField(_("en une phrase"), max_length=200)
    what = models.TextField(
        _("ce que c’est"), help_text=_("Deux ou trois phrases. Un chiffre se cite : [[pass-iae-duree]].")
    )
    first_gesture = models.TextField(
        _("premier geste"), help_text=_("Ce qu’on fait tout de suite, demain matin au plus tard.")
    )
    service = models.CharField(_("le bon service"), max_length=200, help_text=_("Qui reçoit, qui décide."))
    limits = models.TextField(_("ce qu’on ne fait pas à sa place"), blank=True)
    source_title = models.CharField(_("page publique"), max_length=200)
    source_url = models.URLField(_("adresse exacte"), max_length=400, help_text=_("La page, pas l’accueil du site."))
    phone = models.CharField(_("numéro à appeler"), max_length=20, blank=True)
    phone_note = models.CharField(_("qui répond, quand"), max_length=160, blank=True)
    questions = models.TextField(
        _("ce que disent les gens"), blank=True, help_text=_("Une façon de dire par ligne : la recherche les lit.")
    )
    themes = ClusterTaggableManager(through=OrientationTheme, verbose_name=_("thèmes"), blank=True)

    template = "practices/orientation_page.html"
    parent_page_types = ["practices.OrientationIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *VisiblePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("what", widget=MarkedTextarea),
        FieldPanel("first_gesture", widget=MarkedTextarea),
        FieldPanel("service"),
        FieldPanel("limits", widget=MarkedTextarea),
        MultiFieldPanel([FieldPanel("source_title"), FieldPanel("source_url")], heading=_("La page qui le dit")),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_note")]),
        FieldPanel("questions"),
        FieldPanel("themes"),
        Freshness.freshness_panel,
    ]

    class Meta:
        verbose_name = _("orientation")
        verbose_name_plural = _("orientations")

    @property
    def dialled(self) -> str:
        """The number as a telephone dials it."""
        return "".join(self.phone.split())

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.source_url and not names_a_page(self.source_url):
            errors["source_url"] = _("C’est l’accueil d’un site. Donnez l’adresse de la page qui le dit.")
        if self.phone and not self.phone_note:
            errors["phone_note"] = _("Dites qui répond à ce numéro, et quand.")
        if errors:
            raise ValidationError(errors)
