"""What can be found, flat; the equivalent words that editors keep."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class SearchEntry(models.Model):
    """One findable thing. Written in the same transaction as the change it reflects (see entries.py)."""

    key = models.CharField(max_length=60, unique=True)  # "page:12": what it stands for
    kind = models.CharField(max_length=12, db_index=True)  # practice, tool, resource, dossier
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    keywords = models.TextField(blank=True)  # themes and their synonyms, labels of the vocabularies
    facets = ArrayField(models.CharField(max_length=60), default=list)  # "challenge:isolement"
    principals = ArrayField(models.CharField(max_length=40), default=list)
    url = models.CharField(max_length=255)
    card = models.JSONField(default=dict)  # what a line of a list shows, ready to print
    evidence_rank = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["facets", "principals"], name="entry_facets_principals"),
            models.Index(fields=["kind", "-updated_at"], name="entry_kind_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SynonymGroup(models.Model):
    """Wordings that mean the same: an acronym and its words, the old and the new name of an institution."""

    wordings = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("mots équivalents"),
        help_text=_(
            "Deux ou plus, séparés par des virgules : « CIP, conseiller en insertion professionnelle ». "
            "Chercher l’un trouve les autres, dès l’enregistrement. Accents, pluriels et majuscules sont déjà compris."
        ),
    )
    note = models.CharField(_("note pour les éditeurs"), max_length=200, blank=True)

    panels = [FieldPanel("wordings"), FieldPanel("note")]

    class Meta:
        verbose_name = _("groupe de mots équivalents")
        verbose_name_plural = _("mots équivalents")
        ordering = ["wordings"]

    def __str__(self) -> str:
        return " = ".join(self.wordings)

    def clean(self) -> None:
        tidy = (" ".join(wording.split()) for wording in self.wordings or [])
        self.wordings = list(dict.fromkeys(wording for wording in tidy if wording))
        if len(self.wordings) == 1:
            raise ValidationError({"wordings": _("Donnez au moins deux mots ou expressions équivalents.")})
