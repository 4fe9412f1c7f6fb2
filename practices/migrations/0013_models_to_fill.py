"""Resources may be models to fill in, read on the page or in an office suite."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0012_tool_level_unknown_in_drafts")]

    operations = [
        migrations.AlterField(
            "resourcepage",
            "type",
            models.CharField(
                choices=[
                    ("article", "Article"),
                    ("guide", "Guide"),
                    ("video", "Vidéo"),
                    ("partner", "Partenaire"),
                    ("modele", "Modèle à remplir"),
                ],
                max_length=10,
                verbose_name="type",
            ),
        ),
    ]
