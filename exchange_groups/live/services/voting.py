"""What participants decide together: thumbs, votes for items, items proposed while the session is held."""

from django.utils import timezone

from exchange_groups.sessions.choices import ItemState
from exchange_groups.sessions.models import VOTES_EACH, AgendaItem, ItemVote, Session
from exchange_groups.sessions.services.errors import NoVoteLeft
from kb_site.accounts.models import User

from ..models import MORE_MINUTES, Thumb, ThumbCall
from .running import LONGEST, changing


def call_thumbs(*, session: Session) -> None:
    """Ask whether to go on with the item under way; asked already: nothing. Raises NotRunning."""
    with changing(session) as current:
        ThumbCall.objects.get_or_create(
            session=current, closed_at=None, defaults={"item": current.current_item, "minutes": MORE_MINUTES}
        )


def answer_thumb(*, session: Session, call_id: int, user: User, answer: Thumb.Answer) -> None:
    """Give or change one's thumb while the call is open. Raises NotRunning."""
    with changing(session) as current:
        call = current.thumb_calls.filter(pk=call_id, closed_at=None).first()
        if call is not None:
            Thumb.objects.update_or_create(call=call, user=user, defaults={"answer": answer})


def close_thumbs(*, session: Session, call_id: int, go_on: bool) -> None:
    """End the call; going on gives its minutes to the item, or to the step, under way. Raises NotRunning."""
    with changing(session) as current:
        call = current.thumb_calls.filter(pk=call_id, closed_at=None).select_related("item").first()
        if call is None:
            return
        call.closed_at = timezone.now()
        call.save(update_fields=["closed_at"])
        timed = call.item or current.current_step
        if go_on and timed is not None:
            timed.minutes = min(timed.minutes + call.minutes, LONGEST)
            timed.save(update_fields=["minutes"])


def propose_item(*, session: Session, user: User, title: str) -> AgendaItem:
    """Add an item at the end of what may be talked of; the same title from the same person is the same item.

    Raises NotRunning.
    """
    with changing(session) as current:
        same = AgendaItem.objects.filter(session=current, proposed_by=user, title=title).first()
        return same or AgendaItem.objects.create(session=current, proposed_by=user, title=title, bearer=user)


def vote_for_item(*, session: Session, item_id: int, user: User, wanted: bool) -> None:
    """Give one of one's votes to an item still to discuss, or take it back. Raises NotRunning, NoVoteLeft."""
    with changing(session) as current:
        item = current.items.filter(pk=item_id, state=ItemState.TO_DISCUSS).first()
        if item is None:
            return
        given = ItemVote.objects.filter(item__session=current, user=user)
        if not wanted:
            given.filter(item=item).delete()
        elif not given.filter(item=item).exists():
            if given.count() >= VOTES_EACH:
                raise NoVoteLeft
            ItemVote.objects.create(item=item, user=user)
