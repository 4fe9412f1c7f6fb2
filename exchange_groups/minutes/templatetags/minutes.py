"""What pages of sessions, groups and cards show of minutes, as far as the reader may see it."""

from functools import partial
from typing import Any

from django import template
from django.db.models import Exists, OuterRef, QuerySet, Value

from exchange_groups.sessions.choices import THERE, SessionState
from exchange_groups.sessions.models import Note, Session
from kb_site.kept.things import kept

from ...models import ExchangeGroup, Topic
from ..models import Minutes, MinutesLine
from ..outcomes import outcomes_of
from ..services.following import open_actions_for
from ..services.writing import was_held

register = template.Library()

SHOWN = 10


@register.simple_tag(takes_context=True)
def minutes_entry(context: template.Context, session: Session) -> dict[str, Any]:
    """Return what leads from the page of a session to its minutes and papers, as far as the reader may (one query)."""
    user, rights = context["user"], context.get("rights")
    runs, place = bool(rights and rights.runs), rights.place if rights else None
    sheet = runs and session.state not in (SessionState.DRAFT, SessionState.POLLING, SessionState.CANCELLED)
    if not was_held(session):
        return {"sheet": sheet}

    def among(minutes: QuerySet[Minutes]) -> Exists:
        return Exists(minutes.filter(pk=OuterRef("pk")))

    rows = Minutes.objects.annotate(
        is_open=among(Minutes.objects.public()), read=among(Minutes.objects.visible_to(user))
    )
    minutes = rows.filter(session=session).first()
    if minutes is not None:
        minutes.session = session
    return {
        "sheet": sheet,
        "may_write": runs and minutes is None,
        "minutes": minutes if minutes and minutes.read else None,  # type: ignore[attr-defined]
        "public": minutes if minutes and minutes.is_open else None,  # type: ignore[attr-defined]
        "certificate": place if place and place.presence in THERE else None,
    }


@register.simple_tag(takes_context=True)
def group_outcomes(context: template.Context, group: ExchangeGroup) -> dict[str, Any]:
    """Return what the sessions of a group gave: decisions, open actions, cards; nothing to those who do not share its talk."""
    return outcomes_of(group, context["user"])


@register.simple_tag(takes_context=True)
def source_of_card(context: template.Context, card: Any) -> Topic | Session | None:
    """The topic or the session that a card was drawn from, for signed-in readers who may read its talk (one query)."""
    user = context["user"]
    # The public page of a card asks nothing of the groups; nor do most others, drawn from none.
    if not user.is_authenticated or not kept(f"drawn:{card.pk}", partial(_was_drawn, card.pk)):
        return None
    fields = ("pk", "title", "group__name", "group__slug")
    drawn = MinutesLine.objects.filter(card=card.pk).values("minutes__session")
    topics = Topic.objects.visible_to(user).filter(resulting_card=card.pk).order_by()
    sessions = Session.objects.readable_by(user).filter(pk__in=drawn).order_by()
    told = topics.values_list(Value("sujet"), *fields).union(sessions.values_list(Value("séance"), *fields))
    for kind, pk, title, name, slug in list(told)[:1]:
        source = Topic if kind == "sujet" else Session
        return source(pk=pk, title=title, group=ExchangeGroup(name=name, slug=slug))
    return None


def _was_drawn(card: int) -> bool:
    """Whether this card was drawn from a topic or from a session, whoever may read them."""
    topics = Topic.objects.filter(resulting_card=card).order_by().values("pk")
    return topics.union(MinutesLine.objects.filter(card=card).order_by().values("pk")).exists()


@register.simple_tag
def open_actions(session: Session) -> list[Note]:
    """The actions of the group that are still to do, for those who build the agenda of its next session."""
    return list(open_actions_for(session)[:SHOWN])
