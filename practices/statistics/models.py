"""Views of pages, added up by day: no address, no browser, no account, no cookie."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyViews(models.Model):
    """How many times a page was read on one day. It holds nothing about who read it."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("jour"))
    views = models.PositiveIntegerField(_("lectures"), default=0)
    from_search = models.PositiveIntegerField(_("dont venues de la recherche"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_count_per_page_and_day")]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day} : {self.views}"
