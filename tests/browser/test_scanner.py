"""Wapiti, a scanner of web sites, finds nothing of severity, as a visitor and as a member. It knows this machine alone."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import require

ROOT = Path(__file__).resolve().parent.parent.parent
SCANNER = ROOT / "var" / "scanner" / "bin" / "wapiti"  # `make scanner`
# Without those that speak to a server of Wapiti's authors (ssrf, xxe, log4shell…), nor those for other people's software.
# Nor csrf, which sends a form as it stood, then with a false token, and finds a fault when both get the same answer: it sends
# no cookie of the token, so that both are refused by the same page (403). What a token is worth: tests/test_form_tokens.py.
MODULES = "sql,xss,permanentxss,file,exec,redirect,crlf,csp,cookieflags,http_headers,backup,methods"
# Five pages of a folder stand for all: they are the same code. What is not reached in this time is left out.
SCAN_SECONDS, ATTACK_SECONDS = 10, 2  # the second for each module
MEDIUM = 2


@pytest.mark.parametrize("role", [None, "membre"], ids=["visitor", "member"])
def test_the_scanner_finds_nothing_of_severity(site, signed_in, tmp_path, role):
    require(SCANNER.exists(), "the scanner is not installed (make scanner)")
    report = tmp_path / "report.json"
    command = [
        str(SCANNER), "--url", f"{site}/", "--scope", "folder", "--module", MODULES, "--depth", "4", "--tasks", "1",
        "--max-links-per-page", "40", "--max-files-per-dir", "5", "--max-parameters", "12",
        "--max-scan-time", str(SCAN_SECONDS), "--max-attack-time", str(ATTACK_SECONDS), "--timeout", "10", "--no-bugreport",
        "--exclude", f"{site}/compte/deconnexion/", "--flush-session", "--store-session", str(tmp_path),
        "--store-config", str(tmp_path / "config"), "--format", "json", "--output", str(report),
    ]  # fmt: skip
    if role:
        cookie = signed_in(role).cookies[settings.SESSION_COOKIE_NAME].value
        command += ["--cookie-value", f"{settings.SESSION_COOKIE_NAME}={cookie}"]
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    for _again in range(2):  # its own database, on a machine that is busy, gives up as « locked »
        done = subprocess.run(command, env=home, capture_output=True, text=True, timeout=300, check=False)
        if report.exists():
            break
    assert report.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    found = json.loads(report.read_text("utf-8"))
    assert found["infos"]["crawled_pages_nbr"] > 10, done.stdout[-2000:]
    severe = [
        (kind, one["path"], one.get("parameter"), one["info"])
        for kind, ones in (found["vulnerabilities"] | found["anomalies"]).items()
        for one in ones
        if one["level"] >= MEDIUM
    ]
    assert severe == []
