"""A real Elasticsearch on this machine, for the tests, the bench and whoever has a JDK 17 and Maven.

    python tests/elasticsearch/server.py --port 9200      (Ctrl-C stops it)
    python tests/elasticsearch/server.py --run COMMAND    (with ELASTICSEARCH_URL; stops with it)

The official server comes from Maven Central (pom.xml), into a cache that git ignores; a small plugin adds the token
filters of its module analysis-common, which is not published there. Data and settings live in a temporary folder
that goes when the server stops. It refuses to run as root: it then runs as nobody.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
IS_ROOT = os.geteuid() == 0
START_TIMEOUT = 180  # seconds, on a machine busy with other things
SETTINGS = """
cluster.name: tests
discovery.type: single-node
xpack.security.enabled: false
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport_port}
cluster.routing.allocation.disk.threshold_enabled: false
path.data: {folder}/data
path.logs: {folder}/logs
"""


class Unavailable(Exception):
    """Elasticsearch cannot be started here; the message says what is missing."""


def missing_tools() -> list[str]:
    """Return the programs that are needed and absent."""
    needed = ["java", "javac", "mvn", *(["setpriv"] if IS_ROOT else [])]
    return [name for name in needed if shutil.which(name) is None]


def _cache() -> Path:
    # Another user must be able to read it when this one is root, whose home is closed.
    return Path("/var/cache/passe-relais") if IS_ROOT else HERE.parent.parent / "var" / "elasticsearch"


def installed() -> Path:
    """Return the folder of the server, fetched and completed with the plugin when it is not there yet."""
    sources = [HERE / "pom.xml", *sorted((HERE / "plugin").iterdir())]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    cache = _cache()
    cache.mkdir(parents=True, exist_ok=True)
    target = cache / f"server-{digest}"
    with (cache / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            if missing := missing_tools():
                raise Unavailable(f"{', '.join(missing)} missing")
            unfinished = Path(tempfile.mkdtemp(dir=cache))
            try:
                unfinished.chmod(0o755)
                _install(unfinished)
                next(unfinished.glob("elasticsearch*")).rename(target)
            finally:
                shutil.rmtree(unfinished)
    return target


def _install(folder: Path) -> None:
    maven = ["mvn", "-q", "-B", "--strict-checksums", "-f", str(HERE / "pom.xml")]
    maven += [f"-Dserver.directory={folder}", "process-resources"]
    fetched = subprocess.run(maven, check=False, capture_output=True, text=True)
    if fetched.returncode:
        raise Unavailable(f"Maven could not fetch the server: {fetched.stdout[-500:]}")
    server = next(folder.glob("elasticsearch*"))
    plugin = server / "plugins" / "french-analysis"
    plugin.mkdir(parents=True)
    classes = folder / "classes"
    javac = ["javac", "--release", "17", "-cp", f"{server}/lib/*", "-d", str(classes)]
    subprocess.run([*javac, str(HERE / "plugin" / "FrenchAnalysisPlugin.java")], check=True)
    shutil.make_archive(str(plugin / "french-analysis"), "zip", classes)
    (plugin / "french-analysis.zip").rename(plugin / "french-analysis.jar")
    shutil.copy(HERE / "plugin" / "plugin-descriptor.properties", plugin)
    for path in server.rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One running Elasticsearch; `url` answers when start() returns."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="elasticsearch-"))

    def start(self) -> None:
        """Start the server and wait until it answers. Raises Unavailable with the end of its log."""
        home = installed()
        config = self._folder / "config"
        shutil.copytree(home / "config", config)
        settings = SETTINGS.format(port=self.port, transport_port=free_port(), folder=self._folder)
        (config / "elasticsearch.yml").write_text(settings)
        (self._folder / "tmp").mkdir()
        if IS_ROOT:
            subprocess.run(["chown", "-R", "nobody:nogroup", str(self._folder)], check=True)
        environment = os.environ | {
            "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(self._folder / "tmp"),
            "HOME": str(self._folder),
            "ES_JAVA_HOME": str(Path(shutil.which("java") or "").resolve().parent.parent),
            "ES_JAVA_OPTS": f"-Xms512m -Xmx512m {os.environ.get('ES_JAVA_OPTS', '')}",
        }
        command = [*(AS_NOBODY if IS_ROOT else []), str(home / "bin" / "elasticsearch")]
        with (self._folder / "output.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                log_end = (self._folder / "output.log").read_text(errors="replace")[-2000:]
                self.stop()
                raise Unavailable(f"Elasticsearch did not start: {log_end}")
            time.sleep(0.3)

    def _answers(self) -> bool:
        address = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(address, timeout=3) as answer:
            return not json.load(answer)["timed_out"]
        return False

    def stop(self) -> None:
        """Stop the server and forget its data."""
        if self._process and self._process.poll() is None:
            # The launcher and the server it started are one group.
            os.killpg(self._process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _run_beside(port: int, command: list[str]) -> int:
    if os.environ.get("ELASTICSEARCH_URL"):
        return subprocess.run(command, check=False).returncode
    server = Server(port)
    environment = dict(os.environ)
    try:
        try:
            server.start()
            environment["ELASTICSEARCH_URL"] = server.url
        except Unavailable as error:
            print(f"Without Elasticsearch: {error}", file=sys.stderr)
        return subprocess.run(command, check=False, env=environment).returncode
    finally:
        server.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description="Run Elasticsearch until Ctrl-C.")
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--address-file", type=Path, help="where to write its address once it answers")
    parser.add_argument("--with-process", type=int, help="stop when this process has gone")
    parser.add_argument("--run", nargs=argparse.REMAINDER, help="command to run beside it; alone where it cannot start")
    options = parser.parse_args()
    if options.run:
        return _run_beside(options.port, options.run)
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.append(True))
    server = Server(options.port)
    try:
        server.start()
        if options.address_file:
            unfinished = options.address_file.with_suffix(".part")
            unfinished.write_text(server.url)
            unfinished.rename(options.address_file)
        print(f"Elasticsearch answers: ELASTICSEARCH_URL={server.url}   (Ctrl-C stops it)", flush=True)
        while not asked and (not options.with_process or _is_alive(options.with_process)):
            time.sleep(0.5)
    except Unavailable as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
