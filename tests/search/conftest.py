"""A real Elasticsearch for the tests: the one of ELASTICSEARCH_URL, else one server for the whole run.

Several processes of one run (xdist) share it: the first that needs it starts it, the run's end stops it.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.elasticsearch.server import START_TIMEOUT, missing_tools

# A server of a few minutes: what the second compiler of Java gains later, it takes from the tests.
os.environ["ES_JAVA_OPTS"] = "-XX:TieredStopAtLevel=1"

SERVER = Path(__file__).resolve().parent.parent / "elasticsearch" / "server.py"
# It goes on after the process that starts it, for the others of the run; only what it said when it ended is kept.
START = '{ "$@" > "$0.said" 2>&1; mv "$0.said" "$0.ended"; } &'


def cannot(reason: str) -> None:
    """Skip with the reason; fail where every service must be there (REQUIRE_SERVICES=1)."""
    reason = f"Elasticsearch: set ELASTICSEARCH_URL, or install a JDK 17 and Maven ({reason})"
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def elasticsearch_server(run_folder, worker_id) -> str:
    """Return the address of the server that this run uses."""
    if given := os.environ.get("ELASTICSEARCH_URL"):
        return given
    if missing := missing_tools():
        cannot(f"{', '.join(missing)} missing")
    address = run_folder / "elasticsearch.url"
    with (run_folder / "elasticsearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            # It watches over the process of the whole run, and stops with it however that ends.
            of_run = os.getpid() if worker_id == "master" else os.getppid()
            command = [sys.executable, SERVER, "--address-file", address, "--with-process", str(of_run)]
            subprocess.run(
                ["sh", "-c", START, address, *command],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, check=True,
            )  # fmt: skip
            ended = Path(f"{address}.ended")
            deadline = time.monotonic() + 5 * START_TIMEOUT  # Maven may have to fetch it first
            while not address.exists() and not ended.exists() and time.monotonic() < deadline:
                time.sleep(0.2)
            if not address.exists():
                cannot(ended.read_text() if ended.exists() else "it did not start")
    return address.read_text()


@pytest.fixture
def elasticsearch(elasticsearch_server, settings) -> Iterator[str]:
    """Use Elasticsearch in this test, with indexes of its own that go afterwards; return its address."""
    from search.engines.elasticsearch.connection import client
    from search.engines.elasticsearch.documents import index_pattern
    from search.engines.elasticsearch.responses import breaker

    settings.ELASTICSEARCH_URL = elasticsearch_server
    settings.ELASTICSEARCH_INDEX = f"test{os.getpid()}"
    settings.ELASTICSEARCH_TIMEOUT = 20  # a machine busy with tests is no failure
    breaker.succeeded()
    yield elasticsearch_server
    settings.ELASTICSEARCH_URL = elasticsearch_server
    names = list(client().indices.get(index=index_pattern()))
    if names:
        client().indices.delete(index=names)
    breaker.succeeded()
