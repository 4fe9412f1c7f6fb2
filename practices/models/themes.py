"""Themes: the curated tags, with the other words people use for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel

from kb_site.admin_search.words import FoundByWords
from kb_site.given_addresses.models import LastingSlug
from kb_site.search_documents import Facet


class Theme(FoundByWords, LastingSlug, TagBase):
    """A tag that editors manage: contributors pick one, they never create one."""

    address_kind = "theme"
    free_tagging = False
    words_found = ("name", "synonyms")

    description = models.CharField(_("en une phrase"), max_length=200, blank=True)
    synonyms = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("synonymes et sigles"),
        default=list,
        blank=True,
        help_text=_("Séparés par des virgules. La recherche les comprend comme le thème lui-même."),
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("synonyms")]

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ["name"]


THEME = Facet("theme", _("Thème"), Theme)
