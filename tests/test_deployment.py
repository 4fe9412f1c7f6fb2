"""Settings of a real deployment: safe by default, refused when they are not."""

import os
import subprocess
import sys

import pytest

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
