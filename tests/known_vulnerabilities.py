"""Known vulnerabilities of the locked libraries: `python -m tests.known_vulnerabilities`, after the tests in CI.

Ends with 1 when there is one. Where the database cannot be reached, or knows nothing (some mirrors of PyPI answer without
it), it says « not judged » and ends with 0.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Whoever has the database knows that this version has vulnerabilities.
CONTROL = "django==4.2.0\n"


class NotJudgedError(Exception):
    """The database does not answer."""


def audit(requirements: Path, *options: str) -> list[dict[str, Any]]:
    """Return what pip-audit says of each library, without installing any. Raises NotJudgedError."""
    uv = Path(sys.executable).with_name("uv")
    command = [uv, "tool", "run", "pip-audit", "--disable-pip", "--format", "json", *options, "-r", requirements]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        libraries: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
        raise NotJudgedError(str(error)) from error
    if skipped := [one["name"] for one in libraries if "skip_reason" in one]:
        raise NotJudgedError(f"{len(skipped)} libraries are unknown to it, as {skipped[0]}")
    return libraries


def main() -> int:
    try:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as control:
            control.write(CONTROL)
            control.flush()
            if not any(one["vulns"] for one in audit(Path(control.name), "--no-deps")):
                raise NotJudgedError("it knows no vulnerability of a library that has some")
        libraries = audit(ROOT / "requirements" / "site.txt", "--require-hashes")
    except NotJudgedError as why:
        print(f"Known vulnerabilities: not judged, their database does not answer here ({why}).")
        return 0
    found = [f"{one['name']} {one['version']}: {vuln['id']}" for one in libraries for vuln in one["vulns"]]
    print("\n".join(found) or f"Known vulnerabilities: none in {len(libraries)} libraries.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
