"""Ticked boxes in the comparison of two versions; what a draft cites and that was deleted; whose drafts one may choose or move."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.models import Page
from wagtail.permissions import policy_registry

from kb_site.given_addresses.models import TAKEN, is_free

from .comparison import ChoiceArrayComparison
from .fields import ChoiceArrayField
from .models.deleted_references import gone_from
from .models.visibility import PAGE

register_comparison_class(ChoiceArrayField, comparison_class=ChoiceArrayComparison)


@hooks.register("before_edit_page")
def tell_what_is_gone(request: HttpRequest, page: Page) -> None:
    """Tell the editor, until the draft is saved again, what it cited and that was deleted meanwhile."""
    if request.method != "GET" or page.latest_revision is None:
        return
    for words in gone_from(page.latest_revision):
        told = _("%s n’existe plus sur le site : ce brouillon, qui le citait, s’enregistrera sans.") % words
        messages.warning(request, told[:1].upper() + told[1:])


@hooks.register("construct_page_chooser_queryset")
def choose_among_known_pages(pages: Any, request: HttpRequest) -> Any:
    """Wagtail offers every page of the site: the drafts of another network are not even named."""
    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


@hooks.register("before_move_page")
def only_who_may_move_it_reads_its_title(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Wagtail asks for the right when the move is made; the page that asks to confirm it names any draft before.

    Nor does a page move to the address where another one was. Raises PermissionDenied.
    """
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
    return _refused_where_others_were(request, [page], destination)


@hooks.register("before_bulk_action")
def the_same_of_many_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    if action_type != "move":
        return None
    return _refused_where_others_were(request, objects, action.cleaned_form.cleaned_data["chooser"])


def _refused_where_others_were(request: HttpRequest, pages: Iterable[Page], destination: Page) -> HttpResponse | None:
    """Return to the list, where one of these pages, or what stands below it, would take an address that was another's."""
    for page in pages:
        moved = f"{destination.url_path}{page.slug}/"
        below = page.get_descendants(inclusive=True).values_list("pk", "url_path")
        if not all(is_free(PAGE, moved + path.removeprefix(page.url_path), to=pk) for pk, path in below):
            messages.error(request, f"« {page} » : {TAKEN}")
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
