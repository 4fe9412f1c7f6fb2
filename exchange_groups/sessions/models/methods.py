"""Method templates: the steps, roles and instructions that a session starts from. Editors maintain them in Wagtail."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from kb_site.given_addresses.models import LastingSlug

from ..choices import Format


class Step(models.Model):
    """One step of a method: what is done, for how long, by whom, with which words."""

    name = models.CharField(_("étape"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    role = models.CharField(_("rôle"), max_length=80, blank=True, help_text=_("Qui mène ou parle à cette étape."))
    instruction = models.TextField(_("consigne"), blank=True)
    takes_items = models.BooleanField(
        _("accueille l’ordre du jour"), default=False, help_text=_("Les sujets retenus se traitent à cette étape.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Method(LastingSlug, ClusterableModel):
    """How a session is run; copied into a session when it is created, so that editing it changes no session."""

    address_kind = "method"

    name = models.CharField(_("nom"), max_length=80, unique=True)
    slug = models.SlugField(_("adresse"), unique=True)
    format = models.CharField(_("format"), max_length=20, choices=Format)
    summary = models.CharField(_("en une phrase"), max_length=200)
    objective = models.CharField(_("objectif proposé"), max_length=300, blank=True)
    preparation = models.TextField(_("préparation"), blank=True)
    rules = models.TextField(_("règles"), blank=True, help_text=_("Confidentialité, écoute, parole : dites au début."))
    people_min = models.PositiveSmallIntegerField(_("participants, minimum"), default=3)
    people_max = models.PositiveSmallIntegerField(_("participants, maximum"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("format"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("objective"), FieldPanel("preparation"), FieldPanel("rules")], heading=_("Pour animer")
        ),
        MultiFieldPanel(
            [FieldPanel("people_min"), FieldPanel("people_max"), FieldPanel("source")], heading=_("Repères")
        ),
        InlinePanel("steps", heading=_("Étapes"), label=_("étape"), min_num=1),
    ]

    class Meta:
        verbose_name = _("méthode d’animation")
        verbose_name_plural = _("méthodes d’animation")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def minutes(self) -> int:
        """How long its steps take in all."""
        return sum(step.minutes for step in self.steps.all())


class MethodStep(Orderable, Step):
    method = ParentalKey(Method, on_delete=models.CASCADE, related_name="steps")

    class Meta(Orderable.Meta):
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
