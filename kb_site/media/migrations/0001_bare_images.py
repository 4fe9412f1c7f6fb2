"""Images stored before they were freed of their metadata: the originals are encoded anew, the renditions made again."""

import contextlib
import hashlib

from django.core.files.base import ContentFile
from django.db import migrations

from kb_site.media.metadata import ImageRefused, without_metadata


def take_metadata_out(apps, schema_editor):
    for image in apps.get_model("wagtailimages", "Image").objects.iterator():
        for rendition in image.renditions.all():
            rendition.file.storage.delete(rendition.file.name)
            rendition.delete()
        with contextlib.suppress(FileNotFoundError, ImageRefused):
            storage, name = image.file.storage, image.file.name
            with storage.open(name) as file:
                bare = without_metadata(file)
            image.file = storage.save(name, ContentFile(bare))
            storage.delete(name)
            image.file_size, image.file_hash = len(bare), hashlib.sha1(bare).hexdigest()
            image.save()


class Migration(migrations.Migration):
    dependencies = [('wagtailimages', '0027_image_description')]

    operations = [migrations.RunPython(take_metadata_out, migrations.RunPython.noop, elidable=True)]
