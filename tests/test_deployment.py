"""Settings of a real deployment: safe by default, refused when they are not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import path

from kb_site.urls import handler404, handler500, urlpatterns  # noqa: F401 - the addresses of one test add to them

ROOT = Path(__file__).resolve().parent.parent
REAL = {"SECRET_KEY": "k" * 25 + "éÀ&0-Zq!" * 6, "ALLOWED_HOSTS": "exemple.org", "SITE_URL": "https://exemple.org"}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=inherited | environment, capture_output=True, text=True, check=False)  # noqa: S603


def test_a_real_deployment_passes_every_check():
    result = check(**REAL)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {name: value for name, value in REAL.items() if name != "SECRET_KEY"},
        REAL | {"DEMO": "1"},
    ],
    ids=["nothing set", "no secret key", "demonstration on a public host"],
)
def test_an_unsafe_deployment_is_refused(environment):
    assert check(**environment).returncode != 0


def test_compose_starts_again_whatever_stops_and_knows_what_does_not_answer():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    once = services.pop("prepare")
    assert once["restart"] == "no"
    assert {name: service.get("restart") for name, service in services.items()} == dict.fromkeys(
        services, "unless-stopped"
    )
    assert [name for name, service in services.items() if "healthcheck" not in service] == []
    compile(services["web"]["healthcheck"]["test"][-1], "healthcheck", "exec")


def test_systemd_starts_again_what_stops_and_runs_commands_that_exist():
    units = {unit.name: unit.read_text("utf-8") for unit in (ROOT / "docs" / "systemd").iterdir()}
    for name in ("passe-relais-web.service", "passe-relais-worker.service"):
        assert "Restart=always" in units[name]
        assert "StartLimitIntervalSec=0" in units[name], "PostgreSQL may be away for longer than ten tries"
    commands = {word for unit in units.values() for word in re.findall(r"manage\.py (\w+)", unit)}
    assert commands == {"procrastinate", "backup", "backup_drill", "site_health"}
    assert commands <= get_commands().keys()


def fails(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("away/", fails(OperationalError("server closed the connection"))),
    path("closed/", fails(InterfaceError("connection already closed"))),
    path("fault/", fails(ZeroDivisionError())),
    *urlpatterns,
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "status"), [("/away/", 503), ("/closed/", 503), ("/fault/", 500)])
def test_a_database_that_is_away_is_said_and_is_no_fault_of_the_site(address, status):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    words = "Sa base de données redémarre" if status == 503 else "Un problème de notre côté"
    assert words in answer.content.decode()
