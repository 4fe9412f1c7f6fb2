"""Irregular verbs are read in their infinitive: the index is written anew once the tables are there (search/apps.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("findable", "0003_word_pairs")]
    operations = [migrations.RunSQL("DELETE FROM search_index_indexedentry", migrations.RunSQL.noop)]
