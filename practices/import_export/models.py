"""What an import leaves behind: the identifiers that let a second one update, and its report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CardIdentifier(models.Model):
    """The identifier of a card in the tables of its network."""

    page = models.OneToOneField("practices.PracticePage", on_delete=models.CASCADE, related_name="sheet_identifier")
    section = models.ForeignKey("practices.PracticeSectionPage", on_delete=models.CASCADE, related_name="+")
    identifier = models.CharField(_("identifiant"), max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "identifier"], name="one_card_per_identifier")]

    def __str__(self) -> str:
        return self.identifier


class CardImport(models.Model):
    """One file sent by an editor, kept until it is imported, then its report alone."""

    class State(models.TextChoices):
        CHECKED = "checked", _("vérifié, pas encore importé")
        QUEUED = "queued", _("import en cours")
        DONE = "done", _("importé")
        FAILED = "failed", _("refusé")

    section = models.ForeignKey("practices.PracticeSectionPage", on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=150)
    content = models.BinaryField(blank=True)
    publish = models.BooleanField(_("publier les fiches complètes"), default=False)
    state = models.CharField(max_length=8, choices=State, default=State.CHECKED)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name
