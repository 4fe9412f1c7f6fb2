"""What editors keep: the numbers, and the situations in which they are shown."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from .wording_reader import read_wording


class Helpline(models.Model):
    """One number, as its public page gives it."""

    number = models.CharField(
        _("numéro"), max_length=20, unique=True, help_text=_("Comme on le compose : 3114, 0 800 23 13 13.")
    )
    name = models.CharField(_("qui répond"), max_length=120)
    hours = models.CharField(_("quand"), max_length=120)
    note = models.CharField(_("précision"), max_length=160, blank=True, help_text=_("Par SMS, gratuit, anonyme…"))
    source_url = models.URLField(_("page publique qui le dit"), max_length=300)
    checked_on = models.DateField(_("vérifié le"), default=timezone.localdate)

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("note")]),
        FieldRowPanel([FieldPanel("source_url"), FieldPanel("checked_on")]),
    ]

    class Meta:
        verbose_name = _("numéro d’aide")
        verbose_name_plural = _("numéros d’aide")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} – {self.name}"

    @property
    def dialled(self) -> str:
        """The number as a telephone dials it."""
        return "".join(self.number.split())


class DangerSituation(ClusterableModel):
    """A danger: the wordings that tell of it, and the numbers to show then, the most urgent first."""

    name = models.CharField(_("situation"), max_length=80, unique=True)
    advice = models.CharField(
        _("phrase affichée"), max_length=250, help_text=_("Courte et calme : ce qu’on peut faire, maintenant.")
    )
    wordings = models.TextField(
        _("ce que les gens écrivent"),
        help_text=_(
            "Une façon de dire par ligne. Les mots sont reconnus dans n’importe quel ordre, accordés, conjugués, mal "
            "orthographiés, sans accents. Une barre sépare des mots qui se valent : « mari/ex frappe/tape ». Entre « », "
            "les mots se suivent dans cet ordre."
        ),
    )
    harmless = models.TextField(
        _("ce qui n’en est pas"),
        blank=True,
        help_text=_("Une expression par ligne : « mort de rire », « tuer le temps »."),
    )
    order = models.PositiveSmallIntegerField(_("rang"), default=100, help_text=_("La plus urgente d’abord."))
    review_on = models.DateField(
        _("à relire le"), help_text=_("Les numéros et les façons de dire se vérifient deux fois par an.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("advice"),
        InlinePanel("lines", heading=_("Numéros, le plus urgent d’abord"), label=_("numéro"), min_num=1),
        FieldPanel("wordings"),
        FieldPanel("harmless"),
        FieldRowPanel([FieldPanel("order"), FieldPanel("review_on")]),
    ]

    class Meta:
        verbose_name = _("situation de danger")
        verbose_name_plural = _("situations de danger")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        not_understood = [line for line in self.wordings.splitlines() if line.strip() and read_wording(line) is None]
        if not_understood:
            words = _("Rien ne peut être reconnu dans « %(line)s » : écrivez au moins un mot qui a du sens.") % {
                "line": not_understood[0]
            }
            raise ValidationError({"wordings": words})


class SituationLine(Orderable):
    """A number shown in a situation, at its place."""

    situation = ParentalKey(DangerSituation, on_delete=models.CASCADE, related_name="lines")
    helpline = models.ForeignKey(Helpline, on_delete=models.PROTECT, related_name="+", verbose_name=_("numéro"))

    panels = [FieldPanel("helpline")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["situation", "helpline"], name="helpline_once_a_situation")]

    def __str__(self) -> str:
        return str(self.helpline)
