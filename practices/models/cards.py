"""Practice cards: the heart of the site."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject, Left, Length
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    DateBlock,
    IntegerBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.blocks.struct_block import BlockGroup
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page

from kb_site.accounts.choices import Role, SiaeType
from kb_site.accounts.models import Network, Structure
from kb_site.facts.models import names_a_page
from kb_site.facts.panels import CitePanel
from kb_site.media.renditions import ShownImage, shown_images

from ..choices import (
    CHANNELS_NEEDING_DATA,
    Audience,
    Challenge,
    Channel,
    Cost,
    DataProcessed,
    Evidence,
    Frequency,
    Function,
    Gesture,
    Kind,
    Maturity,
    Modality,
    Provenance,
    ReuseLicence,
    SetupTime,
    SkillLevel,
    Strength,
    ToolCategory,
    Usage,
    Visibility,
)
from ..fields import ChoiceArrayField
from ..forms import PracticePageForm
from ..panels import AdvicePanel
from ..widgets import MarkedTextarea, MarkedTextBlock
from .conditions import Condition
from .deleted_references import LeavesWithIt
from .freshness import Freshness
from .permissions import CardPermissionTester
from .themes import Theme
from .tools import DataRange, ToolPage
from .visibility import VisiblePage

MINIMUM_STEPS = 2


class StepBlock(StructBlock):
    """One step of a practice."""

    title = CharBlock(label=_("titre"), max_length=80)
    who = CharBlock(label=_("qui"), max_length=60, required=False)
    duration_minutes = IntegerBlock(label=_("durée (min)"), required=False, min_value=0)
    instruction = MarkedTextBlock(label=_("consigne"), required=False)
    tip = MarkedTextBlock(label=_("astuce"), required=False)
    drawing = ChoiceBlock(label=_("dessin du geste"), choices=Gesture.choices, required=False)
    picture = ImageChooserBlock(label=_("image"), required=False)
    picture_shows = CharBlock(
        label=_("ce que montre l’image"),
        max_length=150,
        required=False,
        help_text=_("Lu à voix haute à qui ne la voit pas."),
    )
    picture_caption = CharBlock(label=_("légende et crédit"), max_length=150, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned.get("picture") and not (cleaned.get("picture_shows") or "").strip():
            raise StructBlockValidationError({"picture_shows": ValidationError(_("Dites ce que montre cette image."))})
        return cleaned

    class Meta:
        icon = "list-ol"
        label = _("étape")
        form_layout = BlockGroup(
            children=[
                "title",
                "who",
                "duration_minutes",
                "instruction",
                "tip",
                BlockGroup(
                    children=["drawing", "picture", "picture_shows", "picture_caption"],
                    heading=_("Dessin ou image"),
                    icon="image",
                    classname="collapsed",
                    help_text=_("Un seul suffit. Une image est allégée ; elle se charge quand on y arrive."),
                ),
            ]
        )


class SourceBlock(StructBlock):
    """Where a fact comes from."""

    title = CharBlock(label=_("titre"), max_length=200)
    url = URLBlock(label=_("lien"), required=False)
    date = DateBlock(label=_("date"), required=False)

    class Meta:
        icon = "link"
        label = _("source")


class PracticeTheme(ItemBase):
    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="practice_items")
    content_object = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="theme_items")


class PracticeCondition(LeavesWithIt, Orderable):
    """A condition of a card, and how much it matters."""

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="condition_links")
    condition = models.ForeignKey(
        Condition, verbose_name=_("condition"), on_delete=models.PROTECT, related_name="practice_links"
    )
    strength = models.CharField(_("force"), max_length=13, choices=Strength, default=Strength.INDISPENSABLE)
    note = models.CharField(_("précision"), max_length=150, blank=True)

    panels = [FieldPanel("condition"), FieldRowPanel([FieldPanel("strength"), FieldPanel("note")])]


class PracticeTool(Orderable):
    """A tool of a card, and what it is used for."""

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="tool_links")
    tool = models.ForeignKey(ToolPage, verbose_name=_("outil"), on_delete=models.CASCADE, related_name="practice_links")
    usage = models.CharField(_("usage"), max_length=11, choices=Usage, default=Usage.PRINCIPAL)

    panels = [FieldPanel("tool"), FieldPanel("usage")]


class PracticePage(Freshness, VisiblePage):
    """Fiche pratique."""

    # In short
    summary = models.CharField(_("en une phrase"), max_length=200)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    objective = models.CharField(_("objectif"), max_length=300)
    limits = models.TextField(
        _("limites"), help_text=_("Quand ne pas s’en servir. Une limite est un résultat : elle est toujours écrite.")
    )
    visibility = models.CharField(_("visibilité"), max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    # For whom
    challenges = ChoiceArrayField(Challenge, verbose_name=_("problèmes"))
    functions = ChoiceArrayField(Function, verbose_name=_("fonctions"), blank=True)
    roles = ChoiceArrayField(Role, verbose_name=_("métiers"), blank=True)
    siae_types = ChoiceArrayField(SiaeType, verbose_name=_("types de SIAE"), blank=True)
    audiences = ChoiceArrayField(Audience, verbose_name=_("publics"), blank=True)
    themes = ClusterTaggableManager(through=PracticeTheme, verbose_name=_("thèmes"), blank=True)
    questions = models.TextField(
        _("ce que disent les gens"),
        blank=True,
        help_text=_(
            "Une par ligne : les questions auxquelles la fiche répond, avec les mots de ceux qui les posent. La recherche "
            "les lit comme le titre : « Il ne répond plus, que faire ? »"
        ),
    )
    # How
    modality = models.CharField(_("modalité"), max_length=16, choices=Modality)
    channels = ChoiceArrayField(Channel, verbose_name=_("canaux"))
    steps = StreamField([("step", StepBlock())], verbose_name=_("étapes"), blank=True)
    fallback = models.TextField(
        _("repli sans connexion"),
        blank=True,
        help_text=_("Que faire sans data ni Wi-Fi. Demandé quand un canal a besoin de connexion."),
    )
    watchpoints = models.TextField(_("points de vigilance"), blank=True)
    adaptations = models.TextField(_("adaptations"), blank=True)
    words_for_the_person = models.TextField(
        _("mots pour la personne"),
        blank=True,
        help_text=_(
            "Ce que la feuille « pour la personne » dit de la pratique, en mots très simples : phrases courtes, « vous », "
            "« ## » pour un titre. Sans rien ici, la feuille dit ce qui découle de la fiche."
        ),
    )
    # What it takes
    group_size_min = models.PositiveSmallIntegerField(_("groupe : minimum"), null=True, blank=True)
    group_size_max = models.PositiveSmallIntegerField(_("groupe : maximum"), null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("durée (min)"), null=True, blank=True)
    frequency = models.CharField(_("fréquence"), max_length=12, choices=Frequency, blank=True)
    setup_time = models.CharField(_("mise en place"), max_length=16, choices=SetupTime, blank=True)
    cost = models.CharField(_("coût"), max_length=14, choices=Cost, blank=True)
    cost_note = models.CharField(_("précision sur le coût"), max_length=200, blank=True)
    participant_level = models.PositiveSmallIntegerField(
        _("niveau du participant"), choices=SkillLevel, null=True, blank=True
    )
    staff_level = models.PositiveSmallIntegerField(_("niveau du permanent"), choices=SkillLevel, null=True, blank=True)
    data_mb_min = models.PositiveIntegerField(_("data par heure : minimum (Mo)"), null=True, blank=True)
    data_mb_max = models.PositiveIntegerField(_("data par heure : maximum (Mo)"), null=True, blank=True)
    data_source = models.CharField(_("source de la data"), max_length=200, blank=True)
    data_processed = models.CharField(_("données traitées"), max_length=9, choices=DataProcessed, blank=True)
    gdpr_note = models.TextField(_("note RGPD"), blank=True)
    # What is known
    context = models.TextField(_("contexte d’origine"), blank=True)
    observed_results = models.TextField(_("résultats observés"), blank=True)
    evidence = models.CharField(_("niveau de preuve"), max_length=20, choices=Evidence)
    provenance = models.CharField(
        _("provenance"),
        max_length=13,
        choices=Provenance,
        default=Provenance.TERRAIN,
        blank=True,
        help_text=_("Dite aux lecteurs, sur la fiche et partout où elle est reprise."),
    )
    maturity = models.CharField(_("maturité"), max_length=15, choices=Maturity, blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    origin_structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure d’origine"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    origin_period = models.CharField(_("période d’origine"), max_length=100, blank=True)
    credits = models.CharField(_("auteurs et crédits"), max_length=200, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    photo_description = models.CharField(
        _("ce que montre la photo"),
        max_length=150,
        blank=True,
        help_text=_("Lu à voix haute aux personnes qui ne la voient pas."),
    )
    photo_caption = models.CharField(_("légende et crédit de la photo"), max_length=150, blank=True)
    licence = models.CharField(
        _("licence de réutilisation"),
        max_length=12,
        choices=ReuseLicence,
        default=ReuseLicence.LICENCE_OUVERTE,
        blank=True,
        help_text=_("Une fiche publique avec une licence entre dans les données ouvertes."),
    )
    replaces = models.ForeignKey(
        "self", verbose_name=_("remplace"), on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )

    base_form_class = PracticePageForm
    is_kept_incomplete = False
    shown_beside = ("last_verified_by", "origin_structure", "photo")
    template = "practices/practice_page.html"
    parent_page_types = ["practices.PracticeSectionPage"]
    subpage_types: list[str] = []
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *VisiblePage.content_panels,
                    FieldPanel("summary", widget=AdminAutoHeightTextInput),
                    FieldPanel("kind"),
                    FieldPanel("objective", widget=AdminAutoHeightTextInput),
                    FieldPanel("limits", widget=MarkedTextarea),
                    MultiFieldPanel(
                        [
                            FieldPanel("challenges", required_on_save=False),
                            FieldPanel("functions"),
                            FieldPanel("roles"),
                            FieldPanel("siae_types"),
                            FieldPanel("audiences"),
                            FieldPanel("themes"),
                        ],
                        heading=_("Pour qui"),
                    ),
                    FieldPanel("questions"),
                ],
                heading=_("L’essentiel"),
            ),
            ObjectList(
                [
                    FieldPanel("modality"),
                    FieldPanel("channels", required_on_save=False),
                    FieldPanel("steps"),
                    CitePanel(heading=_("Citer un fait")),
                    HelpPanel(template="practices/admin/conditions_told.html"),
                    InlinePanel("condition_links", label=_("condition"), heading=_("Conditions")),
                    InlinePanel("tool_links", label=_("outil"), heading=_("Outils")),
                    FieldPanel("fallback", widget=MarkedTextarea),
                    FieldPanel("watchpoints", widget=MarkedTextarea),
                    FieldPanel("adaptations", widget=MarkedTextarea),
                    FieldPanel("words_for_the_person", widget=MarkedTextarea),
                ],
                heading=_("Comment faire"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("group_size_min"), FieldPanel("group_size_max")]),
                    FieldRowPanel([FieldPanel("duration_minutes"), FieldPanel("frequency")]),
                    FieldRowPanel([FieldPanel("participant_level"), FieldPanel("staff_level")]),
                    FieldRowPanel([FieldPanel("setup_time"), FieldPanel("cost")]),
                    FieldPanel("cost_note"),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("data_mb_min"), FieldPanel("data_mb_max")]),
                            FieldPanel("data_source"),
                        ],
                        heading=_("Data par heure et par participant"),
                        help_text=_("À remplir seulement pour corriger ce qui découle de l’outil principal."),
                    ),
                    FieldPanel("data_processed"),
                    FieldPanel("gdpr_note", widget=MarkedTextarea),
                ],
                heading=_("Moyens"),
            ),
            ObjectList(
                [
                    FieldPanel("provenance"),
                    FieldPanel("evidence"),
                    FieldPanel("maturity"),
                    FieldPanel("context", widget=MarkedTextarea),
                    FieldPanel("observed_results", widget=MarkedTextarea),
                    FieldPanel("photo"),
                    FieldPanel("photo_description"),
                    FieldPanel("photo_caption"),
                    FieldPanel("sources"),
                    FieldRowPanel([FieldPanel("origin_structure"), FieldPanel("origin_period")]),
                    FieldRowPanel([FieldPanel("credits"), FieldPanel("licence")]),
                    FieldPanel("replaces"),
                    Freshness.freshness_panel,
                ],
                heading=_("Preuves et suivi"),
            ),
            ObjectList([HelpPanel(template="editorial/admin/review_panel.html")], heading=_("Relecture")),
            ObjectList(
                [
                    AdvicePanel(heading=_("Avant de publier")),
                    FieldPanel("visibility"),
                    *VisiblePage.promote_panels,
                    PublishingPanel(),
                    CommentPanel(),
                ],
                heading=_("Publication"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("fiche pratique")
        verbose_name_plural = _("fiches pratiques")

    @classmethod
    def annotated_beside(cls) -> dict[str, Any]:
        path = Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen)
        section = Page.objects.filter(path=path).values(shown=JSONObject(title="title", slug="slug"))
        themes = Theme.objects.filter(practice_items__content_object=OuterRef("pk")).order_by("name")
        return {
            "section_beside": Subquery(section[:1]),
            "themes_beside": ArraySubquery(themes.values(shown=JSONObject(name="name", slug="slug"))),
        }

    @cached_property
    def shown_pictures(self) -> dict[int, ShownImage]:
        """The photo and the pictures of the steps as they are shown, by key; without those whose file is gone."""
        return shown_images([self.photo, *(step.value.get("picture") for step in self.steps)])

    @property
    def theme_links(self) -> Any:
        """The themes (`name` and `slug`): read with the card when it is served."""
        beside = getattr(self, "themes_beside", None)
        return self.themes.all() if beside is None else beside

    @property
    def section(self) -> Any:
        """The section that holds this card (`title` and `slug`): read with the card when it is served."""
        return getattr(self, "section_beside", None) or self.get_parent()

    def publication_errors(self) -> dict[str, str]:
        """Return what is missing before this card may be published: field name → message in French."""
        errors: dict[str, Any] = {}
        if not self.challenges:
            errors["challenges"] = _("Cochez au moins un problème.")
        if len(self.steps) < MINIMUM_STEPS:
            errors["steps"] = _("Décrivez au moins deux étapes.")
        if not self.limits.strip():
            errors["limits"] = _("Écrivez les limites : quand ne pas s’en servir.")
        if CHANNELS_NEEDING_DATA & set(self.channels) and not self.fallback.strip():
            errors["fallback"] = _("Un des canaux a besoin de connexion : dites que faire sans data ni Wi-Fi.")
        if (self.data_mb_min is not None or self.data_mb_max is not None) and not self.data_source.strip():
            errors["data_source"] = _("Une data corrigée à la main demande sa source.")
        if self.provenance == Provenance.SOURCES:
            if self.evidence != Evidence.A_EPROUVER:
                errors["evidence"] = _("Personne ne l’a encore essayée : choisissez « À éprouver ».")
            if not any(names_a_page(source.value.get("url") or "") for source in self.sources):
                errors["sources"] = _("Citez au moins une page exacte, pas l’accueil d’un site.")
        if self.group_size_min and self.group_size_max and self.group_size_min > self.group_size_max:
            errors["group_size_max"] = _("Le maximum est plus petit que le minimum.")
        return errors

    def save(self, clean: bool = True, **kwargs: Any) -> None:  # type: ignore[override]
        # Whatever the way to publication (form, workflow, schedule, command), an incomplete card never goes live.
        if clean and self.live and (errors := self.publication_errors()):
            raise ValidationError(errors)
        super().save(clean=clean, **kwargs)

    def permissions_for_user(self, user: Any) -> CardPermissionTester:
        """Return what this person may do with this card in the editing screens."""
        return CardPermissionTester(user, self)

    def save_revision(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        # A decision of review that does not publish keeps an incomplete draft as it is.
        return super().save_revision(*args, clean=clean and not self.is_kept_incomplete, **kwargs)

    @property
    def network(self) -> Network:
        """The network whose section holds this card."""
        return self.get_parent().specific.network

    @cached_property
    def ordered_tools(self) -> list[PracticeTool]:
        """The tools of this card in their order, each with its page."""
        return list(self.tool_links.select_related("tool"))

    @property
    def data_mb_per_hour(self) -> DataRange | None:
        """Data per hour and participant: the hand-written range, else what follows from channels and main tool.

        0 when no channel needs data; None when the main tool was not measured for what the card does.
        """
        if self.data_mb_min is not None or self.data_mb_max is not None:
            low = self.data_mb_min if self.data_mb_min is not None else self.data_mb_max or 0
            return DataRange(low, self.data_mb_max if self.data_mb_max is not None else low)
        if not CHANNELS_NEEDING_DATA & set(self.channels):
            return DataRange(0, 0)
        main = next((link.tool for link in self.ordered_tools if link.usage == Usage.PRINCIPAL), None)
        if main is None:
            return None
        if Channel.VISIO in self.channels:
            return main.video_data
        # What a call costs by a messaging app says nothing of messages.
        only_writes = main.category == ToolCategory.MESSAGERIE and Channel.AUDIOCONFERENCE not in self.channels
        return None if only_writes else main.audio_data

    def challenge_labels(self) -> list[str]:
        return self._labels("challenges")

    def audience_labels(self) -> list[str]:
        return self._labels("audiences")

    def channel_labels(self) -> list[str]:
        return self._labels("channels")

    def _labels(self, field: str) -> list[str]:
        return self._meta.get_field(field).labels(getattr(self, field))  # type: ignore[union-attr]
