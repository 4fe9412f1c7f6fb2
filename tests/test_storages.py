"""What people send is read by the account that runs the site, and by no other of the machine."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from kb_site.media.storages import peoples_storages


def mode(path):
    return oct(path.stat().st_mode & 0o777)


@pytest.mark.parametrize("alias", sorted(set(settings.STORAGES) - {"staticfiles"}))
def test_files_and_their_folders_open_to_no_other_account(alias, tmp_path):
    given = settings.STORAGES[alias]
    storage = storages.create_storage(given | {"OPTIONS": given.get("OPTIONS", {}) | {"location": tmp_path / "place"}})
    name = storage.save("sujets/2026/un-texte.txt", ContentFile(b"ce qui s'est dit"))
    file = Path(storage.path(name))
    assert [mode(path) for path in (file, file.parent, file.parent.parent)] == ["0o600", "0o700", "0o700"]


@pytest.mark.django_db
def test_folders_made_before_are_closed_when_the_site_is_set_up(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    Path(settings.MEDIA_ROOT).mkdir(mode=0o755)
    call_command("setup_site", stdout=io.StringIO())
    assert mode(Path(peoples_storages()["default"].location)) == "0o700"
