"""What is backed up, destroyed and restored is the same again."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from practices.models import Comment, PracticePage


def contents() -> dict[str, list]:
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "url_path", "live")),
        "cards": list(PracticePage.objects.order_by("pk").values_list("pk", "limits", "channels")),
        "comments": list(Comment.objects.order_by("pk").values_list("pk", "comment", "thread_id")),
    }


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "documents").mkdir(parents=True)
    (settings.MEDIA_ROOT / "documents/guide.txt").write_text("Un guide", "utf-8")
    return settings.MEDIA_ROOT


@pytest.mark.usefixtures("committed_site")
def test_a_site_comes_back_as_it_was(media, tmp_path):
    before = contents()
    call_command("backup", tmp_path / "sauvegarde", verbosity=0)
    Comment.objects.all().delete()
    PracticePage.objects.first().delete()
    (media / "documents/guide.txt").unlink()

    call_command("restore", tmp_path / "sauvegarde", yes=True, verbosity=0)
    assert contents() == before
    assert (media / "documents/guide.txt").read_text("utf-8") == "Un guide"


@pytest.mark.usefixtures("committed_site")
def test_a_folder_that_holds_no_backup_changes_nothing(media, tmp_path):
    before = contents()
    with pytest.raises(CommandError, match="ne contient pas de sauvegarde"):
        call_command("restore", tmp_path, yes=True)
    assert contents() == before


def test_a_backup_is_never_written_over(tmp_path):
    (tmp_path / "database.dump").write_text("")
    with pytest.raises(CommandError, match="contient déjà une sauvegarde"):
        call_command("backup", tmp_path)
