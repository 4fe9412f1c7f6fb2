"""The agenda: topics proposed and voted beforehand, then kept, ordered and given minutes by whoever runs the session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from kb_site.accounts.models import User

from ...models import Topic
from ...models.confided import repeatable_in
from ..choices import ItemState, SessionState
from ..models import VOTES_EACH, AgendaItem, ItemVote, Session
from .errors import AgendaClosed, NoVoteLeft, TooOpen

OPEN_TO_TOPICS = (SessionState.DRAFT, SessionState.POLLING, SessionState.OPEN)


def _locked(session: Session) -> Session:
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state not in OPEN_TO_TOPICS:
        raise AgendaClosed
    return current


@transaction.atomic
def propose_item(*, session: Session, by: User, title: str, detail: str = "", type: str = "discussion") -> AgendaItem:
    """Propose something to talk of. The same words by the same person are stored once. Raises AgendaClosed."""
    current = _locked(session)
    same = AgendaItem.objects.filter(session=current, proposed_by=by, title=title).first()
    return same or AgendaItem.objects.create(
        session=current, proposed_by=by, title=title, detail=detail, type=type, bearer=by
    )


@transaction.atomic
def take_up_topic(*, session: Session, topic: Topic, by: User) -> AgendaItem:
    """Propose a topic of the group; twice is harmless. Raises AgendaClosed, or TooOpen."""
    current = _locked(session)
    if current.is_more_open_than(topic):
        raise TooOpen
    values = {"title": topic.title, "proposed_by": by}
    item, _created = AgendaItem.objects.get_or_create(session=current, topic=topic, defaults=values)
    return item


@transaction.atomic
def take_up_postponed(*, session: Session, former: AgendaItem, by: User) -> AgendaItem:
    """Take up an item that the former session postponed, with who bears it; twice is harmless.

    Raises AgendaClosed, or TooOpen.
    """
    current = _locked(session)
    if current.is_more_open_than(former.session):
        raise TooOpen
    values = {
        "title": former.title,
        "detail": former.detail,
        "type": former.type,
        "topic": former.topic,
        "minutes": former.minutes,
        "bearer": former.bearer,
        "proposed_by": by,
    }
    item, _created = AgendaItem.objects.get_or_create(session=current, postponed_from=former, defaults=values)
    return item


@transaction.atomic
def vote(*, item: AgendaItem, user: User) -> None:
    """Give one of one's three votes to an item; twice is harmless. Raises NoVoteLeft or AgendaClosed."""
    current = _locked(item.session)
    own = ItemVote.objects.filter(item__session=current, user=user)
    if own.filter(item=item).exists():
        return
    if own.count() >= VOTES_EACH:
        raise NoVoteLeft
    ItemVote.objects.create(item=item, user=user)


@transaction.atomic
def take_back_vote(*, item: AgendaItem, user: User) -> None:
    """Take one's vote back; twice is harmless. Raises AgendaClosed."""
    _locked(item.session)
    ItemVote.objects.filter(item=item, user=user).delete()


@transaction.atomic
def withdraw_item(*, item: AgendaItem, by: User) -> bool:
    """Take away what one has proposed, while it is not on the agenda; return whether it went. Raises AgendaClosed."""
    _locked(item.session)
    deleted, _rows = AgendaItem.objects.filter(pk=item.pk, proposed_by=by, order=None).delete()
    return bool(deleted)


@transaction.atomic
def build_agenda(*, session: Session, kept: Sequence[int], minutes: Mapping[int, int]) -> None:
    """Put these items on the agenda in this order, with their minutes; the others are left aside, none is lost.

    An item that came meanwhile and is not named stays as it is. Raises AgendaClosed.
    """
    current = _locked(session)
    items = {item.pk: item for item in current.items.all()}
    order = {pk: position for position, pk in enumerate(dict.fromkeys(kept), start=1) if pk in items}
    for pk, item in items.items():
        if pk in minutes or pk in order:
            item.order, item.minutes = order.get(pk), minutes.get(pk, item.minutes)
            item.save(update_fields=["order", "minutes"])


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool) -> None:
    """Exchange an item with its neighbour on the agenda. At the end already: nothing. Raises AgendaClosed."""
    current = _locked(item.session)
    rows = list(current.items.exclude(order=None))
    here = next((index for index, row in enumerate(rows) if row.pk == item.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        AgendaItem.objects.filter(pk=row.pk).update(order=position)


@transaction.atomic
def keep_item(*, item: AgendaItem, keep: bool) -> None:
    """Put an item at the end of the agenda, or leave it aside. Raises AgendaClosed."""
    current = _locked(item.session)
    last = current.items.aggregate(last=Max("order"))["last"] or 0
    if keep and item.order is None:
        AgendaItem.objects.filter(pk=item.pk).update(order=last + 1)
    elif not keep:
        AgendaItem.objects.filter(pk=item.pk).update(order=None)


@dataclass(frozen=True)
class Fit:
    """Whether the minutes of the agenda fit: `planned` for the items, `available` for them in the session."""

    planned: int
    available: int

    @property
    def over(self) -> int:
        """How many minutes too many; 0 when they fit."""
        return max(self.planned - self.available, 0)

    @property
    def left(self) -> int:
        return max(self.available - self.planned, 0)


def fit_of(session: Session) -> Fit:
    """Return how the agenda fits: items share the steps that take them up, or the whole session without such a step."""
    steps = list(session.steps.all())
    taken = sum(step.minutes for step in steps if not step.takes_items)
    available = session.minutes - taken if any(step.takes_items for step in steps) else session.minutes
    planned = sum(item.minutes for item in session.items.all() if item.order is not None)
    return Fit(planned=planned, available=max(available, 0))


def topics_offered(session: Session) -> list[Topic]:
    """Topics of the group proposed for its next session and not taken up yet, the oldest first."""
    taken = session.items.exclude(topic=None).values("topic")
    topics = (
        Topic.objects.proposed_for_session().filter(repeatable_in(session), group=session.group).exclude(pk__in=taken)
    )
    return list(topics.order_by("proposed_for_session_at")[:10])


def postponed_offered(session: Session) -> list[AgendaItem]:
    """Items that the last session of the group left open or postponed, and that were not taken up yet."""
    held = Session.objects.filter(group=session.group_id).past()  # type: ignore[attr-defined]
    former = session.previous or held.exclude(pk=session.pk).first()
    if former is None or session.is_more_open_than(former):
        return []
    taken = session.items.exclude(postponed_from=None).values("postponed_from")
    left = former.items.exclude(state=ItemState.DONE).exclude(pk__in=taken)
    return list(left.select_related("bearer", "topic")[:10])
