"""Measure a held session: bytes on the wire of one participant's hour, and two hundred participants at once."""

import socket
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from exchange_groups.live.polling import PACE
from exchange_groups.live.services.running import start_session
from exchange_groups.live.tokens import HOLDS_SECONDS, pulse_address
from exchange_groups.models import Membership
from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import AgendaItem, Note, Session, SessionStep
from kb_site.accounts.models import User
from kb_site.benchmarks.http_client import PHONE, Connection

HOUR = 3600
MOVES, NOTES = 12, 30  # in a lively hour: steps, items or votes, which quicken the pace; notes, which do not
ROUNDS = 3
CLIENTS = 16  # connections that play the participants


@contextmanager
def held_session() -> Iterator[tuple[Session, User]]:
    """A session under way of a group of this site, with steps, items and notes; gone at the end."""
    membership = Membership.objects.in_effect().select_related("user", "group").order_by("pk").first()
    if membership is None:
        raise CommandError("Aucun groupe : lancez d’abord « make run » une fois, pour le contenu d’exemple.")
    session = Session.objects.create(
        group=membership.group, title="Mesure", format="lean_coffee", state=SessionState.OPEN,
        starts_at=timezone.now(), facilitator=membership.user,
    )  # fmt: skip
    try:
        for order in range(1, 6):
            SessionStep.objects.create(
                session=session,
                order=order,
                name=f"Étape {order}",
                minutes=20,
                role="Tous",
                instruction="Consigne " * 20,
            )
            AgendaItem.objects.create(session=session, order=order, title=f"Un sujet choisi par le groupe, n° {order}")
            Note.objects.create(
                session=session, author=membership.user, text=f"Une note de deux lignes, n° {order}. " * 3
            )
        start_session(session=session)
        yield Session.objects.get(pk=session.pk), membership.user
    finally:
        session.delete()


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """The site behind gunicorn as `make run` starts it, on a free port: its port, and the id of its main process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "kb_site.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "error"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def cookie_of(user: User) -> tuple[SessionStore, str]:
    """Sign this person in, in a browser of our own."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store, f"{settings.SESSION_COOKIE_NAME}={store.session_key}; csrftoken={'x' * 32}"


def questions(quiet: float, seconds: float) -> int:
    """How many times a page asks within `seconds`, when nothing has moved for `quiet` seconds and nothing does."""
    asked, at = 0, 0.0
    while (at := at + PACE.wait(quiet + at)) <= seconds:
        asked += 1
    return asked


@dataclass(frozen=True)
class Traffic:
    """The requests of a participant: `pulse` asks for the version, `state` for the regions."""

    port: int
    pulse: str
    state: str
    version: int
    cookie: str

    @property
    def known(self) -> dict[str, str]:
        return PHONE | {"If-None-Match": f'"{self.version}"'}

    def signed_in(self, version: int) -> dict[str, str]:
        """Headers of the page's script that has this version."""
        referer = f"http://127.0.0.1:{self.port}{self.state.removesuffix('etat/')}"
        return PHONE | {"Cookie": self.cookie, "Referer": referer, "X-Live": str(version)}


