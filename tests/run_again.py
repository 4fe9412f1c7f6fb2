"""Run again, alone, the few browser tests that failed: `python -m tests.run_again`, after a run that failed in CI.

A window of Chromium shares two cores with two other processes: it may be later there than a test was willing to wait, which
says nothing about the site. A fault fails again. Any other failure, or more than a few, ends with 1 without a second run.
Each test that passes only alone is named: it waits for the wrong thing, and is mended like a fault.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST = 3


def failed_before() -> list[str]:
    """Return the identifiers of the tests that failed in the last run; empty when it kept no list."""
    kept = ROOT / ".pytest_cache/v/cache/lastfailed"
    return sorted(json.loads(kept.read_text("utf-8"))) if kept.exists() else []


def may_run_again(failed: list[str]) -> bool:
    return 0 < len(failed) <= MOST and all(test.startswith("tests/browser/") and "::" in test for test in failed)


def main() -> int:
    failed = failed_before()
    if not may_run_again(failed):
        return 1
    print("Run again, alone:", *failed, sep="\n  ", flush=True)
    again = subprocess.run([sys.executable, "-m", "pytest", *failed], cwd=ROOT, check=False)
    if again.returncode == 0:
        print("Passed only alone, to mend:", *failed, sep="\n  ", flush=True)
    return again.returncode


if __name__ == "__main__":
    sys.exit(main())
