"""What nothing names any more leaves the storages; what is named, or has just been sent, stays."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from kb_site.media.orphans import forget_orphans, look_for_orphans
from kb_site.media.tasks import forget_orphan_files

pytestmark = pytest.mark.django_db
TOMORROW = datetime.timedelta(days=2)


@pytest.fixture
def folders(settings, tmp_path, private_files):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def image(folders):
    Picture.new("RGB", (20, 20)).save(stream := io.BytesIO(), "PNG")
    return get_image_model().objects.create(title="Salle", file=ContentFile(stream.getvalue(), name="salle.png"))


def orphans(**options) -> list[str]:
    report = look_for_orphans(**options)
    return sorted(name for names in report.orphans.values() for name in names)


def test_images_their_renditions_and_documents_are_no_orphans(image):
    image.get_rendition("width-10")
    get_document_model().objects.create(title="Note", file=ContentFile(b"Note", name="note.txt"))
    assert orphans(now=timezone.now() + TOMORROW) == []


def test_what_is_left_goes_after_a_day_and_nothing_else(image, folders):
    for alias in ("default", "private"):
        storages[alias].save("ancien/reste.txt", ContentFile(b"Reste"))
    assert orphans() == []  # just sent: its row may be on its way
    assert orphans(now=timezone.now() + TOMORROW) == ["ancien/reste.txt", "ancien/reste.txt"]
    assert storages["private"].exists("ancien/reste.txt")  # looking changes nothing
    forget_orphans(now=timezone.now() + TOMORROW)
    assert not any(storages[alias].exists("ancien/reste.txt") for alias in ("default", "private"))
    assert image.file.storage.exists(image.file.name)


def test_the_command_says_what_it_would_do_and_what_is_missing(image, folders, capsys):
    image.file.storage.delete(image.file.name)
    storages["private"].save("reste.txt", ContentFile(b"Reste"))
    old = timezone.now().timestamp() - TOMORROW.total_seconds()
    import os

    os.utime(storages["private"].path("reste.txt"), (old, old))
    call_command("orphan_files")
    said = capsys.readouterr().out
    assert "« private » : 1 fichiers que rien ne nomme" in said
    assert f"MANQUE : {image.file.name}" in said
    assert storages["private"].exists("reste.txt")
    forget_orphan_files(timestamp=0)
    assert not storages["private"].exists("reste.txt")


@pytest.fixture
def joined(folders, account, django_capture_on_commit_callbacks):
    """A topic of the group with a file on the storage; and a way to see what a commit does to it."""
    from exchange_groups.models import Topic, TopicFile

    topic = Topic.objects.filter(group__slug="cip-ile-de-france").first()
    made = TopicFile.objects.create(
        topic=topic, file=ContentFile(b"%PDF", name="a.pdf"), name="a.pdf", media_type="application/pdf", size=4
    )
    return topic, made, lambda: storages["private"].exists(made.file.name), django_capture_on_commit_callbacks


def test_the_file_of_a_topic_removed_by_moderation_leaves_the_storage(joined, account):
    from exchange_groups.services.moderation import decide_topic_report, report_topic

    topic, _file, stored, committed = joined
    report_topic(topic=topic, reporter=account("membre"), reason="autre")
    with committed(execute=True):
        decide_topic_report(topic=topic, outcome="removed", by=account("animation"), reason="Un nom")
    assert not stored()


@pytest.mark.parametrize("how", ["removed", "merged"])
def test_a_file_that_stayed_with_a_topic_nobody_reads_leaves_at_night(joined, how):
    from exchange_groups.models import Topic
    from exchange_groups.tasks import forget_kept_files

    topic, file, stored, committed = joined
    other = Topic.objects.exclude(pk=topic.pk).first()
    Topic.objects.filter(pk=topic.pk).update(**({"is_removed": True} if how == "removed" else {"merged_into": other}))
    forget_orphans(now=timezone.now() + TOMORROW)
    assert stored(), "a row names it"
    with committed(execute=True):
        forget_kept_files(0)
    assert not stored()
    assert not type(file).objects.filter(pk=file.pk).exists()
