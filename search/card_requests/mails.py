"""The mail about a card that someone asked for."""

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from ..entries import visible_keys
from .models import CardRequest


def card_request_decided(*, to: User, request: int) -> Mail | None:
    """To each person who asked for a card or said « moi aussi », when an editor has answered."""
    asked = CardRequest.objects.filter(pk=request, supports__user=to).select_related("answer_page").first()
    if asked is None or asked.state == CardRequest.State.OPEN:
        return None
    if asked.state == CardRequest.State.DECLINED:
        return Mail("card_request_decided", {"asked": asked, "page": None})
    page = asked.answer_page
    if page is None or f"page:{page.pk}" not in visible_keys([f"page:{page.pk}"], to):
        return None
    return Mail("card_request_decided", {"asked": asked, "page": page.specific})
