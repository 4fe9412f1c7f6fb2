"""What is backed up, destroyed and restored is the same again: the database, and the files of every storage."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, models
from psycopg import connect
from psycopg.conninfo import make_conninfo
from pyrage import x25519
from wagtail.models import Page

from kb_site.backup.manifest import checksum
from kb_site.media.storages import peoples_storages
from kb_site.postgresql_programs import ProgramsError, programs_for
from practices.comments.models import Comment
from practices.models import PracticePage
from tests.keeping import keep_in_memory

ROOT = Path(__file__).resolve().parent.parent
WORDS = {"default": "Un guide", "private": "Une pièce jointe", "later": "Un fichier d’un lieu ajouté plus tard"}
NAME = "dossier/été 2026/guide.txt"


def contents() -> dict[str, list]:
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "url_path", "live")),
        "cards": list(PracticePage.objects.order_by("pk").values_list("pk", "limits", "channels")),
        "comments": list(Comment.objects.order_by("pk").values_list("pk", "comment", "thread_id")),
    }


@pytest.fixture
def files(settings, tmp_path):
    """Put one file in each storage, one of which is no folder of this machine, and return how to read them all."""
    places = {"default": tmp_path / "media", "private": tmp_path / "private"}
    settings.MEDIA_ROOT = places["default"]
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["private"] | {"OPTIONS": {"location": places["private"]}},
        "later": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    for alias, words in WORDS.items():
        storages[alias].save(NAME, ContentFile(words.encode()))

    def read() -> dict[str, dict[str, str]]:
        found = {alias: {} for alias in WORDS}
        for alias, here in found.items():
            folders = [""]
            for folder in folders:
                inside, names = storages[alias].listdir(folder)
                folders += [f"{folder}/{name}".lstrip("/") for name in inside]
                for name in names:
                    path = f"{folder}/{name}".lstrip("/")
                    with storages[alias].open(path) as file:
                        here[path] = file.read().decode()
        return found

    return read


@pytest.mark.usefixtures("committed_site")
def test_a_site_comes_back_as_it_was(files, tmp_path):
    before = contents(), files()
    assert before[1] == {alias: {NAME: words} for alias, words in WORDS.items()}
    call_command("backup", tmp_path / "sauvegarde", verbosity=0)
    Comment.objects.all().delete()
    PracticePage.objects.first().delete()
    storages["default"].delete(NAME)
    storages["private"].delete(NAME)
    storages["private"].save(NAME, ContentFile(b"Autre chose"))
    for alias in WORDS:
        storages[alias].save("fait-depuis.txt", ContentFile(b"Apres"))
    with connection.cursor() as cursor:  # a migration since, which points to a table that the backup knows
        cursor.execute("CREATE TABLE made_since (page integer REFERENCES wagtailcore_page)")

    call_command("restore", tmp_path / "sauvegarde", yes=True, verbosity=0)
    assert (contents(), files()) == before
    assert "made_since" not in connection.introspection.table_names()


@pytest.mark.usefixtures("committed_site")
def test_pages_kept_for_visitors_are_forgotten_by_a_restore(client, files, settings, tmp_path):
    keep_in_memory(settings)
    call_command("backup", tmp_path / "sauvegarde", verbosity=0)
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(title="Un titre écrit depuis")
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi").url
    assert "Un titre écrit depuis" in client.get(card).content.decode()
    call_command("restore", tmp_path / "sauvegarde", yes=True, verbosity=0)
    assert "Un titre écrit depuis" not in client.get(card).content.decode()


@pytest.fixture(scope="module")
def first_backup(tmp_path_factory) -> Path:
    """Where the first of the tests below makes its backup: all begin with the same site, and the others copy it."""
    return tmp_path_factory.mktemp("first") / "sauvegarde"


@pytest.mark.usefixtures("committed_site")
class TestARestoreThatIsRefused:
    @pytest.fixture
    def backup(self, files, tmp_path, first_backup) -> Path:
        if not first_backup.exists():
            call_command("backup", first_backup, verbosity=0)
        shutil.copytree(first_backup, tmp_path / "sauvegarde")
        storages["private"].save("fait-depuis.txt", ContentFile(b"Apres"))
        Comment.objects.first().delete()
        return tmp_path / "sauvegarde"

    def refused(self, backup, files) -> str:
        """Try to restore; return why it was refused, after a look at what must not have changed."""
        before = contents(), files()
        with pytest.raises(CommandError) as refusal:
            call_command("restore", backup, yes=True)
        assert (contents(), files()) == before
        assert "\n" not in str(refusal.value)
        return str(refusal.value)

    def test_when_the_folder_holds_no_backup(self, tmp_path, files):
        assert "ne contient pas de sauvegarde" in self.refused(tmp_path, files)

    @pytest.mark.parametrize(
        "name", ["database.dump", "files-default.tar", "files-private.tar", "files-later.tar", "inventory.json"]
    )
    def test_when_a_file_of_it_is_missing_cut_or_changed(self, backup, files, name):
        content = (backup / name).read_bytes()
        middle = len(content) // 2
        for wrong in (content[:middle], content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]):
            (backup / name).write_bytes(wrong)
            assert f"{name} est abîmé" in self.refused(backup, files)
        (backup / name).unlink()
        assert f"{name} manque" in self.refused(backup, files)

    @pytest.mark.parametrize(
        "words", ["", "{}", "[]", '{"format": 99}', '{"format": 1, "files": {"x": 1}}', '{"format": 2, "other": 1}']
    )
    def test_when_its_manifest_is_not_one(self, backup, files, words):
        (backup / "manifest.json").write_text(words, "utf-8")
        assert "manifest.json" in self.refused(backup, files)

    def test_when_the_manifest_names_no_dump(self, backup, files):
        manifest = (backup / "manifest.json").read_text("utf-8")
        (backup / "manifest.json").write_text(manifest.replace("database.dump", "../database.dump"), "utf-8")
        assert "manifest.json" in self.refused(backup, files)

    def test_when_it_has_files_of_a_place_that_this_site_lacks(self, backup, files, settings):
        storages["later"].delete(NAME)
        settings.STORAGES = {alias: value for alias, value in settings.STORAGES.items() if alias != "later"}
        before = contents()
        with pytest.raises(CommandError, match="« later »"):
            call_command("restore", backup, yes=True)
        assert contents() == before

    def test_when_it_comes_from_a_newer_postgresql(self, backup, files):
        major = connection.pg_version // 10000
        manifest = (backup / "manifest.json").read_text("utf-8")
        (backup / "manifest.json").write_text(manifest.replace(f'"server": {major}', f'"server": {major + 1}'), "utf-8")
        assert f"PostgreSQL {major + 1}" in self.refused(backup, files)

    def rewritten(self, backup, **values) -> None:
        manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
        (backup / "manifest.json").write_text(json.dumps(manifest | values), "utf-8")

    def test_when_it_comes_from_a_newer_version_of_the_site(self, backup, files):
        self.rewritten(backup, version="99.0.0")
        assert "version plus récente de ce site (99.0.0)" in self.refused(backup, files)
        self.rewritten(backup, version="0.1.0", format=3)
        assert "version plus récente de ce site" in self.refused(backup, files)

    def test_when_its_tables_are_of_a_migration_that_this_site_does_not_know(self, backup, files):
        manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
        assert "wagtailcore.0001_squashed_0016_change_page_url_path_to_text_field" in manifest["migrations"]
        self.rewritten(backup, migrations=[*manifest["migrations"], "practices.9999_later"])
        assert "practices.9999_later" in self.refused(backup, files)

    def test_when_a_file_of_it_would_be_written_elsewhere(self, backup, files):
        """An archive made by hand, with its checksum: nothing is written out of the storages."""
        for name in ("../dehors.txt", "/tmp/dehors.txt"):  # noqa: S108
            with tarfile.open(backup / "files-private.tar", "w") as tar:
                tar.addfile(tarfile.TarInfo(name), io.BytesIO())
            manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
            self.rewritten(backup, files=manifest["files"] | {
                "files-private.tar": checksum(backup / "files-private.tar")
            })  # fmt: skip
            assert "n’est pas un fichier du site" in self.refused(backup, files)


def told(command: str, *words: object, **options: object) -> str:
    said = io.StringIO()
    call_command(command, *words, stdout=said, **options)
    return said.getvalue()


@pytest.mark.usefixtures("committed_site")
class TestADrill:
    def test_says_that_a_backup_gives_the_site_back_and_touches_nothing(self, files, tmp_path):
        before = contents(), files()
        call_command("backup", tmp_path / "sauvegarde", verbosity=0)
        for words in ([tmp_path / "sauvegarde"], []):
            said = told("backup_drill", *words)
            rows = int(re.search(r"(\d+) lignes", said)[1])
            assert rows > 1000
            assert "Fichiers « private » : 1" in said
            assert "redonne le site" in said
        assert (contents(), files()) == before
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%repetition%'")
            assert cursor.fetchall() == []

    def test_says_what_a_backup_does_not_give_back(self, files, tmp_path):
        """An inventory that counts other things than what was saved, as after a fault of a program."""
        folder = tmp_path / "sauvegarde"
        call_command("backup", folder, verbosity=0)
        inventory = json.loads((folder / "inventory.json").read_text("utf-8"))
        inventory["tables"]["wagtailcore_page"][0] += 1
        inventory["tables"]["practices_theme"][1] = "0"
        inventory["files"]["private"]["perdu.pdf"] = [3, "0"]
        (folder / "inventory.json").write_text(json.dumps(inventory), "utf-8")
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["files"]["inventory.json"] = checksum(folder / "inventory.json")
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        said = io.StringIO()
        with pytest.raises(CommandError, match="ne redonne pas"):
            call_command("backup_drill", folder, stdout=said)
        for words in ("wagtailcore_page", "practices_theme : autre contenu", "perdu.pdf : manque"):
            assert words in said.getvalue()

    def test_refuses_a_damaged_backup_in_one_sentence(self, files, tmp_path):
        call_command("backup", tmp_path / "sauvegarde", verbosity=0)
        (tmp_path / "sauvegarde" / "database.dump").write_bytes(b"PGDMP")
        with pytest.raises(CommandError, match="database.dump est abîmé"):
            call_command("backup_drill", tmp_path / "sauvegarde")


@pytest.mark.usefixtures("committed_site")
class TestAnEncryptedBackup:
    @pytest.fixture
    def key(self, settings, tmp_path) -> Path:
        """Encrypt backups; return the file of the private key, as age-keygen writes it."""
        identity = x25519.Identity.generate()
        settings.BACKUP_PUBLIC_KEY = str(identity.to_public())
        (tmp_path / "cle.txt").write_text(f"# public key: {identity.to_public()}\n{identity}\n", "utf-8")
        return tmp_path / "cle.txt"

    def test_comes_back_with_the_private_key_alone_and_tells_nothing_without(self, files, key, tmp_path):
        before = contents(), files()
        folder = tmp_path / "sauvegarde"
        call_command("backup", folder, verbosity=0)
        stored = b"".join(path.read_bytes() for path in folder.iterdir())
        assert {path.suffix for path in folder.iterdir()} == {".age", ".json"}
        assert not [
            words
            for words in (b"PGDMP", b"CREATE TABLE", NAME.encode(), *map(str.encode, WORDS.values()))
            if words in stored
        ]

        Comment.objects.all().delete()
        storages["private"].delete(NAME)
        now = contents(), files()
        with pytest.raises(CommandError, match="chiffrée : donnez le fichier"):
            call_command("restore", folder, yes=True)
        other = tmp_path / "autre.txt"
        other.write_text(str(x25519.Identity.generate()), "utf-8")
        with pytest.raises(CommandError, match="ne s’ouvre pas avec cette clé"):
            call_command("restore", folder, yes=True, key=other)
        assert (contents(), files()) == now
        assert "redonne le site" in told("backup_drill", folder, key=key)
        call_command("restore", folder, yes=True, key=key, verbosity=0)
        assert (contents(), files()) == before

    def test_is_not_made_for_a_key_that_is_none(self, files, settings, tmp_path):
        settings.BACKUP_PUBLIC_KEY = "clé"
        with pytest.raises(CommandError, match="BACKUP_PUBLIC_KEY"):
            call_command("backup", tmp_path / "sauvegarde")
        assert not (tmp_path / "sauvegarde").exists()

    def test_is_not_opened_with_a_file_that_holds_no_key(self, files, key, tmp_path):
        call_command("backup", tmp_path / "sauvegarde", verbosity=0)
        with pytest.raises(CommandError, match="ne contient pas de clé privée"):
            call_command("restore", tmp_path / "sauvegarde", yes=True, key=tmp_path / "sauvegarde" / "manifest.json")


@pytest.mark.usefixtures("committed_site")
def test_a_backup_of_the_former_format_still_comes_back(files, tmp_path):
    before = contents(), files()
    folder = tmp_path / "sauvegarde"
    call_command("backup", folder, verbosity=0)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "inventory.json").unlink()
    manifest["files"].pop("inventory.json")
    known = {name: manifest[name] for name in ("server", "programs", "storages", "files")}
    (folder / "manifest.json").write_text(json.dumps(known | {"format": 1}), "utf-8")
    Comment.objects.all().delete()
    assert "manage.py migrate" in told("restore", folder, yes=True)
    assert (contents(), files()) == before


def test_a_backup_is_never_written_over(tmp_path):
    (tmp_path / "database.dump").write_text("")
    with pytest.raises(CommandError, match="contient déjà une sauvegarde"):
        call_command("backup", tmp_path)


@pytest.mark.usefixtures("committed_site")
def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(files, monkeypatch, tmp_path):
    """A file that cannot be read: the storage that fails is one of Django's, on a folder in place of the file."""
    (tmp_path / "private" / "impossible").symlink_to(tmp_path / "private" / "impossible")  # leads to itself
    with pytest.raises(CommandError, match="n’est pas faite"):
        call_command("backup", tmp_path / "sauvegarde")
    assert list((tmp_path / "sauvegarde").iterdir()) == []


