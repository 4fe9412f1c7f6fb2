"""The bar of editors: change the page shown, or the theme and the condition that a search is narrowed to."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kb_site.role_bar import BarLink, register

from .models import Condition, Theme
from .models.conditions import LACK
from .models.themes import THEME
from .permissions import keeps, keeps_pages

FACETS = ((THEME, Theme, _("Modifier le thème")), (LACK, Condition, _("Modifier la condition")))


def _change(user: Any, shown: Any) -> Iterator[BarLink]:
    page = shown.get("page")
    if isinstance(page, Page) and page.pk and keeps(user, page):
        yield BarLink(_("Modifier"), reverse("wagtailadmin_pages:edit", args=[page.pk]))
    elif keeps_pages(user):
        for facet, model, words in FACETS:
            chosen = shown["request"].GET.getlist(facet.name)
            key = (
                model.objects.filter(slug=chosen[0]).values_list("pk", flat=True).first() if len(chosen) == 1 else None
            )
            if key is not None:
                yield BarLink(words, reverse(f"wagtailsnippets_practices_{model._meta.model_name}:edit", args=[key]))


register("modifier", _change, order=10)
