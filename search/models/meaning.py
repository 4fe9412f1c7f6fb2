"""What editors know of how people ask: constraints (« sans smartphone ») and needs said in one's own words."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page

from kb_site.given_addresses.models import LastingSlug

from ..facets import ALL_FACETS

LONGEST_WORDING = 80


class FacetValuesField(ArrayField):
    """Values of facets ("canal:visio"), ticked in a list by facet."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.CharField(max_length=60))
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=_facet_values,
            widget=forms.SelectMultiple(attrs={"size": 12}),
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


def _facet_values() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(facet.label), [(facet.token(value), label) for value, label in facet.labels().items()])
        for facet in ALL_FACETS.values()
    ]


def tidy_lines(text: str) -> str:
    """Return the lines of a text with single spaces, each once, without the empty ones."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(dict.fromkeys(line for line in lines if line))


class Wordings(models.Model):
    """What people say, one wording a line."""

    class Meta:
        abstract = True

    def lines_of(self) -> dict[str, str]:
        """Return the fields that hold wordings, with their text."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        errors = {}
        for name, text in self.lines_of().items():
            setattr(self, name, tidy_lines(text))
            if any(len(line) > LONGEST_WORDING for line in getattr(self, name).splitlines()):
                errors[name] = _("Une façon de dire par ligne, en 80 caractères au plus.")
        if not any(getattr(self, name) for name in self.lines_of()):
            errors.setdefault(next(iter(self.lines_of())), _("Donnez au moins une façon de le dire."))
        if errors:
            raise ValidationError(errors)


class Constraint(LastingSlug, Wordings):
    """Something that a search says of the people or the place: « sans smartphone », « ne lit pas », « gratuit ».

    An entry contradicts it when it bears one of the `contradicts` values and none of the `suits` values.
    """

    address_kind = "constraint"

    slug = models.SlugField(_("identifiant"), unique=True, help_text=_("Il est dans l’adresse des recherches."))
    label = models.CharField(
        _("en quelques mots"), max_length=40, help_text=_("Au-dessus des résultats : « compris : sans smartphone ».")
    )
    lacking = models.TextField(
        _("ce qui manque"),
        blank=True,
        help_text=_(
            "Une chose ou un geste par ligne : « smartphone », « parler français », « lire ». Les façons de le nier "
            "sont comprises : sans, pas de, plus de, aucun, ne … pas, mal."
        ),
    )
    wordings = models.TextField(
        _("façons de le dire"),
        blank=True,
        help_text=_("Une par ligne, comme on l’écrit sans négation : « illettré », « par téléphone », « en groupe »."),
    )
    suits = FacetValuesField(verbose_name=_("convient"), help_text=_("Ce qui porte une de ces valeurs passe devant."))
    contradicts = FacetValuesField(
        verbose_name=_("contredit"),
        help_text=_("Ce qui porte une de ces valeurs, et aucune de celles qui conviennent, n’est pas montré."),
    )

    panels = [
        FieldPanel("label"), FieldPanel("slug"), FieldPanel("lacking"), FieldPanel("wordings"),
        FieldPanel("suits"), FieldPanel("contradicts"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("contrainte comprise")
        verbose_name_plural = _("contraintes comprises")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    def lines_of(self) -> dict[str, str]:
        return {"lacking": self.lacking, "wordings": self.wordings}


class Need(Wordings, ClusterableModel):
    """A need in the words of those who have it, and what answers: cards first, then themes and problems.

    One that nothing answers yet is worth keeping: search then says so rather than show what is beside it.
    """

    name = models.CharField(_("besoin"), max_length=100, unique=True)
    wordings = models.TextField(
        _("façons de le dire"),
        help_text=_(
            "Une par ligne, comme on le tape : « ne répond plus », « elle a changé de numéro », « injoignable »."
        ),
    )
    values = FacetValuesField(
        verbose_name=_("thèmes et problèmes"),
        help_text=_("Ce qui les porte monte dans les résultats, sujets des groupes compris, pour qui peut les lire."),
    )

    panels = [
        FieldPanel("name"), FieldPanel("wordings"),
        InlinePanel("cards", label=_("réponse"), heading=_("Ce qui répond, le meilleur d’abord")),
        FieldPanel("values"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def lines_of(self) -> dict[str, str]:
        return {"wordings": self.wordings}


class RulesVersion(models.Model):
    """Which state of what editors keep for the reading of searches this is: a single row, of one random number a state.

    Triggers give another whenever equivalent words, themes, constraints, needs or their answers are written (see the
    migration), in the same transaction, so that no process ever takes the rules of before for those of now.
    """

    id = models.SmallAutoField(primary_key=True)
    version = models.UUIDField()

    class Meta:
        db_table = "findable_rulesversion"

    def __str__(self) -> str:
        return str(self.version)


class NeedCard(Orderable):
    """A card, a tool or a resource that answers a need."""

    need = ParentalKey(Need, on_delete=models.CASCADE, related_name="cards")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("réponse à un besoin")
        verbose_name_plural = _("réponses aux besoins")

    def __str__(self) -> str:
        return str(self.page)