def test_every_file_that_people_send_is_in_a_storage_of_the_backup():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    of_files = [field for field in fields if isinstance(field, models.FileField)]
    assert of_files
    # What a field names in its migration: nothing for the default storage, else a function or a storage.
    named = {str(field): field.deconstruct()[3].get("storage") for field in of_files}
    of_field = {name: storage() if callable(storage) else storage for name, storage in named.items() if storage}
    assert [name for name, storage in of_field.items() if storage not in peoples_storages().values()] == []


class TestPrograms:
    """pg_dump, pg_restore and psql: the server's own first, else newer ones that it understands."""

    def test_those_of_the_server_come_first(self):
        assert {programs_for(major).major for major in (16, 18)} == {16, 18}  # both come with the site's libraries

    def test_newer_ones_serve_as_long_as_the_server_understands_them(self, monkeypatch):
        monkeypatch.setattr("kb_site.postgresql_programs.FOLDERS", [])  # only those of the site's libraries
        monkeypatch.setenv("PATH", "")
        # Since 17 a restore begins with « SET transaction_timeout », which older servers refuse.
        assert {server: programs_for(server).major for server in (14, 15, 16, 17, 18)} == {
            14: 16, 15: 16, 16: 16, 17: 18, 18: 18
        }  # fmt: skip
        assert programs_for(15, dumped_by=16).major == 16

    def test_when_there_are_none_a_sentence_says_what_to_install(self):
        with pytest.raises(ProgramsError, match="PostgreSQL 99.*postgresql-client-99"):
            programs_for(99)
        with pytest.raises(ProgramsError, match="PostgreSQL 15"):
            programs_for(15, dumped_by=18)


