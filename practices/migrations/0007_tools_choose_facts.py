"""Tools choose the facts of the register that their figures come from."""

import django.db.models.deletion
from django.db import migrations, models


def _measure(label: str) -> "models.ForeignKey":
    return models.ForeignKey(
        blank=True,
        limit_choices_to={"unit": "mo_heure"},
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="facts.fact",
        verbose_name=label,
    )


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_facts"), ("practices", "0006_pictures_of_steps")]

    operations = [
        migrations.AddField("toolpage", "audio_fact", _measure("une heure d’audio")),
        migrations.AddField("toolpage", "video_fact", _measure("une heure de vidéo")),
    ]
