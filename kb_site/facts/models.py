"""The register of facts: what the site states, from which page, until when."""

import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from kb_site.admin_search.words import FoundByWords
from kb_site.french.plurals import PLURAL_FROM
from kb_site.french.quantities import between, megabytes, number

from .register import forget_facts

LANGUAGE_CODE = 2  # letters


class Kind(models.TextChoices):
    CHIFFRE = "chiffre", _("chiffre")
    LIMITE = "limite", _("limite d’un outil")
    TELEPHONE = "telephone", _("numéro de téléphone")
    REGLE = "regle", _("loi ou règle")
    DISPOSITIF = "dispositif", _("dispositif")
    DUREE = "duree", _("durée ou date")


class Unit(models.TextChoices):
    MB_PER_HOUR = "mo_heure", _("Mo par heure et par personne")
    PERCENT = "pourcent", _("%")
    MINUTES = "minutes", _("minutes")
    DAYS = "jours", _("jours")
    MONTHS = "mois", _("mois")
    YEARS = "ans", _("ans")
    PEOPLE = "personnes", _("personnes")
    EUROS = "euros", _("euros")
    CRITERIA = "criteres", _("critères")


ONE_OF: dict[str, Any] = {
    Unit.MINUTES: _("minute"), Unit.DAYS: _("jour"), Unit.YEARS: _("an"), Unit.PEOPLE: _("personne"),
}  # fmt: skip


class Confidence(models.TextChoices):
    ESTABLISHED = "etabli", _("établi : texte officiel ou statistique publique")
    INDICATIVE = "indicatif", _("indicatif : une seule mesure, ou une annonce")
    DISPUTED = "discute", _("discuté : les sources ne disent pas la même chose")


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts; what changes many at once is seen by pages too (kb_site/facts/register.py), which no signal would tell."""

    def update(self, **values: Any) -> int:
        changed = super().update(**values)
        forget_facts()
        return changed

    def bulk_create(self, *args: Any, **kwargs: Any) -> list["Fact"]:
        created = super().bulk_create(*args, **kwargs)
        forget_facts()
        return created

    def to_review(self, by: datetime.date) -> "FactQuerySet":
        """Facts whose value ends, or that must be read again, on this day or before."""
        return self.filter(Q(expires_on__lte=by) | Q(review_on__lte=by))


class Fact(FoundByWords, models.Model):
    """One fact: a range with its unit, or words; where it was read, when, until when it holds, who keeps it true."""

    words_found = ("code", "subject", "statement")

    code = models.SlugField(
        _("nom court"),
        max_length=60,
        unique=True,
        help_text=_(
            "Ce qui le cite dans un texte, entre doubles crochets : [[zoom-audio]]. Il ne change plus ensuite."
        ),
    )
    kind = models.CharField(_("genre"), max_length=12, choices=Kind)
    subject = models.CharField(_("sujet"), max_length=120, help_text=_("De quoi on parle : « Zoom, audio seul »."))
    low = models.DecimalField(_("de"), max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("à"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unité"), max_length=10, choices=Unit, blank=True)
    words = models.CharField(
        _("ou en mots"),
        max_length=120,
        blank=True,
        help_text=_("Quand ce n’est pas un nombre : « 3919 », « un an au plus »."),
    )
    statement = models.CharField(_("la phrase entière"), max_length=400)
    scope = models.CharField(
        _("portée"), max_length=200, blank=True, help_text=_("Ce qui a été mesuré, où, et ce qui ne l’a pas été.")
    )
    source_title = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(
        _("page exacte"), max_length=400, help_text=_("La page qui le dit, pas l’accueil du site.")
    )
    stated_on = models.DateField(_("mesuré ou publié le"))
    checked_on = models.DateField(_("vérifié le"), default=timezone.localdate)
    confidence = models.CharField(_("confiance"), max_length=10, choices=Confidence)
    expires_on = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    review_on = models.DateField(_("à relire le"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsable"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Prévenu un mois avant l’échéance, puis le jour même."),
    )
    told_by = models.CharField(
        _("mots qui l’accompagnent"),
        max_length=120,
        blank=True,
        help_text=_(
            "Dans une phrase d’une fiche, ces mots et un nombre de la même unité parlent de ce fait : « zoom audio ». "
            "Un autre nombre est alors signalé."
        ),
    )

    objects = FactQuerySet.as_manager()
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
        FieldPanel("subject"),
        FieldRowPanel([FieldPanel("low"), FieldPanel("high"), FieldPanel("unit")]),
        FieldPanel("words"),
        FieldPanel("statement"),
        FieldPanel("scope"),
        MultiFieldPanel(
            [
                FieldPanel("source_title"),
                FieldPanel("source_url"),
                FieldRowPanel([FieldPanel("stated_on"), FieldPanel("checked_on")]),
                FieldPanel("confidence"),
            ],
            heading=_("D’où il vient"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("expires_on"), FieldPanel("review_on")]),
                FieldPanel("owner"),
                FieldPanel("told_by"),
            ],
            heading=_("Jusqu’à quand, et qui le tient"),
        ),
    ]

    class Meta:
        verbose_name = _("fait ou chiffre")
        verbose_name_plural = _("faits et chiffres")
        ordering = ["subject", "code"]

    def __str__(self) -> str:
        return f"{self.subject} : {self.shown}"

    @property
    def range(self) -> tuple[Decimal, Decimal] | None:
        """Both ends of the value, the same when one is known; None for a fact in words."""
        low, high = (
            (self.low if self.low is not None else self.high),
            (self.high if self.high is not None else self.low),
        )
        return None if low is None or high is None else (low, high)

    @property
    def shown(self) -> str:
        """The value as any page shows it."""
        if self.range is None:
            return self.words
        if self.unit == Unit.MB_PER_HOUR:
            return megabytes(*self.range)
        unit = str(self.get_unit_display())
        low, high = self.range
        return between(number(low), number(high), ONE_OF.get(self.unit, unit) if high < PLURAL_FROM else unit)

    @property
    def ends_on(self) -> datetime.date:
        """The day from which it is no longer vouched for: its end, or the date to read it again, whichever comes first."""
        return min(filter(None, (self.expires_on, self.review_on)))

    @property
    def is_expired(self) -> bool:
        return self.ends_on < timezone.localdate()

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if (self.range is None) == (not self.words):
            errors["words"] = _("Donnez un nombre avec son unité, ou des mots : l’un des deux.")
        if self.range is not None and not self.unit:
            errors["unit"] = _("Choisissez l’unité de ce nombre.")
        if self.range is not None and self.range[0] > self.range[1]:
            errors["high"] = _("Le plus grand nombre vient en second.")
        if not names_a_page(self.source_url):
            errors["source_url"] = _("C’est l’accueil d’un site. Donnez l’adresse de la page qui le dit.")
        if errors:
            raise ValidationError(errors)


def names_a_page(url: str) -> bool:
    """Whether an address leads to a page, rather than to the front door of a site, « /fr/ » included."""
    parts = urlsplit(url)
    return len(parts.path.strip("/")) > LANGUAGE_CODE or bool(parts.query)