def copied(address: dict[str, str], script: str) -> None:
    """Run a plain dump against a server, with the words that only PostgreSQL 17 and later know left out."""
    newer = ("SET transaction_timeout", "\\restrict", "\\unrestrict")
    plain = "\n".join(line for line in script.split("\n") if not line.startswith(newer))
    command = [programs_for(18).path / "psql", "--quiet", "--set=ON_ERROR_STOP=1", make_conninfo(**address)]
    subprocess.run(command, input=plain, text=True, check=True, capture_output=True)


@pytest.fixture
def server(committed_site, debian_postgresql) -> dict[str, str]:
    """Return the address of a database with the sample site on the distribution's server.

    The commands on the embedded one, while the site runs: tests/test_running_site.py.
    """
    params = connection.get_connection_params()
    embedded = {"host": params["host"], "user": params["user"], "dbname": params["dbname"]}
    address = debian_postgresql.new_database("site")
    dump = [programs_for(18).path / "pg_dump", "--no-owner", make_conninfo(**embedded)]
    copied(address, subprocess.run(dump, text=True, check=True, capture_output=True).stdout)
    return address


def test_the_commands_bring_a_site_back_on_this_server(server, tmp_path):
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}} | {
        "DEMO": "1",
        "DATABASE_URL": "postgres://{user}@/{host}/{dbname}".format(**server),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "PRIVATE_ROOT": str(tmp_path / "private"),
    }
    joined = tmp_path / "private" / "topics" / "piece"
    joined.parent.mkdir(parents=True)
    joined.write_text("Une pièce jointe", "utf-8")

    def run(*words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def known() -> tuple[list, list]:
        with connect(**server) as site:
            pages = site.execute("SELECT id, title, live FROM wagtailcore_page ORDER BY id").fetchall()
            jobs = site.execute("SELECT count(*) FROM procrastinate_jobs").fetchall()
        return pages, jobs

    before = known()
    assert len(before[0]) > 20
    run("backup", str(tmp_path / "sauvegarde"))
    with connect(**server) as site:
        site.execute("UPDATE wagtailcore_page SET title = 'perdu'")
    joined.unlink()
    (tmp_path / "private" / "fait-depuis").write_bytes(b"x")

    run("restore", "--yes", str(tmp_path / "sauvegarde"))
    assert known() == before
    assert [path for path in (tmp_path / "private").rglob("*") if path.is_file()] == [joined]
    assert joined.read_text("utf-8") == "Une pièce jointe"
    run("migrate", "--check")
