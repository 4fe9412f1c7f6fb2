"""Conditions: what must be true before a practice can work, how to check it and how to lift it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock, URLBlock
from wagtail.fields import StreamField

from kb_site.admin_search.words import FoundByWords
from kb_site.given_addresses.models import LastingSlug
from kb_site.search_documents import Facet

from ..choices import DiagnosticQuestion, Dimension, RuleOperator
from ..widgets import MarkedTextarea


class LinkBlock(StructBlock):
    """A link to a page elsewhere."""

    title = CharBlock(label=_("titre"), max_length=150)
    url = URLBlock(label=_("adresse"))

    class Meta:
        icon = "link"
        label = _("lien")


class Condition(FoundByWords, LastingSlug, models.Model):
    """A closed question, shared by many cards, with the rule that lets the diagnostic answer it."""

    address_kind = "condition"
    words_found = ("label", "question")

    slug = models.SlugField(_("identifiant"), unique=True)
    label = models.CharField(
        _("en quelques mots"), max_length=40, help_text=_("Sur le premier écran d’une fiche : « Un lieu calme ».")
    )
    question = models.CharField(
        _("question fermée"), max_length=150, help_text=_("Par exemple : « La personne a-t-elle un smartphone ? »")
    )
    dimension = models.CharField(_("dimension"), max_length=24, choices=Dimension)
    how_to_check = models.TextField(_("comment vérifier"), blank=True)
    how_to_lift = models.TextField(_("comment la lever"), blank=True)
    links = StreamField([("link", LinkBlock())], verbose_name=_("liens"), blank=True)
    rule_question = models.CharField(_("question du diagnostic"), max_length=20, choices=DiagnosticQuestion, blank=True)
    rule_operator = models.CharField(_("comparaison"), max_length=3, choices=RuleOperator, blank=True)
    rule_threshold = models.PositiveSmallIntegerField(_("seuil"), null=True, blank=True)

    panels = [
        FieldPanel("question"),
        FieldPanel("label"),
        FieldPanel("slug"),
        FieldPanel("dimension"),
        FieldPanel("how_to_check", widget=MarkedTextarea),
        FieldPanel("how_to_lift", widget=MarkedTextarea),
        FieldPanel("links"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("rule_question"), FieldPanel("rule_operator"), FieldPanel("rule_threshold")])],
            heading=_("Règle de diagnostic"),
            help_text=_("La condition est remplie quand la réponse à la question passe le seuil."),
        ),
    ]

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["dimension", "question"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        given = [bool(self.rule_question), bool(self.rule_operator), self.rule_threshold is not None]
        if any(given) and not all(given):
            raise ValidationError(
                {"rule_question": _("Une règle demande les trois : la question, la comparaison et le seuil.")}
            )


# What one's people do not have: leaves out the cards that cannot do without (« faisable avec mon public »).
LACK = Facet("manque", _("Ce qui manque"), Condition, named_by="label", excludes=True)
