"""What an import leaves behind: the identifiers that let a second one update, and its report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CardIdentifier(models.Model):
    """The identifier of a card, a tool or a resource in the files of those who bring it in."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="sheet_identifier")
    # The page above it: the section of a network, the list of tools or of resources.
    section = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
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
        UNDONE = "undone", _("défait")

    section = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=150)
    content = models.BinaryField(blank=True)
    publish = models.BooleanField(_("publier les fiches complètes"), default=False)
    state = models.CharField(max_length=8, choices=State, default=State.CHECKED)
    options = models.JSONField(default=dict)  # see options.py
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportedPage(models.Model):
    """A page that an import made or changed: what undoing it needs to know.

    `former`: the version that the page had before, none for a page that the import made; `version`: the one that it wrote.
    """

    card_import = models.ForeignKey(CardImport, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    former = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    was_online = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card_import", "page"], name="one_row_per_imported_page")]

    def __str__(self) -> str:
        return f"{self.card_import_id} → {self.page_id}"
