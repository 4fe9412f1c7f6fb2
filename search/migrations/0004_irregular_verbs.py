"""Irregular verbs are read in their infinitive: the index is written anew once the tables are there (search/apps.py)."""

from django.db import migrations, models

import search.models.meaning


class Migration(migrations.Migration):
    dependencies = [("findable", "0003_word_pairs")]
    operations = [
        migrations.RunSQL("DELETE FROM search_index_indexedentry", migrations.RunSQL.noop),
        migrations.AlterField(
            "need",
            "values",
            search.models.meaning.FacetValuesField(
                base_field=models.CharField(max_length=60),
                blank=True,
                default=list,
                help_text="Ce qui les porte monte dans les résultats, sujets des groupes compris, pour qui peut les lire.",
                size=None,
                verbose_name="thèmes et problèmes",
            ),
        ),
    ]
