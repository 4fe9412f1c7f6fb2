"""Cards say where what they tell was learnt, and may be yet to be tried."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0010_orientations")]

    operations = [
        migrations.AddField(
            "practicepage",
            "provenance",
            models.CharField(
                blank=True,
                choices=[
                    ("terrain", "vécue dans une structure"),
                    ("sources", "écrite d’après des sources publiques, pas encore essayée"),
                    ("demonstration", "exemple fictif"),
                ],
                default="terrain",
                help_text="Dite aux lecteurs, sur la fiche et partout où elle est reprise.",
                max_length=13,
                verbose_name="provenance",
            ),
        ),
        migrations.AlterField(
            "practicepage",
            "evidence",
            models.CharField(
                choices=[
                    ("a_eprouver", "À éprouver"),
                    ("temoignage", "Témoignage"),
                    ("une_structure", "Éprouvée dans une structure"),
                    ("plusieurs_structures", "Éprouvée dans plusieurs structures"),
                    ("evalue", "Évaluée"),
                    ("recommande_reseau", "Recommandée par le réseau"),
                ],
                max_length=20,
                verbose_name="niveau de preuve",
            ),
        ),
    ]
