"""The comments of a page, as its reader sees them."""

from typing import Any

from django import template

from kb_site.http import is_id

from ..forms import CommentForm
from ..threads import PAGE_PARAMETER, ThreadPage, threads_of

register = template.Library()


@register.simple_tag(takes_context=True)
def threads_under(context: template.Context, page: Any) -> ThreadPage:
    """Return the page of threads that the address asks for, the first one else."""
    number = context["request"].GET.get(PAGE_PARAMETER, "1")
    return threads_of(page, context["user"], int(number) if is_id(number) else 1)


@register.simple_tag
def comment_form() -> CommentForm:
    """Return a form to write one, with a key of its own: sent twice, it is stored once."""
    return CommentForm()
