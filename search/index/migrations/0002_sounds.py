from django.db import migrations, models

from search.french import terms_of_bare_word
from search.phonetics import sound


def fill(apps, schema_editor):
    words = apps.get_model("search_index", "VocabularyWord").objects
    batch = []
    for word in words.iterator(chunk_size=2000):
        word.term, word.sound = ''.join(terms_of_bare_word(word.bare)), sound(word.word)
        batch.append(word)
        if len(batch) == 2000:
            words.bulk_update(batch, ["term", "sound"])
            batch = []
    words.bulk_update(batch, ["term", "sound"])


class Migration(migrations.Migration):

    dependencies = [
        ('search_index', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='vocabularyword',
            name='term',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.AddField(
            model_name='vocabularyword',
            name='sound',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='vocabularyword',
            name='sound',
            field=models.CharField(db_index=True, default='', max_length=40),
        ),
    ]
