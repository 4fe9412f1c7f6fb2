"""`make run`: prepare the database, the content and the files, then serve until Ctrl-C or SIGTERM."""

import contextlib
import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import Any

import psutil
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kb_site.accounts.demo import DEMO_PASSWORD
from kb_site.accounts.models import User
from kb_site.embedded_postgresql.server import create_database
from kb_site.process_supervisor import CannotWork, SupervisedProcess

MEGABYTE = 1_000_000
ROOM_TO_INSTALL, ROOM_TO_RUN = 300, 50  # MB: the database and its content take 150, PostgreSQL's journal grows by 16
PROCESSES = settings.VAR_DIR / "run_site.json"  # web and worker of the last run: [number, time of creation]


def end_orphans() -> None:
    """End the web server and the worker that a killed `make run` left behind; those of a living one are left alone."""
    if not PROCESSES.exists():
        return
    for number, created in json.loads(PROCESSES.read_text() or "[]"):
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(number)
            parent = process.parent()
            if process.create_time() == created and (parent is None or "run_site" not in parent.cmdline()):
                started = process.children(recursive=True)
                process.terminate()
                for one in psutil.wait_procs([process, *started], timeout=10)[1]:
                    one.kill()


def follow_host(host: str, port: int) -> None:
    """Let absolute addresses start where the site is served, in every process, unless SITE_URL says otherwise.

    A host that stands for all of the machine's (0.0.0.0) is no address: that of the settings stays.
    """
    if "SITE_URL" not in os.environ and host not in {"0.0.0.0", "::"}:  # noqa: S104
        name = f"[{host}]" if ":" in host else host
        settings.SITE_URL = os.environ["SITE_URL"] = f"http://{name}:{port}"


def is_of_before(loader: MigrationLoader) -> bool:
    """Whether the database was made by a version whose migrations are gone: those of our apps started anew once."""
    tops = {"kb_site", "practices", "exchange_groups", "search"}
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in tops}
    gone = {"experts", "lifespan", "link_checks", "proposals", "review", "search_index", "sheets", "upkeep"}
    return any(
        app in gone or app in ours for app, name in loader.applied_migrations if (app, name) not in loader.graph.nodes
    )


class Command(BaseCommand):
    help = "Prépare et lance le site (web et tâches) sur cette machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, host: str, **options: Any) -> None:
        port = int(settings.PORT)  # from the environment alone: every process builds addresses with it
        self._refuse_taken_port(host, port)
        follow_host(host, port)
        try:
            end_orphans()
            self._refuse_full_disk()
            self._prepare()
        except OSError as error:
            reason = "le disque est plein" if error.errno == errno.ENOSPC else error
            raise CommandError(f"Impossible d’écrire dans {settings.VAR_DIR} : {reason}.") from error
        except (DatabaseError, subprocess.SubprocessError) as error:
            first_line = str(error).strip().splitlines()[0]
            what = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "la base embarquée"
            raise CommandError(f"La base de données ne répond pas ({what}) : {first_line}") from error
        self._welcome(host, port)
        self._serve(host, port)

    def _refuse_taken_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                why = "est déjà pris" if error.errno == errno.EADDRINUSE else f"est refusé ({error.strerror})"
                raise CommandError(f"Le port {port} {why}. Essayez : PORT=8001 make run") from error

    def _refuse_full_disk(self) -> None:
        settings.VAR_DIR.mkdir(exist_ok=True)
        directory = settings.DATABASES["default"].get("DATA_DIRECTORY")
        needed = ROOM_TO_RUN if directory is None or (directory / "PG_VERSION").exists() else ROOM_TO_INSTALL
        left = shutil.disk_usage(settings.VAR_DIR).free // MEGABYTE
        if left < needed:
            raise CommandError(
                f"Le disque est plein : il reste {left} Mo dans {settings.VAR_DIR}, il en faut {needed}."
            )

    def _prepare(self) -> None:
        database = settings.DATABASES["default"]
        if "DATA_DIRECTORY" in database:
            self.stdout.write("Base de données…")
            create_database(database["DATA_DIRECTORY"], database["NAME"])
        executor = MigrationExecutor(connection)
        if is_of_before(executor.loader):
            raise CommandError(
                "Cette base de démonstration vient d’une version trop ancienne pour être mise à jour. "
                "« make clean » puis « make run » en refont une ; ce que vous y avez écrit n’est pas repris."
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Tables…")
            call_command("migrate", verbosity=0)
        call_command("setup_site", stdout=self.stdout)
        call_command("load_sample_content", stdout=self.stdout)
        if not settings.DEBUG and self._static_files_are_stale():
            self.stdout.write("Fichiers statiques…")
            call_command("collectstatic", interactive=False, verbosity=0)

    @staticmethod
    def _static_files_are_stale() -> bool:
        manifest = settings.STATIC_ROOT / "staticfiles.json"
        if not manifest.exists():
            return True
        sources = [
            *(settings.BASE_DIR / "kb_site" / "static").rglob("*.*"),
            settings.BASE_DIR / "kb_site/static_files.py",
            settings.BASE_DIR / "requirements/site.txt",
        ]
        return max(path.stat().st_mtime for path in sources) > manifest.stat().st_mtime

    def _welcome(self, host: str, port: int) -> None:
        self.stdout.write(f"\n  {settings.SITE_NAME} : http://{host}:{port}/   (édition : /admin/)\n")
        if settings.DEMO:
            self.stdout.write(f"  Comptes de démonstration, mot de passe « {DEMO_PASSWORD} » :")
            for user in User.objects.filter(email__endswith="@example.org").order_by("pk"):
                groups = ", ".join(user.groups.values_list("name", flat=True)) or user.get_status_display()
                self.stdout.write(f"    {user.email:34} {'Administration' if user.is_superuser else groups}")
        self.stdout.write("\n  Ctrl-C pour arrêter.\n")
        connection.close()

    def _serve(self, host: str, port: int) -> None:
        web = [sys.executable, "-m", "gunicorn", "kb_site.wsgi", "--bind", f"{host}:{port}", "--workers", "2"]
        web += ["--threads", "4", "--log-level", "warning", "--worker-tmp-dir", "/dev/shm"]  # noqa: S108
        if not os.path.isdir("/dev/shm"):  # noqa: S108, PTH112
            web = web[:-2]
        worker = [sys.executable, "manage.py", "procrastinate", "worker"]
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # SIGHUP: the terminal is closed
            signal.signal(number, ask_to_stop)
        kept: list[SupervisedProcess] = []
        try:
            for name, command in (("le site", web), ("les tâches", worker)):
                kept.append(SupervisedProcess(name, command, folder=str(settings.BASE_DIR), say=self.stdout.write))
                self._note(kept)
            while not stop.wait(0.5):
                if any(one.look() for one in kept):
                    self._note(kept)
        except CannotWork as error:
            raise CommandError(f"« {error} » s’arrête à chaque fois : voyez son message ci-dessus.") from error
        finally:
            for one in kept:
                one.process.terminate()  # does nothing to a process that has stopped
            deadline = time.monotonic() + 10
            for one in kept:
                one.stop(deadline)
        self.stdout.write("Site arrêté.")

    @staticmethod
    def _note(kept: list[SupervisedProcess]) -> None:
        rows = []
        for one in kept:
            with contextlib.suppress(psutil.NoSuchProcess):
                rows.append([one.process.pid, psutil.Process(one.process.pid).create_time()])
        PROCESSES.write_text(json.dumps(rows))
