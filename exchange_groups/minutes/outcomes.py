"""What the sessions of a group gave, in one query: the page of a group has little room left."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import PageViewRestriction

from exchange_groups.sessions.models import Note, Session
from exchange_groups.sessions.models.sessions import ADDRESS_LENGTH
from kb_site.accounts.models import public_name_in_sql
from practices.models import PracticePage

from ..models import ExchangeGroup, Topic
from ..models.confided import shared_with
from ..permissions import groups_open_to
from .choices import LineKind, MinutesState
from .models import MinutesLine

SHOWN = 4
FIELDS = ("kind", "number", "words", "day", "who", "place")


@dataclass(frozen=True)
class Outcome:
    """A decision, an open action or a card: its words, its day (held, due, published), who does it, where it is read."""

    kind: str
    words: str
    day: datetime.date | None
    who: str
    url: str


def outcomes_of(group: ExchangeGroup, user: Any, *, shown: int = SHOWN) -> dict[str, list[Outcome]]:
    """Return the latest decisions (of published minutes), the open actions and the cards drawn from a group's talk.

    To those who do not share it, nothing. Cards on restricted pages are left out, whoever asks.
    """
    if group.pk not in groups_open_to(user):
        return {}
    told = (_decisions(group, user)[:shown], _actions(group, user)[:shown], _cards(group, user)[:shown])
    found = told[0].union(*told[1:], all=True)
    lists: dict[str, list[Outcome]] = {"decisions": [], "actions": [], "cards": []}
    for kind, number, words, day, who, place in found:
        lists[kind].append(Outcome(kind, words, day, who, _address(kind, number, place)))
    return lists


def _address(kind: str, number: int, place: str) -> str:
    if kind == "cards":
        return PracticePage(pk=number, url_path=place).get_url() or ""
    slug = slugify(place)[:ADDRESS_LENGTH].strip("-") or "seance"
    return reverse("minutes_page" if kind == "decisions" else "session_page", args=[number, slug])


def _told(
    rows: QuerySet[Any], kind: str, *, number: str, words: str, day: Any, place: str, who: Any = ""
) -> QuerySet[Any]:
    text = CharField()
    return rows.values_list(
        Value(kind, output_field=text),
        F(number),
        Cast(F(words), TextField()),
        Cast(day, DateField()),
        Cast(who or Value(""), TextField()),
        Cast(F(place), TextField()),
    )


def _sessions(group: ExchangeGroup, user: Any) -> QuerySet[Session]:
    return Session.objects.filter(shared_with(user), group=group).order_by()


def _decisions(group: ExchangeGroup, user: Any) -> QuerySet[Any]:
    lines = MinutesLine.objects.standing().filter(
        minutes__session__in=_sessions(group, user), minutes__state=MinutesState.PUBLISHED, kind=LineKind.DECISION
    )
    held = "minutes__session__starts_at"
    rows = lines.order_by(F(held).desc(), "order")
    return _told(
        rows, "decisions", number="minutes__session_id", words="text", day=F(held), place="minutes__session__title"
    )


def _actions(group: ExchangeGroup, user: Any) -> QuerySet[Any]:
    rows = Note.objects.open_actions().filter(session__in=_sessions(group, user))
    who = Coalesce(public_name_in_sql("doer"), F("doer_name"), output_field=TextField())
    return _told(rows, "actions", number="session_id", words="text", day=F("due_on"), place="session__title", who=who)


def _cards(group: ExchangeGroup, user: Any) -> QuerySet[Any]:
    drawn = MinutesLine.objects.filter(minutes__session__in=_sessions(group, user), card__isnull=False).values("card")
    topics = Topic.objects.filter(shared_with(user), group=group, resulting_card__isnull=False)
    from_topics = topics.values("resulting_card")
    above = PageViewRestriction.objects.annotate(under=Cast(OuterRef("path"), CharField())).filter(
        under__startswith=F("page__path")
    )
    cards = PracticePage.objects.live().filter(Q(pk__in=drawn) | Q(pk__in=from_topics)).exclude(Exists(above))
    rows = cards.order_by("-first_published_at")
    return _told(rows, "cards", number="pk", words="title", day=F("first_published_at"), place="url_path")
