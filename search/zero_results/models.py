"""What was looked for and not found, by words, without anyone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchGapQuerySet(models.QuerySet["SearchGap"]):
    def shown(self) -> "SearchGapQuerySet":
        """Those that editors may see: asked on enough different days for their words to be kept."""
        return self.exclude(words="")


class SearchGap(models.Model):
    """One search, by its words put in order, and how often it ended badly.

    Until it was made on three different days only a keyed digest of its words is stored: what one person typed once
    (a name, perhaps) is nowhere in clear. No account, no address of a machine, no hour is ever stored.
    """

    class State(models.TextChoices):
        OPEN = "open", _("à traiter")
        HANDLED = "handled", _("traitée")
        IGNORED = "ignored", _("ignorée")

    digest = models.CharField(max_length=64, unique=True)
    words = models.CharField(_("mots cherchés"), max_length=80, blank=True)
    without_result = models.PositiveIntegerField(_("sans résultat"), default=0)
    without_click = models.PositiveIntegerField(_("sans clic"), default=0)
    with_click = models.PositiveIntegerField(_("avec clic"), default=0)
    days = models.PositiveIntegerField(_("jours différents"), default=0)
    last_day = models.DateField(_("dernière fois"))
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.OPEN)

    objects = SearchGapQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche sans réponse")
        verbose_name_plural = _("recherches sans réponse")
        ordering = ["-without_result", "-without_click", "words"]
        indexes = [models.Index(fields=["last_day"], name="search_gap_last_day")]

    def __str__(self) -> str:
        return self.words or str(_("recherche rare"))


class SearchChoice(models.Model):
    """What people open for the words of a search, counted: it proposes to editors what answers a need.

    The words are those of the SearchGap of the same digest, kept once they were asked on three different days.
    """

    digest = models.CharField(max_length=64)
    entry_key = models.CharField(max_length=60)  # of a SearchEntry: "page:12"
    times = models.PositiveIntegerField(default=1)
    days = models.PositiveIntegerField(default=1)
    last_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("digest", "entry_key", name="one_choice_a_search_and_entry")]
        indexes = [models.Index(fields=["last_day"], name="search_choice_last_day")]

    def __str__(self) -> str:
        return f"{self.entry_key} × {self.times}"
