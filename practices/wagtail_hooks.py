"""Ticked boxes in the comparison of two versions; what a draft cites and that was deleted."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.models import Page

from .comparison import ChoiceArrayComparison
from .fields import ChoiceArrayField
from .models.deleted_references import gone_from

register_comparison_class(ChoiceArrayField, comparison_class=ChoiceArrayComparison)


@hooks.register("before_edit_page")
def tell_what_is_gone(request: HttpRequest, page: Page) -> None:
    """Tell the editor, until the draft is saved again, what it cited and that was deleted meanwhile."""
    if request.method != "GET" or page.latest_revision is None:
        return
    for words in gone_from(page.latest_revision):
        told = _("%s n’existe plus sur le site : ce brouillon, qui le citait, s’enregistrera sans.") % words
        messages.warning(request, told[:1].upper() + told[1:])
