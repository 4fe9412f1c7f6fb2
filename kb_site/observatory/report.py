"""The report for those who fund: what was done in a period, as titled tables and charts that a page or a file prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from exchange_groups.choices import GroupState
from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.choices import HELD
from exchange_groups.sessions.models import Session
from practices.experiences.models import Outcome
from practices.models import PracticePage

from . import needs
from .charts import Chart, compared_bars
from .periods import Period, before

NEEDS_SHOWN = 10
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Table:
    """A titled table: the names of its columns, its rows, and what of them a chart shows beside it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    chart: Chart | None = None


def by_fives(count: int) -> str:
    """Say a count that was rounded down: « au moins 20 ». What is not told may be any number: many people of one structure."""
    return _("au moins %d") % count if count else _("trop peu pour le dire")


def _activity(period: Period) -> list[Sequence[Any]]:
    start, end = period.moments
    groups = ExchangeGroup.objects.filter(state=GroupState.ACTIVE)
    talking = groups.filter(topics__created_at__gte=start, topics__created_at__lt=end).distinct().count()
    cards = PracticePage.objects.live().filter(first_published_at__gte=start, first_published_at__lt=end).count()
    made = needs.releases(period)
    rows: list[Sequence[Any]] = [
        (_("Groupes d’échanges actifs"), groups.count()),
        (_("dont groupes où l’on a écrit"), talking),
        *_sessions(period),
        (
            _("Personnes qui ont écrit une question, un besoin ou un problème"),
            by_fives(needs.people_who_asked(period, None)),
        ),
        (_("Fiches pratiques publiées"), cards),
        (_("Structures qui ont raconté un essai"), by_fives(needs.structures_that_tried(period))),
        (_("Structures qui ont mené un diagnostic"), by_fives(needs.structures_diagnosed(made))),
        (_("Personnes diagnostiquées"), by_fives(needs.people_diagnosed(made))),
    ]
    return rows


def _sessions(period: Period) -> list[Sequence[Any]]:
    """The sessions held, their hours, and how many people were there."""
    start, end = period.moments
    held = Session.objects.filter(state__in=HELD, starts_at__gte=start, starts_at__lt=end)
    figures = held.aggregate(sessions=Count("pk"), minutes=Sum("minutes", default=0))
    hours = f"{figures['minutes'] / MINUTES_PER_HOUR:.1f}".replace(".", ",").removesuffix(",0")
    return [
        (_("Séances d’échanges tenues"), figures["sessions"]),
        (_("Heures de séance"), hours),
        (_("Participants aux séances"), by_fives(needs.people_there(period))),
        (_("Personnes qui ont dit un besoin en séance"), by_fives(needs.people_whose_needs_were_noted(period, None))),
    ]


def _compared(title: str, found: list[needs.Need], period: Period, earlier: Period) -> Table:
    """The table of needs of two periods, the most frequent first, with its chart."""
    shown = found[:NEEDS_SHOWN]
    rows = [(need.label, by_fives(need.now), by_fives(need.before)) for need in shown]
    columns = (_("Besoin"), period.short_label, earlier.short_label)
    return Table(title, columns, rows, compared_bars([(need.label, need.now, need.before) for need in shown]))


def _alone(title: str, found: list[needs.Need]) -> Table:
    """The table of what has no figure of the period before."""
    return Table(title, (_("Besoin"), _("Nombre")), [(need.label, by_fives(need.now)) for need in found[:NEEDS_SHOWN]])


def _quarters(period: Period) -> Table:
    """How many people wrote, and were diagnosed, in each quarter of a period that holds several."""
    found = needs.by_quarter(period.quarters, None)
    rows = [(one.label, by_fives(one.asked), by_fives(one.people)) for one in found]
    columns = (_("Trimestre"), _("Ont écrit une demande"), _("Diagnostiquées"))
    chart = compared_bars([(one.label, one.asked, one.people) for one in found], names=columns[1:])
    return Table(_("Personnes, de trimestre en trimestre"), columns, rows, chart)


def _outcomes(period: Period) -> list[Sequence[Any]]:
    counts = needs.structures_by_outcome(period)
    return [(str(label), by_fives(counts.get(code, 0))) for code, label in Outcome.choices]


def report(period: Period) -> list[Table]:
    """Return the tables of the report, in the order they are read."""
    earlier = before(period)
    now, then = needs.releases(period), needs.releases(earlier)
    tables = [Table(_("Activité"), (_("Mesure"), _("Nombre")), _activity(period))]
    if len(period.quarters) > 1:
        tables.append(_quarters(period))
    return [
        *tables,
        _compared(
            _("Ce que les équipes demandent, par thème"),
            needs.topics_by_theme(period, earlier, None),
            period,
            earlier,
        ),
        _compared(_("Ce qui manque aux personnes"), needs.people_lacking(now, then), period, earlier),
        _compared(
            _("Ce qui a arrêté les structures"), needs.structures_stopped_by(period, earlier, None), period, earlier
        ),
        _alone(_("Ce qui est cherché sans réponse"), needs.searched_in_vain(period)),
        _alone(_("Les fiches demandées"), needs.cards_requested(period)),
        Table(_("Retours d’expérience"), (_("Issue"), _("Structures")), _outcomes(period)),
    ]
