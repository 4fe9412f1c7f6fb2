"""The report for those who fund: what was done in a period, as titled tables that a page, a CSV or a workbook prints."""

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
from .periods import Period, before

NEEDS_SHOWN = 10
MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Table:
    """A titled table: the names of its columns and its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


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


def _needs_rows(found: list[needs.Need]) -> list[Sequence[Any]]:
    return [(need.label, by_fives(need.now), by_fives(need.before)) for need in found[:NEEDS_SHOWN]]


def _outcomes(period: Period) -> list[Sequence[Any]]:
    counts = needs.structures_by_outcome(period)
    return [(str(label), by_fives(counts.get(code, 0))) for code, label in Outcome.choices]


def report(period: Period) -> list[Table]:
    """Return the tables of the report, in the order they are read."""
    earlier = before(period)
    now, then = needs.releases(period), needs.releases(earlier)
    compared = (_("Besoin"), _("Période"), _("Période d’avant"))
    return [
        Table(_("Activité"), (_("Mesure"), _("Nombre")), _activity(period)),
        Table(
            _("Ce que les équipes demandent, par thème"),
            compared,
            _needs_rows(needs.topics_by_theme(period, earlier, None)),
        ),
        Table(_("Ce qui manque aux personnes"), compared, _needs_rows(needs.people_lacking(now, then))),
        Table(
            _("Ce qui a arrêté les structures"),
            compared,
            _needs_rows(needs.structures_stopped_by(period, earlier, None)),
        ),
        Table(_("Ce qui est cherché sans réponse"), compared, _needs_rows(needs.searched_in_vain(period))),
        Table(_("Les fiches demandées"), compared, _needs_rows(needs.cards_requested(period))),
        Table(_("Retours d’expérience"), (_("Issue"), _("Structures")), _outcomes(period)),
    ]
