"""What is looked at. A check asks what it looks after, changes nothing, and says in one sentence what it found."""

import datetime
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef, Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from kb_site.compliance.publisher import lacking
from kb_site.french.dates import french_date
from kb_site.home.blanks import blank_pages
from kb_site.identity.face import face
from kb_site.mailing.models import AddressProblem, Delivery
from search.engines.elasticsearch.health import read_health

from .models import Operation

LATE = datetime.timedelta(minutes=15)  # the worker takes a job within seconds
LATELY = datetime.timedelta(days=7)
DAY = datetime.timedelta(days=1)
BACKUP_EVERY = datetime.timedelta(hours=30)  # each night, and time to be slow
DRILL_EVERY = datetime.timedelta(days=8)
FREE_LEAST, FREE_SHARE = 2**30, 0.05  # bytes, and share of the disk
PRINTED = "django.core.mail.backends.console.EmailBackend"


@dataclass(frozen=True)
class Finding:
    """What a check found: whether it is well, in one sentence, what to do if not, and figures for a monitor."""

    is_well: bool
    words: str
    advice: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A part of the site that is looked at; its name is that of its figures."""

    name: str
    label: str | Promise
    look: Callable[[], Finding]


def failed_jobs() -> Iterator[int]:
    """Yield the ids of the jobs that were given up lately."""
    lately = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), type="failed", at__gt=timezone.now() - LATELY)
    yield from ProcrastinateJob.objects.filter(Exists(lately), status="failed").values_list("pk", flat=True)


def _queue() -> Finding:
    before = timezone.now() - LATE
    deferred = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), type__in=("deferred", "deferred_for_retry"))
    late = (
        ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lt=before), status="todo")
        .exclude(Exists(deferred.filter(at__gte=before)))
        .count()
    )
    failed = len(list(failed_jobs()))
    figures = {"late": late, "failed": failed}
    if late:
        words = ngettext("%(n)d tâche attend depuis plus d’un quart d’heure.", "%(n)d tâches attendent depuis plus d’un quart d’heure.", late)  # fmt: skip
        return Finding(False, words % {"n": late}, _("Le service « worker » est-il en marche ? Relancez-le."), figures)
    if failed:
        words = ngettext(
            "%(n)d tâche a échoué depuis sept jours.", "%(n)d tâches ont échoué depuis sept jours.", failed
        )
        return Finding(False, words % {"n": failed}, _("Lisez le journal du worker, puis relancez-les d’ici."), figures)
    return Finding(True, _("Rien n’attend, rien n’a échoué."), figures=figures)


def _mails() -> Finding:
    now = timezone.now()
    if settings.EMAIL_BACKEND == PRINTED and not settings.DEMO:
        return Finding(False, _("Aucun e-mail ne part."), _("Donnez l’adresse d’un serveur de mail : EMAIL_URL."))
    lately = Delivery.objects.filter(created_at__gt=now - DAY)
    waiting = lately.filter(state=Delivery.State.READY, created_at__lt=now - LATE).count()
    uncertain = lately.filter(state=Delivery.State.UNCERTAIN).count()
    sent = lately.filter(state=Delivery.State.SENT).count()
    refused = AddressProblem.objects.filter(lifted_at=None, last_at__gt=now - LATELY).count()
    figures = {"sent": sent, "waiting": waiting, "uncertain": uncertain, "refused_addresses": refused}
    words = _("Depuis hier : %(sent)d partis, %(waiting)d en attente, %(uncertain)d incertains ; %(refused_addresses)d adresses refusées en sept jours.")  # fmt: skip
    is_well = not (waiting or uncertain)
    advice = "" if is_well else _("Le serveur de mail répond-il ? Le journal du worker dit ce qu’il a répondu.")
    return Finding(is_well, words % figures, advice, figures)


def _done(kind: Operation.Kind, every: datetime.timedelta, advice: str) -> Finding:
    last = Operation.objects.filter(kind=kind).values_list("done_at", flat=True).first()
    if last is None:
        return Finding(False, _("Jamais faite."), advice)
    age = timezone.now() - last
    words = _("La dernière réussie date du %s.") % french_date(timezone.localtime(last), "j F Y à H:i")
    is_well = age <= every
    return Finding(is_well, words, "" if is_well else advice, {"age_seconds": age.total_seconds()})


def _backup() -> Finding:
    return _done(Operation.Kind.BACKUP, BACKUP_EVERY, _("Lancez « manage.py backup » chaque nuit (docs/back-up.md)."))


def _drill() -> Finding:
    return _done(
        Operation.Kind.DRILL, DRILL_EVERY, _("Lancez « manage.py backup_drill » chaque semaine (docs/back-up.md).")
    )


def _search() -> Finding:
    health = read_health()
    figures = {"entries": health.entries, "waiting": health.waiting}
    if not health.in_use:
        return Finding(True, _("PostgreSQL cherche dans %d choses.") % health.entries, figures=figures)
    if not health.answers:
        words = _("Elasticsearch ne répond pas, PostgreSQL répond à sa place.")
        return Finding(False, words, _("Relancez Elasticsearch (docs/elasticsearch.md)."), figures)
    words = _("%(waiting)d changements attendent d’être envoyés à Elasticsearch.") % {"waiting": health.waiting}
    return Finding(health.is_well, words, "" if health.is_well else _("Voyez « Index de recherche »."), figures)


def _disk() -> Finding:
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    is_well = usage.free > max(FREE_LEAST, usage.total * FREE_SHARE)
    words = _("%s libres là où sont les fichiers.") % filesizeformat(usage.free)
    advice = "" if is_well else _("Agrandissez le disque, ou déplacez les sauvegardes.")
    return Finding(is_well, words, advice, {"free_bytes": usage.free})


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if left:
        words = _("%d changements de la base n’ont pas été passés.") % left
        return Finding(False, words, _("Lancez « manage.py migrate »."), {"left": left})
    return Finding(True, _("À jour."), figures={"left": 0})


def _legal_pages() -> Finding:
    blank = [] if settings.DEMO else blank_pages()  # the demonstration answers for nothing
    missing = [] if settings.DEMO else lacking(face())
    if missing:
        words = _("Les mentions légales sont incomplètes : %s.") % ", ".join(missing)
        return Finding(False, words, _("Réglages → « Identité du site »."), {"blank": len(missing) + len(blank)})
    if not blank:
        return Finding(True, _("Aucun blanc."), figures={"blank": 0})
    words = _("Il reste un blanc dans : %s.") % ", ".join(page.title for page in blank)
    return Finding(False, words, _("Complétez-les dans l’édition, puis publiez."), {"blank": len(blank)})


CHECKS = (
    Check("queue", gettext_lazy("File des tâches"), _queue),
    Check("mails", gettext_lazy("E-mails"), _mails),
    Check("backup", gettext_lazy("Sauvegarde"), _backup),
    Check("drill", gettext_lazy("Répétition du retour"), _drill),
    Check("search", gettext_lazy("Recherche"), _search),
    Check("disk", gettext_lazy("Place sur le disque"), _disk),
    Check("legal_pages", gettext_lazy("Pages légales"), _legal_pages),
    Check("tables", gettext_lazy("Base de données"), _tables),
)


def examine() -> list[tuple[Check, Finding]]:
    """Look at everything, in order."""
    return [(check, check.look()) for check in CHECKS]
