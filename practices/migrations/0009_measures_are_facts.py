"""What a fact says now is no longer typed on the tool; the figures are copied from it at each save."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0008_measures_become_facts")]

    operations = [
        migrations.RemoveField("toolpage", "data_date"),
        migrations.RemoveField("toolpage", "data_device"),
        migrations.RemoveField("toolpage", "data_source"),
        *[
            migrations.AlterField(
                "toolpage",
                f"{name}_mb_{end}",
                models.PositiveIntegerField(
                    editable=False, null=True, verbose_name=f"{name_in_words} : Mo par heure, {end_in_words}"
                ),
            )
            for name, name_in_words in (("audio", "audio"), ("video", "vidéo"))
            for end, end_in_words in (("min", "minimum"), ("max", "maximum"))
        ],
    ]
