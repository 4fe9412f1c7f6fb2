"""An identity server (server.mjs) and the site that signs people in with it (site.py), each in a process of its own."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent
START_TIMEOUT = 120  # seconds, on a machine busy with other things


class Unavailable(Exception):
    """The identity server cannot be started here; the message says what is missing."""


def install() -> None:
    """Fetch the identity server's libraries unless they are here as the lock file says. Raises Unavailable."""
    if missing := [name for name in ("node", "npm") if shutil.which(name) is None]:
        raise Unavailable(f"{', '.join(missing)} missing")
    with (HERE / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the processes of one run (xdist) share the folder
        wanted, done = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
        if done.exists() and done.stat().st_mtime >= wanted.stat().st_mtime:
            return
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        fetched = subprocess.run(command, cwd=HERE, check=False, capture_output=True, text=True)
        if fetched.returncode:
            raise Unavailable(f"npm could not fetch the identity server: {fetched.stderr[-500:]}")


@contextlib.contextmanager
def identity_server(port: int, site: str) -> Iterator[str]:
    """Run the identity server for the site at this address; yield its own address (the issuer)."""
    issuer = f"http://localhost:{port}"
    command = ["node", str(HERE / "server.mjs"), str(port), site]
    with _running(command, answers_at=f"{issuer}/.well-known/openid-configuration"):
        yield issuer


@contextlib.contextmanager
def site_with(issuer: str, *, database: str, port: int) -> Iterator[str]:
    """Run the site on this database with this identity server; yield its address."""
    address = f"http://127.0.0.1:{port}"
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SITE_URL": address,
        "OPENID_CONNECT_SERVER": issuer,
        "OPENID_CONNECT_CLIENT_ID": "essai",
        "OPENID_CONNECT_CLIENT_SECRET": "secret-d-essai",
        "OPENID_CONNECT_VERIFIED_EMAIL": "1",
    }
    command = [sys.executable, "-m", "tests.openid.site", database, str(port)]
    with _running(command, answers_at=f"{address}/healthz", **environment):
        yield address


@contextlib.contextmanager
def _running(command: list[str], *, answers_at: str, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=os.environ | environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + START_TIMEOUT
        while not _answers(answers_at):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} did not start")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(address, timeout=3):
        return True
    return False
