"""Every page is answered whatever happens to the shared cache, or to the folder of the pages kept for visitors."""

import logging
import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client

import kb_site.settings
from practices.comments.models import Comment
from practices.models import PracticePage
from tests.comments.acting import add_address, sent
from tests.conftest import require

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
SIGN_IN, CODE = "/compte/connexion/", "/compte/connexion/code/"


class Redis:
    """A Redis of this test alone, on a port of its own, that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(command, cwd=self._folder, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("redis-server did not start")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def refuse_writes(self) -> None:
        """As when its memory is full: it goes on reading."""
        from redis import Redis as Client

        with Client(port=self.port) as client:
            client.config_set("maxmemory", 1)


@pytest.fixture
def redis(tmp_path) -> Iterator[Redis]:
    require(shutil.which("redis-server"), "Redis is not installed (apt-get install redis-server)")
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def use(settings) -> Iterator[Callable[..., None]]:
    """Return a function that gives the site its real caches, on a Redis or on a folder."""

    def keep_in(*, redis: Redis | None = None, folder: Path | None = None) -> None:
        real = {alias: cache | {"OPTIONS": {**cache["OPTIONS"]}} for alias, cache in kb_site.settings.CACHES.items()}
        if redis:
            kept = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis.url}
            for cache in real.values():
                cache["OPTIONS"]["KEPT_IN"] = kept
        else:
            real["pages"]["OPTIONS"]["KEPT_IN"] |= {"LOCATION": folder}
            real["parts"]["OPTIONS"]["KEPT_IN"] |= {"LOCATION": folder / "parts"}
        settings.CACHES = real
        settings.CACHE_RETRY_AFTER = 60

    yield keep_in
    caches["default"].clear()


@contextmanager
def not_as_root() -> Iterator[None]:
    """Root may write everywhere: be the owner of the embedded server, whom it lets in."""
    if os.geteuid() == 0:
        os.seteuid(kb_site.settings.DATABASES["default"]["DATA_DIRECTORY"].stat().st_uid)
    try:
        yield
    finally:
        os.seteuid(os.getuid())


@contextmanager
def full_disk() -> Iterator[None]:
    """No file takes one more byte, as on a full disk."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def browse(account, *, seconds: float | None = None) -> None:
    """Go through what must answer right: pages of a visitor, a sign-in by code, a comment that then shows.

    `seconds`: most answers take less, and none much longer, but for the first, which finds out that something fails. Waiting
    for the cache would slow each of them; a busy machine slows one.
    """
    took = []

    def timed(ask: Callable, *args, **kwargs):
        start = time.monotonic()
        answer = ask(*args, **kwargs)
        took.append(time.monotonic() - start)
        return answer

    visitor = Client()
    for address in ("/", "/pratiques/", "/outils/", CARD, CARD, SIGN_IN):
        assert timed(visitor.get, address).status_code == 200, address
    assert timed(visitor.post, CODE, {"email": "membre@example.org"}).status_code == 302
    member = Client()
    member.force_login(account("membre"))
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    text = f"Chez nous cela marche le lundi, {uuid.uuid4().hex[:3]}"
    assert timed(member.post, add_address(card), sent(text)).status_code in {302, 303}
    assert Comment.objects.filter(comment=text).count() == 1
    assert text in timed(member.get, CARD).content.decode()
    PracticePage.objects.filter(pk=card.pk).update(title=text)
    assert text in timed(Client().get, CARD).content.decode()
    if seconds:
        assert statistics.median(took[1:]) < seconds, took
        assert max(took) < 10 * seconds, took


@pytest.mark.usefixtures("committed_site")
class TestRedis:
    @pytest.mark.parametrize("fault", ["kill", "freeze", "refuse_writes"])
    def test_when_it_fails_every_page_is_answered_and_none_waits(self, use, redis, account, fault, caplog):
        use(redis=redis)
        browse(account)
        assert "fails" not in caplog.text
        getattr(redis, fault)()
        browse(account, seconds=0.6)
        # Once for each of the five caches, not at every request.
        said = [record for record in caplog.records if record.levelno >= logging.WARNING and "fails" in record.message]
        assert 1 <= len(said) <= 5

    def test_when_it_was_never_there(self, use, redis, account):
        redis.kill()
        use(redis=redis)
        browse(account)

    def test_once_it_is_back_pages_are_kept_there_again(self, use, redis, settings):
        use(redis=redis)
        settings.CACHE_RETRY_AFTER = 0.1
        redis.kill()
        assert Client().get(CARD).status_code == 200
        redis.start()
        time.sleep(0.15)
        Client().get(CARD)
        PracticePage.objects.none().update(title="")  # no statement, nothing to forget
        before = caches["parts"].get("clock")
        assert before
        assert Client().get(CARD).status_code == 200
        assert caches["parts"].get("clock") == before

    def test_what_was_withdrawn_while_it_did_not_answer_is_not_shown_once_it_does(self, use, redis, settings):
        use(redis=redis)
        settings.CACHE_RETRY_AFTER = 0.1
        assert Client().get(CARD).status_code == 200  # kept from now on
        redis.freeze()
        PracticePage.objects.get(slug="cafe-visio-du-jeudi").unpublish()
        redis.thaw()
        time.sleep(0.15)
        assert Client().get(CARD).status_code in {404, 410}

    def test_codes_are_not_sent_without_end_while_it_is_down(self, use, redis):
        use(redis=redis)
        redis.kill()
        answers = [Client().post(CODE, {"email": "membre@example.org"}) for _time in range(5)]
        assert [answer.status_code for answer in answers[:3]] == [302] * 3
        assert all("Trop d’essais" in answer.content.decode() for answer in answers[3:])


@pytest.mark.usefixtures("committed_site")
class TestTheFolderOfPages:
    def test_when_it_cannot_be_made(self, use, account, tmp_path):
        (tmp_path / "file").write_text("")
        use(folder=tmp_path / "file" / "pages")
        browse(account)

    def test_when_it_becomes_read_only(self, use, account, open_folder):
        folder = open_folder / "pages"
        use(folder=folder)
        browse(account)
        for path in (*folder.rglob("*"), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with not_as_root():
            browse(account)
        folder.chmod(0o755)

    def test_when_its_disk_is_full(self, use, account, tmp_path):
        use(folder=tmp_path / "pages")
        browse(account)
        with full_disk():
            browse(account)

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda content: content[:40], id="cut short"),
            pytest.param(lambda content: b"\x80\xe1" + content[2:], id="by another Python"),
            pytest.param(lambda content: content[:2] + b"\x95" + b"\xff" * 8 + content[11:], id="a length is wrong"),
            pytest.param(lambda _content: b"cgone_module\ngone\n.", id="by code that is gone"),
        ],
    )
    def test_when_what_is_in_it_can_no_longer_be_read(self, use, account, tmp_path, damage):
        use(folder=tmp_path / "pages")
        browse(account)
        for path in (tmp_path / "pages").rglob("*.djcache"):
            path.write_bytes(damage(path.read_bytes()))
        browse(account)
