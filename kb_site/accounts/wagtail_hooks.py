"""People are chosen, in the editing screens, by searching their name or their structure, not in a list of all accounts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as generic
from wagtail.admin.viewsets.chooser import ChooserViewSet

from .models import User


class _People:
    """The accounts that may be entrusted with something: approved and open; each with its structure, never its address."""

    def get_object_list(self) -> QuerySet[User]:
        approved = User.objects.filter(status=User.Status.APPROVED, is_active=True, erased_on=None)
        return approved.select_related("structure")

    @property
    def columns(self) -> list[Any]:
        return [*super().columns, Column("structure", label=_("Structure"), accessor="structure")]  # type: ignore[misc]


class _Choose(_People, generic.ChooseView):
    pass


class _ChooseResults(_People, generic.ChooseResultsView):
    pass


class _Chosen(_People, generic.ChosenView):
    """Of the list alone: Wagtail's own names any account by its number."""

    def get_object(self, pk: str) -> User:
        return self.get_object_list().get(pk=pk)


class _ChosenMultiple(_People, generic.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[User]:
        return self.get_object_list().filter(pk__in=pks)


class PeopleChooser(ChooserViewSet):
    model = User
    icon = "user"
    choose_one_text = _("Choisir une personne")
    choose_another_text = _("Choisir une autre personne")
    edit_item_text = _("Voir ce compte")
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple
    per_page = 10

    def get_urlpatterns(self) -> list[Any]:
        """Nobody makes an account from there: Wagtail's address to create one goes."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


@hooks.register("register_admin_viewset")
def people_chooser() -> ChooserViewSet:
    return PeopleChooser("people_chooser", url_prefix="personnes")
