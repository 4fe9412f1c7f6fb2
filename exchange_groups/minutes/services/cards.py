"""From what was said in a session to cards: an idea becomes a draft, and those who were there are asked what they tried."""

import uuid

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from exchange_groups.sessions.models import AgendaItem, Session
from kb_site.accounts.models import User
from kb_site.notifications.services import notify
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card
from practices.experiences.services import invite_to_tell
from practices.models import PracticePage

from ...models import Topic
from ..choices import MinutesState
from ..models import Minutes, MinutesLine
from ..people import participants_of
from .errors import AlreadyDrawn


@transaction.atomic
def draw_card_of_line(*, line: MinutesLine, by: User, idea: ProposedCard, submission_key: uuid.UUID) -> PracticePage:
    """Propose to the group's network a card drawn from an idea said in a session; its provenance is the session.

    The credits name nobody, nor the group. Raises AlreadyDrawn, or the errors of propose_card().
    """
    locked = MinutesLine.objects.select_for_update(of=("self",)).select_related("minutes__session__group__network")
    current = locked.get(pk=line.pk)
    session = current.minutes.session
    card = propose_card(
        author=by,
        network=session.group.network,
        idea=idea,
        credits=_("Des permanents, dans un groupe d’échanges"),
        origin=session,
        submission_key=submission_key,
    )
    if current.card_id not in (None, card.pk):
        raise AlreadyDrawn
    current.card = card
    current.save(update_fields=["card"])
    return card


@transaction.atomic
def tell_of_card(*, card: PracticePage) -> None:
    """A card drawn from an idea is published: those who were there, and may read the minutes, hear of it once."""
    for minutes in Minutes.objects.filter(lines__card=card).distinct().select_related("session__group"):
        notify(
            kind="idea_published",
            target=minutes,
            key=f"idea:{card.pk}",
            source=card.pk,
            recipients=participants_of(minutes.session),
        )


def cards_talked_of(session: Session, user: User) -> QuerySet[PracticePage]:
    """Return the cards that the topics on the agenda quote, come from or became, as far as this person may read them."""
    items = AgendaItem.objects.filter(session=session, order__isnull=False, topic__isnull=False)
    topics = Topic.objects.filter(pk__in=items.values("topic"))
    named = (Q(pk__in=topics.values(field)) for field in ("quoted_page", "origin_card", "resulting_card"))
    quoted = next(named)
    for other in named:
        quoted |= other
    return PracticePage.objects.visible_to(user).filter(quoted)


@transaction.atomic
def ask_about_card(*, minutes: Minutes, card: PracticePage, by: User) -> int:
    """Ask those who were there whether they tried a card; return how many mails are queued: none the second time."""
    current = Minutes.objects.select_for_update(of=("self",)).select_related("session__group").get(pk=minutes.pk)
    if current.cards_asked_about.filter(pk=card.pk).exists() or current.state == MinutesState.DRAFT:
        return 0
    current.cards_asked_about.add(card)
    return invite_to_tell(card=card, people=participants_of(current.session).exclude(pk=by.pk))
