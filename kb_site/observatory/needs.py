"""What the field needs, from topics, diagnostics, experiences and searches. Every count is by fives, downwards."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, DateField, Q, QuerySet
from django.db.models.functions import TruncQuarter

from exchange_groups.choices import TYPES_WAITING_FOR_ANSWERS
from exchange_groups.models import Topic
from exchange_groups.sessions.choices import HELD, NoteKind
from exchange_groups.sessions.models import Note
from kb_site.accounts.choices import TERRITORIES, SiaeType
from kb_site.disclosure import rounded_down
from practices.diagnostic.aggregation import stored_count
from practices.diagnostic.models import Release
from practices.experiences.models import SUCCESSES, Experience
from practices.models import Condition
from search.card_requests.models import CardRequest
from search.zero_results.models import SearchGap

from .periods import Period


class Slice(StrEnum):
    """The one way the figures may be cut at a time: two cuts at once would tell of too few people."""

    TERRITORY = "territoire"
    TYPE = "type"


# The cut, as a field of the structure.
FIELDS = {Slice.TERRITORY: "territory", Slice.TYPE: "siae_type"}


@dataclass(frozen=True)
class Cut:
    """One part of a cut: `Cut(Slice.TYPE, "ACI")`; None for the whole."""

    by: Slice
    value: str

    def of(self, structure: str) -> Q:
        """Return the condition that a row is in this part; `structure`: the path to the structure from the row."""
        return Q(**{f"{structure}__{FIELDS[self.by]}": self.value})


@dataclass(frozen=True)
class Need:
    """One need: what it is, how many now and in the period before, by fives (0: fewer than five)."""

    label: str
    now: int
    before: int = 0
    code: str = ""

    @property
    def trend(self) -> int:
        return self.now - self.before


def _within(cut: Cut | None, structure: str) -> Q:
    return cut.of(structure) if cut else Q()


def _sorted(now: dict[str, int], before: dict[str, int]) -> list[Need]:
    needs = [Need(label, rounded_down(count), rounded_down(before.get(label, 0))) for label, count in now.items()]
    return sorted((need for need in needs if need.now), key=lambda need: (-need.now, need.label))


def _topics(period: Period, cut: Cut | None) -> QuerySet[Topic]:
    start, end = period.moments
    asked = Topic.objects.standing().filter(
        type__in=TYPES_WAITING_FOR_ANSWERS, created_at__gte=start, created_at__lt=end
    )
    return asked.filter(_within(cut, "author__structure"))


def _said(period: Period, cut: Cut | None) -> QuerySet[Note]:
    """The needs said in the sessions held in a period; the session gives their themes."""
    start, end = period.moments
    noted = Note.objects.standing().filter(
        kind=NoteKind.BESOIN, session__state__in=HELD, session__starts_at__gte=start, session__starts_at__lt=end
    )
    return noted.filter(_within(cut, "author__structure"))


def _by_theme(period: Period, cut: Cut | None) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for rows, theme in ((_topics(period, cut), "themes__name"), (_said(period, cut), "session__themes__name")):
        told = rows.exclude(**{theme: None}).values_list(theme).annotate(n=Count("pk", distinct=True)).order_by()  # type: ignore[attr-defined]
        counts.update(dict(told))
    return dict(counts)


def topics_by_theme(period: Period, before: Period, cut: Cut | None) -> list[Need]:
    """Return the themes of what was written in the groups (questions, needs, problems) and of the needs said in sessions.

    Added first, then rounded down: most frequent first.
    """
    return _sorted(_by_theme(period, cut), _by_theme(before, cut))


def topics_asked(period: Period, cut: Cut | None) -> int:
    """Return how many questions, needs and problems were written."""
    return rounded_down(_topics(period, cut).count())


def needs_said(period: Period, cut: Cut | None) -> int:
    """Return how many needs were said in the sessions held."""
    return rounded_down(_said(period, cut).count())


def releases(period: Period, cut: Cut | None) -> list[Release]:
    """Return the last release that each campaign made in this period."""
    made = Release.objects.filter(
        _within(cut, "campaign__structure"), released_on__gte=period.start, released_on__lt=period.end
    )
    return list(made.order_by("campaign_id", "-pk").distinct("campaign_id"))


def people_diagnosed(found: Iterable[Release]) -> int:
    """Return how many people answered, each release by fives."""
    return sum(rounded_down(release.total) for release in found)


@dataclass(frozen=True)
class Quarter:
    """What was written and who was diagnosed in one quarter, by fives."""

    label: str
    asked: int
    people: int


def by_quarter(quarters: Sequence[Period], cut: Cut | None) -> list[Quarter]:
    """Return the figures of quarters that follow one another, in their order, to see where things go."""
    first, last = min(one.start for one in quarters), max(one.end for one in quarters)
    whole = Period("", "", first, last)
    asked = dict(
        _topics(whole, cut)
        .annotate(quarter=TruncQuarter("created_at", output_field=DateField()))
        .values_list("quarter")
        .annotate(n=Count("pk", distinct=True))
        .order_by()
    )
    made = Release.objects.filter(_within(cut, "campaign__structure"), released_on__gte=first, released_on__lt=last)
    latest = made.annotate(quarter=TruncQuarter("released_on")).order_by("quarter", "campaign_id", "-pk")
    people: Counter[datetime.date] = Counter()
    for release in latest.distinct("quarter", "campaign_id"):
        people[release.quarter] += rounded_down(release.total)
    return [Quarter(one.short_label, rounded_down(asked.get(one.start, 0)), people[one.start]) for one in quarters]


def _lacks(found: Iterable[Release]) -> dict[str, int]:
    lacks: Counter[str] = Counter()
    for release in found:
        for slug in release.counts.get("conditions", {}):
            if count := stored_count(release.counts, slug):
                lacks[slug] += rounded_down(count.missing.low)
    return dict(lacks)


def people_lacking(now: Iterable[Release], before: Iterable[Release]) -> list[Need]:
    """Return the conditions that people lack, by how many people, each release by fives."""
    labels = dict(Condition.objects.values_list("slug", "label"))
    current, earlier = (
        {labels[slug]: count for slug, count in _lacks(found).items() if slug in labels} for found in (now, before)
    )
    return _sorted(current, earlier)


def structures_stopped_by(period: Period, before: Period, cut: Cut | None) -> list[Need]:
    """Return what was missing when a practice did not go as hoped, by how many structures."""
    return _sorted(_missed(period, cut), _missed(before, cut))


def _missed(period: Period, cut: Cut | None) -> dict[str, int]:
    rows = (
        Experience.objects.filter(
            _within(cut, "structure"), removed=False, tried_on__gte=period.start, tried_on__lt=period.end
        )
        .exclude(outcome__in=SUCCESSES)
        .exclude(missing_conditions=None)
        .values("missing_conditions__label")
        .annotate(n=Count("structure", distinct=True))
        .order_by()
    )
    return {row["missing_conditions__label"]: row["n"] for row in rows}


def searched_in_vain(period: Period) -> list[Need]:
    """Return the words most often searched without result, that were last searched in this period.

    Only words typed on several days are kept in clear at all (search/zero_results); they have no territory.
    """
    gaps = SearchGap.objects.shown().filter(last_day__gte=period.start, last_day__lt=period.end)
    rows = gaps.exclude(state=SearchGap.State.IGNORED).values_list("words", "without_result")
    return _sorted(dict(rows), {})


def cards_requested(period: Period) -> list[Need]:
    """Return the cards asked of the editors, by how many people say that they miss them."""
    start, end = period.moments
    asked = CardRequest.objects.filter(supports__created_at__gte=start, supports__created_at__lt=end)
    rows = asked.annotate(n=Count("supports", distinct=True)).values_list("need", "n")
    return _sorted(dict(rows), {})


def parts(by: Slice, period: Period) -> list[Need]:
    """Return the parts of a cut with how many people were diagnosed in each, largest first."""
    labels = dict(TERRITORIES) if by == Slice.TERRITORY else {code: str(label) for code, label in SiaeType.choices}
    made = Release.objects.filter(released_on__gte=period.start, released_on__lt=period.end)
    rows = made.order_by("campaign_id", "-pk").distinct("campaign_id").select_related("campaign__structure")
    counts: Counter[str] = Counter()
    for release in rows:
        structure = release.campaign.structure
        if structure is not None:
            counts[getattr(structure, FIELDS[by])] += rounded_down(release.total)
    return [Need(labels[code], count, code=code) for code, count in counts.most_common() if count]
