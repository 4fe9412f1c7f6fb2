"""A search that someone keeps, and what they were told of it."""

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.principals import principals_of

from ..queries import SearchQuery


class SavedSearch(models.Model):
    """A search kept by a person. `query` is its address after « ? », in the order that SearchQuery writes."""

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("Tout de suite")
        DAILY = "daily", _("Une fois par jour")
        WEEKLY = "weekly", _("Une fois par semaine")
        NEVER = "never", _("Jamais par e-mail")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("nom"), max_length=100)
    query = models.CharField(max_length=1000)
    frequency = models.CharField(_("rythme"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    created_at = models.DateTimeField(auto_now_add=True)
    # What was published up to this moment has been told, or was there when the search was saved.
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("recherche enregistrée")
        verbose_name_plural = _("recherches enregistrées")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("user", "query", name="search_saved_once_a_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{reverse('search')}?{self.query}"

    @property
    def searched(self) -> SearchQuery:
        """The search, with what its owner may read today."""
        return SearchQuery.from_params(QueryDict(self.query), principals=principals_of(self.user))


class Alert(models.Model):
    """One mail to one person: for each saved search (by id), the moments between which things are new.

    The job of the mail holds this id alone; what is new is read when the mail is composed, with the rights of then.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    windows = models.JSONField(default=dict)  # {"12": ["2026-11-24T07:00:00+00:00", "2026-11-25T07:00:00+00:00"]}
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"
