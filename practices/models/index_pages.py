"""The pages that hold the others: lists of cards, tools and resources, and one section per network."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from kb_site.accounts.models import Network

from .deleted_references import is_gone
from .permissions import SectionPermissionTester


class IndexPage(Page):
    """Abstract: its address is answered by a list of search (see search/urls.py); here live its title and its words."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    preview_modes: list[tuple[str, str]] = []
    max_count = 1
    parent_page_types = ["home.HomePage"]

    class Meta:
        abstract = True


class PracticeIndexPage(IndexPage):
    subpage_types = ["practices.PracticeSectionPage"]

    class Meta:
        verbose_name = _("liste des fiches pratiques")


class ToolIndexPage(IndexPage):
    subpage_types = ["practices.ToolPage"]

    class Meta:
        verbose_name = _("liste des fiches outils")


class ResourceIndexPage(IndexPage):
    subpage_types = ["practices.ResourcePage", "practices.DossierPage"]

    class Meta:
        verbose_name = _("liste des ressources")


class OrientationIndexPage(IndexPage):
    subpage_types = ["practices.OrientationPage"]

    class Meta:
        verbose_name = _("liste des orientations")


class PracticeSectionPage(Page):
    """The section of one network: its group of editors has its rights here."""

    network = models.OneToOneField(Network, verbose_name=_("réseau"), on_delete=models.PROTECT, related_name="section")

    content_panels = [*Page.content_panels, FieldPanel("network")]
    preview_modes: list[tuple[str, str]] = []
    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types = ["practices.PracticePage"]

    class Meta:
        verbose_name = _("section d’un réseau")

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Read a draft whose network was deleted with the one that the section has; it cannot be without."""
        if check_fks and is_gone(cls._meta.get_field("network"), data.get("network")):  # type: ignore[arg-type]
            kept = cls.objects.filter(pk=data["pk"]).values_list("network", flat=True).first()
            data = data | {"network": kept}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def permissions_for_user(self, user: Any) -> SectionPermissionTester:
        """Return what this person may do with this section in the editing screens."""
        return SectionPermissionTester(user, self)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Show the network's cards in the list of all cards, filtered."""
        return HttpResponseRedirect(reverse("practice_list", query={"reseau": self.slug}))
