import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("backup", "sauvegarde"), ("drill", "répétition du retour")], max_length=10
                    ),
                ),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "opération",
                "verbose_name_plural": "opérations",
                "ordering": ["-done_at"],
            },
        ),
    ]
