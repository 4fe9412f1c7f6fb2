"""What the field needs, from topics, diagnostics, experiences and searches: distinct people, by fives, downwards.

Everything told here passes by kb_site/disclosure.py: ten topics of one author count once, and no figure comes from fewer
than five people or five structures.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from exchange_groups.choices import TYPES_WAITING_FOR_ANSWERS
from exchange_groups.models import Topic
from exchange_groups.sessions.choices import HELD, THERE, NoteKind
from exchange_groups.sessions.models import Note, Registration
from kb_site.accounts.choices import TERRITORIES, SiaeType
from kb_site.disclosure import Said, is_crowd, of_structures, parts_told, people_told, published, rounded_down, within
from practices.diagnostic.aggregation import stored_count
from practices.diagnostic.models import Release
from practices.experiences.models import SUCCESSES, Experience
from practices.models import Condition
from search.card_requests.models import Support
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
    needs = [Need(label, count, before.get(label, 0)) for label, count in now.items()]
    return sorted(needs, key=lambda need: (-need.now, need.label))


# Who said what in a period, in one part of a cut or in the whole.
Sayings = Callable[[Period, Cut | None], list[Said]]


def _told(sayings: Sayings, period: Period, cut: Cut | None) -> dict[str, int]:
    """Return the cells of a table that may be told; those of a part of a cut, as parts of the same cells of the whole."""
    if cut is None:
        return published(sayings(period, None))
    return within(published(sayings(period, cut)), published(sayings(period, None)))


def _people(sayings: Sayings, period: Period, cut: Cut | None) -> int:
    """Return how many distinct people said something, by fives."""
    if cut is None:
        return people_told(sayings(period, None))
    part, whole = people_told(sayings(period, cut)), people_told(sayings(period, None))
    return within({"": part}, {"": whole}).get("", 0)


def _said(rows: "QuerySet[Any]", *columns: str) -> list[Said]:
    """Read sayings in one query; `columns`: the cell, the person, their structure, the moment."""
    found = rows.exclude(**{columns[1]: None}).order_by().distinct().values_list(*columns)
    return [Said(cell, person, structure, at) for cell, person, structure, at in found]


def _topics(period: Period, cut: Cut | None) -> QuerySet[Topic]:
    start, end = period.moments
    asked = Topic.objects.standing().filter(
        type__in=TYPES_WAITING_FOR_ANSWERS, created_at__gte=start, created_at__lt=end
    )
    return asked.filter(_within(cut, "author__structure"))


def _notes(period: Period, cut: Cut | None) -> QuerySet[Note]:
    """The needs noted in the sessions held in a period; the session gives their themes."""
    start, end = period.moments
    noted = Note.objects.standing().filter(
        kind=NoteKind.BESOIN, session__state__in=HELD, session__starts_at__gte=start, session__starts_at__lt=end
    )
    return noted.filter(_within(cut, "author__structure"))


def _asked(period: Period, cut: Cut | None) -> list[Said]:
    return _said(_topics(period, cut), "type", "author", "author__structure", "created_at")


def _needs_noted(period: Period, cut: Cut | None) -> list[Said]:
    return _said(_notes(period, cut), "kind", "author", "author__structure", "written_at")


def _by_theme(period: Period, cut: Cut | None) -> list[Said]:
    topics = _topics(period, cut).exclude(themes=None)
    notes = _notes(period, cut).exclude(session__themes=None)
    return [
        *_said(topics, "themes__name", "author", "author__structure", "created_at"),
        *_said(notes, "session__themes__name", "author", "author__structure", "written_at"),
    ]


def topics_by_theme(period: Period, before: Period, cut: Cut | None) -> list[Need]:
    """Return the themes of what was written in the groups (questions, needs, problems) and of the needs noted in sessions,
    by how many people; most frequent first."""
    return _sorted(_told(_by_theme, period, cut), _told(_by_theme, before, cut))


def people_who_asked(period: Period, cut: Cut | None) -> int:
    """Return how many people wrote a question, a need or a problem."""
    return _people(_asked, period, cut)


def people_whose_needs_were_noted(period: Period, cut: Cut | None) -> int:
    """Return how many people noted a need in the sessions held."""
    return _people(_needs_noted, period, cut)


def people_there(period: Period) -> int:
    """Return how many people came to the sessions held: once each, whatever they came to; a single session tells of
    those who came to it. A guest without account has no structure that could be counted: guests are left out."""
    start, end = period.moments
    there = Registration.objects.filter(
        session__state__in=HELD, session__starts_at__gte=start, session__starts_at__lt=end, presence__in=THERE
    )
    return people_told(_said(there, "presence", "user", "user__structure", "session__starts_at"))


def releases(period: Period) -> list[Release]:
    """Return the last release that each team made in this period: who answered two diagnostics counts once."""
    return _last_of_each_team(_made_in(period), period)


def _made_in(period: Period) -> QuerySet[Release]:
    made = Release.objects.filter(released_on__gte=period.start, released_on__lt=period.end)
    return made.select_related("campaign__structure").order_by("pk")


def _last_of_each_team(made: Iterable[Release], period: Period) -> list[Release]:
    """Return the last release of each team in a period; `made`: the oldest first."""
    within_it = (release for release in made if period.start <= release.released_on < period.end)
    last = {(one.campaign.structure_id, one.campaign.principal, one.campaign.place): one for one in within_it}
    return list(last.values())


def _crowd_of(release: Release) -> Hashable:
    """The structure that answered, or the group when a group did."""
    return release.campaign.structure_id or release.campaign.principal


def _by_part(found: Iterable[Release], by: Slice) -> dict[str, dict[Hashable, int]]:
    """Return part of the cut → structure → how many of its people are counted."""
    parts: defaultdict[str, dict[Hashable, int]] = defaultdict(dict)
    for release in found:
        if (structure := release.campaign.structure) is not None:
            of_part = parts[getattr(structure, FIELDS[by])]
            of_part[structure.pk] = of_part.get(structure.pk, 0) + rounded_down(release.total)
    return parts


def _of_cut(found: Sequence[Release], cut: Cut | None) -> list[Release]:
    """Return those of a part of a cut; none when the part itself may not be told."""
    if cut is None:
        return list(found)
    if cut.value not in parts_told(_by_part(found, cut.by)):
        return []
    kept = (one for one in found if one.campaign.structure is not None)
    return [one for one in kept if getattr(one.campaign.structure, FIELDS[cut.by]) == cut.value]


def people_diagnosed(found: Sequence[Release], cut: Cut | None = None) -> int:
    """Return how many people answered, each release by fives; 0 when too few structures answered."""
    kept = _of_cut(found, cut)
    return sum(rounded_down(release.total) for release in kept) if is_crowd(map(_crowd_of, kept)) else 0


def structures_diagnosed(found: Iterable[Release]) -> int:
    """Return how many structures, or groups, led a diagnostic, by fives."""
    return rounded_down(len({_crowd_of(release) for release in found}))


@dataclass(frozen=True)
class Quarter:
    """How many people wrote, and were diagnosed, in one quarter, by fives."""

    label: str
    asked: int
    people: int


def by_quarter(quarters: Sequence[Period], cut: Cut | None) -> list[Quarter]:
    """Return the figures of quarters that follow one another, in their order, to see where things go."""
    whole = Period("", "", min(one.start for one in quarters), max(one.end for one in quarters))
    parts, everyone = _asked(whole, cut), _asked(whole, None) if cut else []
    made = list(_made_in(whole))

    def of_quarter(said: list[Said], quarter: Period) -> int:
        start, end = quarter.moments
        return people_told(one for one in said if start <= one.at < end)

    rows = []
    for one in quarters:
        asked = of_quarter(parts, one)
        if cut is not None:
            asked = within({"": asked}, {"": of_quarter(everyone, one)}).get("", 0)
        rows.append(Quarter(one.short_label, asked, people_diagnosed(_last_of_each_team(made, one), cut)))
    return rows


def _lacks(found: Iterable[Release]) -> dict[str, int]:
    """Return condition → how many people lack it at least, where those of five structures do: what is told of each structure
    is added, then rounded down."""
    lacks: Counter[str] = Counter()
    where: defaultdict[str, set[Hashable]] = defaultdict(set)
    for release in found:
        for slug in release.counts.get("conditions", {}):
            count = stored_count(release.counts, slug)
            if count and count.missing.is_some:
                lacks[slug] += count.missing.low
                where[slug].add(_crowd_of(release))
    told = {slug: rounded_down(number) for slug, number in lacks.items() if is_crowd(where[slug])}
    return {slug: number for slug, number in told.items() if number}


def people_lacking(now: Sequence[Release], before: Sequence[Release], cut: Cut | None = None) -> list[Need]:
    """Return the conditions that people lack, by how many people at least, by fives."""
    labels = dict(Condition.objects.values_list("slug", "label"))
    current, earlier = (
        _lacks(found) if cut is None else within(_lacks(_of_cut(found, cut)), _lacks(found)) for found in (now, before)
    )
    named = ({labels[slug]: count for slug, count in told.items() if slug in labels} for told in (current, earlier))
    return _sorted(*named)


def _stopped(period: Period, cut: Cut | None) -> list[Said]:
    rows = (
        tried(period).filter(_within(cut, "structure")).exclude(outcome__in=SUCCESSES).exclude(missing_conditions=None)
    )
    return of_structures(_said(rows, "missing_conditions__label", "author", "structure", "created_at"))


def structures_stopped_by(period: Period, before: Period, cut: Cut | None) -> list[Need]:
    """Return what was missing when a practice did not go as hoped, by how many structures."""
    return _sorted(_told(_stopped, period, cut), _told(_stopped, before, cut))


def tried(period: Period) -> QuerySet[Experience]:
    """Return the experiences of a period that stand."""
    return Experience.objects.filter(removed=False, tried_on__gte=period.start, tried_on__lt=period.end)


def _experiences(period: Period, cut: Cut | None = None) -> list[Said]:
    return of_structures(_said(tried(period), "outcome", "author", "structure", "created_at"))


def structures_by_outcome(period: Period) -> dict[str, int]:
    """Return outcome → how many structures told of it."""
    return published(_experiences(period))


def structures_that_tried(period: Period) -> int:
    """Return how many structures told of a practice they tried."""
    return people_told(_experiences(period))


def searched_in_vain(period: Period) -> list[Need]:
    """Return the words most often searched without result, that were last searched in this period.

    Nobody is stored with a search: days stand for people, so words typed on fewer than five days are not told, however many
    times they were on those days (see search/zero_results).
    """
    gaps = SearchGap.objects.shown().filter(last_day__gte=period.start, last_day__lt=period.end)
    rows = gaps.exclude(state=SearchGap.State.IGNORED).values_list("words", "without_result", "days")
    counts = {words: rounded_down(min(without_result, days)) for words, without_result, days in rows}
    return _sorted({words: count for words, count in counts.items() if count}, {})


def _requests(period: Period, cut: Cut | None = None) -> list[Said]:
    start, end = period.moments
    asked = Support.objects.filter(created_at__gte=start, created_at__lt=end)
    return _said(asked, "request__need", "user", "user__structure", "created_at")


def cards_requested(period: Period) -> list[Need]:
    """Return the cards asked of the editors, by how many people say that they miss them."""
    return _sorted(_told(_requests, period, None), {})


def parts(by: Slice, period: Period) -> list[Need]:
    """Return the parts of a cut with how many people were diagnosed in each, largest first."""
    labels = dict(TERRITORIES) if by == Slice.TERRITORY else {code: str(label) for code, label in SiaeType.choices}
    shown = parts_told(_by_part(releases(period), by))
    found = [Need(labels[code], count, code=code) for code, count in shown.items() if count]
    return sorted(found, key=lambda need: (-need.now, need.label))