class Command(BaseCommand):
    help = "Mesure une séance en cours : octets d’un participant par heure, et 200 participants à la fois."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=200, help="participants")
        parser.add_argument("--seconds", type=float, default=2.0, help="durée de chaque mesure d’un tour")

    def handle(self, *args: Any, people: int, seconds: float, **options: Any) -> None:
        with held_session() as (session, user), served() as (port, gunicorn):
            self.counted = [psutil.Process(gunicorn), *_postgresql()]
            store, cookie = cookie_of(user)
            try:
                state = reverse("live_follow_state", args=[session.pk, session.slug])
                traffic = Traffic(port, pulse_address(session.pk), state, session.live_version, cookie)
                self._bytes(traffic)
                self._crowd(traffic, people, seconds)
            finally:
                store.delete()

    def _bytes(self, traffic: Traffic) -> None:
        Load(traffic.port, traffic.state, traffic.signed_in(0), rate=10, seconds=2).warm_up()
        with Connection(traffic.port) as line:
            same = line.ask(traffic.pulse, traffic.known)
            new = line.ask(traffic.pulse, PHONE | {"If-None-Match": '"0"'})
            regions = line.ask(traffic.state, traffic.signed_in(0))
            renewed = line.ask(traffic.state, traffic.signed_in(traffic.version))
        if [one.status for one in (same, new, regions, renewed)] != [304, 200, 200, 200]:
            raise CommandError("Les réponses ne sont pas celles attendues.")
        passes = HOUR // HOLDS_SECONDS * (renewed.bytes + new.bytes)
        still = {quiet: questions(quiet, HOUR) for quiet in (0, HOUR)}
        first, calm = (asked * same.bytes + passes for asked in still.values())
        asked = MOVES * questions(0, HOUR / MOVES)
        lively = asked * same.bytes + (MOVES + NOTES) * (new.bytes + regions.bytes) + passes
        write = self.stdout.write
        write("Octets d’un participant, en-têtes compris, HTTP/1.1 sans TLS (aller + retour) :")
        for name, one in {
            "rien de neuf (304)": same,
            "du neuf (le numéro)": new,
            "la page remise à jour (gzip)": regions,
            "un nouveau laissez-passer": renewed,
        }.items():
            write(f"  {name:30} {one.sent:5} + {one.received:5} = {one.bytes:5} o")
        write("Par participant et par heure :")
        write(f"  rien ne bouge, depuis le début : {first / 1024:6.1f} Ko, {still[0]} questions (but ≤ 85, rêve ≤ 20)")
        write(f"  rien ne bouge, calme établi    : {calm / 1024:6.1f} Ko, {still[HOUR]} questions")
        write(f"  {MOVES} étapes ou sujets, {NOTES} notes     : {lively / 1024:6.1f} Ko, {asked} questions")
        write("  page en arrière-plan           :    0.0 Ko")

    def _crowd(self, traffic: Traffic, people: int, seconds: float) -> None:
        rate = people / PACE.shortest
        bare, asked, shown = "vue nue (/healthz)", "question (304)", "page remise à jour"
        loads = {
            bare: Load(traffic.port, "/healthz", PHONE, rate, seconds),
            asked: Load(traffic.port, traffic.pulse, traffic.known, rate, seconds),
            shown: Load(traffic.port, traffic.state, traffic.signed_in(0), rate / 2, seconds),
        }
        times: dict[str, list[float]] = {kind: [] for kind in loads}
        spent: dict[str, list[float]] = {kind: [] for kind in loads}
        with ThreadPoolExecutor(CLIENTS) as pool:
            for _round in range(ROUNDS):
                for kind, load in loads.items():
                    before = self._cpu()
                    found = [one for part in pool.map(load.play, range(CLIENTS)) for one in part]
                    spent[kind].append((self._cpu() - before) / len(found) * 1000)
                    times[kind] += found
        cpu = {kind: statistics.median(values) for kind, values in spent.items()}
        write = self.stdout.write
        write(f"{people} participants sur une séance, {ROUNDS} tours entrelacés de {seconds:.0f} s, 2 processus web :")
        for kind, found in times.items():
            cuts = statistics.quantiles(found, n=100, method="inclusive")
            write(
                f"  {kind:20} {loads[kind].rate:4.0f}/s  p50 {cuts[49]:6.1f} ms  p95 {cuts[94]:6.1f} ms  "
                f"processeur (web + base) {cpu[kind]:5.2f} ms, × {cpu[kind] / cpu[bare]:4.1f} la vue nue"
            )
        calm = people / PACE.longest
        write(f"  juste après un changement, {rate:.0f} questions/s : {rate * cpu[asked] / 10:5.1f} % d’un cœur")
        write(f"  au calme, {calm:.1f} questions/s : {calm * cpu[asked] / 10:5.2f} % d’un cœur")
        write(
            f"  un changement lu par les {people} : {people * cpu[shown] / 1000:.1f} s de processeur, étalées par le rythme"
        )

    def _cpu(self) -> float:
        """Return the seconds of processor used so far by the site and its database."""
        processes = [child for parent in self.counted for child in (parent, *parent.children(recursive=True))]
        return sum(times.user + times.system for times in (process.cpu_times() for process in processes))


@dataclass(frozen=True)
class Load:
    """One kind of request, asked at a steady rate whatever the answers."""

    port: int
    path: str
    headers: dict[str, str]
    rate: float
    seconds: float

    def warm_up(self) -> None:
        """Ask from several connections, so that each process of the site has loaded what it needs."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(self.play, range(CLIENTS)))

    def play(self, client: int) -> list[float]:
        """Ask this client's share; return the milliseconds from each planned instant to its answer."""
        found = []
        start = time.perf_counter() + 0.1
        with Connection(self.port) as line:
            for number in range(client, int(self.rate * self.seconds), CLIENTS):
                planned = start + number / self.rate
                time.sleep(max(0.0, planned - time.perf_counter()))
                line.ask(self.path, self.headers)
                found.append((time.perf_counter() - planned) * 1000)
        return found


def _postgresql() -> list[psutil.Process]:
    """Return the main process of PostgreSQL when it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    if not psutil.pid_exists(number) or "postgres" not in psutil.Process(number).name():
        return []
    parent = psutil.Process(number).parent()
    return [parent] if parent else []
