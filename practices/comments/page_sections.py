"""The comments of a card on its page."""

from typing import Any

from kb_site.http import is_id

from ..models import PracticePage
from ..page_sections import PageSection, register
from .forms import CommentForm
from .threads import PAGE_PARAMETER, threads_of


def _threads(card: PracticePage, request: Any) -> dict[str, Any]:
    page_number = request.GET.get(PAGE_PARAMETER, "1")
    return {
        "threads": threads_of(card, request.user, int(page_number) if is_id(page_number) else 1),
        "comment_form": CommentForm(),
    }


register(PageSection("commentaires", _threads, order=30, template="comments/comments.html"))
