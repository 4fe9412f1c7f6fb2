"""Tool cards: what a tool costs in data and what it does with people's data, which conflict."""

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from kb_site.facts.models import Fact, Unit

from ..choices import (
    SEEING,
    SPEAKING,
    Accessibility,
    EndToEnd,
    Free,
    GdprAdvice,
    Hosting,
    Licence,
    ParticipantAccount,
    SkillLevel,
    Smartphone,
    ToolCategory,
)
from ..widgets import MarkedTextarea
from .deleted_references import is_gone
from .freshness import Freshness
from .themes import Theme
from .visibility import VisiblePage

COPIED = ("audio_mb_min", "audio_mb_max", "video_mb_min", "video_mb_max")


class DataRange(NamedTuple):
    """Megabytes per hour and participant."""

    low: int
    high: int


def _measure(label: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        Fact,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"unit": Unit.MB_PER_HOUR},
    )


def _ends(fact: Fact | None) -> tuple[int, int] | tuple[None, None]:
    if fact is None or fact.range is None:
        return None, None
    low, high = fact.range
    return int(low), int(high)


class ToolTheme(ItemBase):
    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="tool_items")
    content_object = ParentalKey("practices.ToolPage", on_delete=models.CASCADE, related_name="theme_items")


class ToolPage(Freshness, VisiblePage):
    """Fiche outil."""

    summary = models.CharField(_("en une phrase"), max_length=200)
    publisher = models.CharField(_("éditeur"), max_length=100, blank=True)
    website = models.URLField(_("site"), blank=True)
    category = models.CharField(_("catégorie"), max_length=16, choices=ToolCategory)
    description = models.TextField(_("à quoi ça sert"), blank=True)
    limits = models.TextField(_("limites"), help_text=_("Quand ne pas s’en servir."))
    free = models.CharField(_("gratuit"), max_length=8, choices=Free)
    free_limit = models.CharField(_("limite de la gratuité"), max_length=200, blank=True)
    smartphone = models.CharField(_("sur smartphone"), max_length=12, choices=Smartphone)
    minimum_version = models.CharField(_("version minimale"), max_length=100, blank=True)
    participant_account = models.CharField(_("compte du participant"), max_length=10, choices=ParticipantAccount)
    number_visible = models.BooleanField(_("numéro visible des autres"), default=False)
    phone_in = models.BooleanField(_("accès par téléphone"), default=False)
    phone_in_note = models.CharField(_("précision sur l’accès par téléphone"), max_length=200, blank=True)
    audio_fact = _measure(_("une heure d’audio"))
    video_fact = _measure(_("une heure de vidéo"))
    # Copied from the facts at each save, so that lists and filters read one table.
    audio_mb_min = models.PositiveIntegerField(_("audio : Mo par heure, minimum"), null=True, editable=False)
    audio_mb_max = models.PositiveIntegerField(_("audio : Mo par heure, maximum"), null=True, editable=False)
    video_mb_min = models.PositiveIntegerField(_("vidéo : Mo par heure, minimum"), null=True, editable=False)
    video_mb_max = models.PositiveIntegerField(_("vidéo : Mo par heure, maximum"), null=True, editable=False)
    offline = models.CharField(_("hors ligne"), max_length=200, blank=True)
    app_size_mb = models.PositiveIntegerField(_("poids de l’application (Mo)"), null=True, blank=True)
    hosting = models.CharField(_("hébergement"), max_length=8, choices=Hosting)
    end_to_end = models.CharField(_("chiffrement de bout en bout"), max_length=8, choices=EndToEnd)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence)
    gdpr_advice = models.CharField(_("avis RGPD"), max_length=20, choices=GdprAdvice)
    gdpr_text = models.TextField(_("avis motivé"), blank=True)
    gdpr_date = models.DateField(_("avis du"), null=True, blank=True)
    gdpr_author = models.CharField(_("auteur de l’avis"), max_length=100, blank=True)
    accessibility = models.CharField(_("accessibilité"), max_length=20, choices=Accessibility)
    # Nobody knows it of a tool that was brought in and is still a draft; a published one must say it.
    skill_level = models.PositiveSmallIntegerField(_("niveau requis"), choices=SkillLevel, null=True)
    data_saving_tips = models.TextField(_("économiser la data"), blank=True)
    themes = ClusterTaggableManager(through=ToolTheme, verbose_name=_("thèmes"), blank=True)

    shown_beside = ("audio_fact", "video_fact")
    template = "practices/tool_page.html"
    parent_page_types = ["practices.ToolIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *VisiblePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("summary"),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("website")]),
                FieldPanel("category"),
                FieldPanel("description", widget=MarkedTextarea),
                FieldPanel("limits", widget=MarkedTextarea),
                FieldPanel("themes"),
            ],
            heading=_("L’outil"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("free"), FieldPanel("free_limit")]),
                FieldRowPanel([FieldPanel("smartphone"), FieldPanel("minimum_version")]),
                FieldRowPanel([FieldPanel("participant_account"), FieldPanel("skill_level")]),
                FieldRowPanel([FieldPanel("phone_in"), FieldPanel("phone_in_note")]),
                FieldRowPanel([FieldPanel("app_size_mb"), FieldPanel("offline")]),
                FieldPanel("accessibility"),
            ],
            heading=_("Pour les participants"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audio_fact"), FieldPanel("video_fact")]),
                FieldPanel("data_saving_tips", widget=MarkedTextarea),
            ],
            heading=_("Data par heure et par participant"),
            help_text=_(
                "Deux faits du registre, avec leur source et leur date. Laissez vide ce qui n’a pas été mesuré."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("number_visible"),
                FieldRowPanel([FieldPanel("hosting"), FieldPanel("end_to_end"), FieldPanel("licence")]),
                FieldPanel("gdpr_advice"),
                FieldPanel("gdpr_text", widget=MarkedTextarea),
                FieldRowPanel([FieldPanel("gdpr_date"), FieldPanel("gdpr_author")]),
            ],
            heading=_("Confidentialité"),
        ),
        Freshness.freshness_panel,
    ]

    class Meta:
        verbose_name = _("fiche outil")
        verbose_name_plural = _("fiches outils")

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Read a draft without those of its measures that were deleted since."""
        if check_fks:
            gone = [name for name in cls.shown_beside if is_gone(cls._meta.get_field(name), data.get(name))]  # type: ignore[arg-type]
            data = data | dict.fromkeys(gone)
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.copy_measures()
        super().save(*args, **kwargs)

    def copy_measures(self) -> None:
        """Take the figures of the facts chosen, none where none is."""
        self.audio_mb_min, self.audio_mb_max = _ends(self.audio_fact)
        self.video_mb_min, self.video_mb_max = _ends(self.video_fact)

    @property
    def measures(self) -> list[Fact]:
        """The facts that its figures come from."""
        return [fact for fact in (self.audio_fact, self.video_fact) if fact is not None]

    @property
    def main_measure(self) -> Fact | None:
        """The fact of an hour as the tool is mostly used: video when measured, else audio."""
        return self.video_fact or self.audio_fact

    @property
    def audio_data(self) -> DataRange | None:
        """Data of an hour of audio, or None when it was not measured."""
        return self._range(self.audio_mb_min, self.audio_mb_max)

    @property
    def video_data(self) -> DataRange | None:
        """Data of an hour of video, or None when it was not measured."""
        return self._range(self.video_mb_min, self.video_mb_max)

    @property
    def hours_of_data(self) -> list[tuple[str, DataRange | None]]:
        """What an hour takes, use by use (« audio », « vidéo »): what the tool is for, None when it was not measured."""
        uses = ((gettext("audio"), self.audio_data, SPEAKING), (gettext("vidéo"), self.video_data, SEEING))
        return [(use, data) for use, data, categories in uses if data is not None or self.category in categories]

    @staticmethod
    def _range(low: int | None, high: int | None) -> DataRange | None:
        if low is None and high is None:
            return None
        return DataRange(low if low is not None else high or 0, high if high is not None else low or 0)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .cards import PracticePage  # imports this file

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        cards = PracticePage.objects.visible_to(request.user).filter(tool_links__tool=self)
        return context | {"cards": cards.distinct().order_by("title")[:12]}
