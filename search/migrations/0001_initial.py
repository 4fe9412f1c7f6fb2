import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import search.models.index
from django.db import migrations, models


# Django has no primary key that includes a column: ranking reads the weight from the index alone.
POSTINGS = """
CREATE TABLE search_index_posting (
    entry_id bigint NOT NULL, weight real NOT NULL, term varchar(40) NOT NULL,
    PRIMARY KEY (term, entry_id) INCLUDE (weight)
);
CREATE INDEX search_index_posting_entry ON search_index_posting (entry_id);
"""
# Entries also go by cascade, which no code of ours sees: the database itself notes every change.
NOTE_CHANGES = """
CREATE FUNCTION search_index_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_index_changedentry (entry_id) VALUES (COALESCE(NEW.entry_id, OLD.entry_id));
    RETURN NULL;
END $$;
CREATE TRIGGER search_index_note_change AFTER INSERT OR UPDATE OR DELETE ON search_index_indexedentry
FOR EACH ROW EXECUTE FUNCTION search_index_note_change();
-- Compressing numbers gains little and costs at each search.
ALTER TABLE search_index_termcolumn ALTER COLUMN postings SET STORAGE EXTERNAL;
ALTER TABLE search_index_facetcolumn ALTER COLUMN positions SET STORAGE EXTERNAL;
"""
FORGET_CHANGES = """
DROP TRIGGER search_index_note_change ON search_index_indexedentry;
DROP FUNCTION search_index_note_change();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('principals', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, unique=True)),
            ],
            options={
                'db_table': 'search_index_audience',
            },
        ),
        migrations.CreateModel(
            name='ChangedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_id', models.BigIntegerField()),
            ],
            options={
                'db_table': 'search_index_changedentry',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('kind', models.CharField(db_index=True, max_length=12)),
                ('title', models.CharField(max_length=255)),
                ('summary', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('keywords', models.TextField(blank=True)),
                ('facets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('principals', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('url', models.CharField(max_length=255)),
                ('card', models.JSONField(default=dict)),
                ('evidence_rank', models.PositiveSmallIntegerField(default=0)),
                ('published_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FacetColumn',
            fields=[
                ('token', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('positions', models.BinaryField()),
            ],
            options={
                'db_table': 'search_index_facetcolumn',
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('taken_at', models.DateTimeField()),
                ('entries', models.BinaryField()),
                ('audiences', models.BinaryField()),
                ('evidence', models.BinaryField()),
                ('updated', models.BinaryField()),
                ('titles', models.BinaryField()),
            ],
            options={
                'db_table': 'search_index_snapshot',
            },
        ),
        migrations.CreateModel(
            name='Statistics',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_words', models.FloatField()),
                ('text_words', models.FloatField()),
                ('measured_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'db_table': 'search_index_statistics',
            },
        ),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wordings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), help_text='Deux ou plus, séparés par des virgules : « CIP, conseiller en insertion professionnelle ». Chercher l’un trouve les autres, dès l’enregistrement. Accents, pluriels et majuscules sont déjà compris.', size=None, verbose_name='mots équivalents')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note pour les éditeurs')),
            ],
            options={
                'verbose_name': 'groupe de mots équivalents',
                'verbose_name_plural': 'mots équivalents',
                'ordering': ['wordings'],
            },
        ),
        migrations.CreateModel(
            name='TermColumn',
            fields=[
                ('term', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('postings', models.BinaryField()),
            ],
            options={
                'db_table': 'search_index_termcolumn',
            },
        ),
        migrations.CreateModel(
            name='TitleWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_collation='C', max_length=40)),
                ('place', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'search_suggestions_titleword',
            },
        ),
        migrations.CreateModel(
            name='VocabularyWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('bare', models.CharField(db_index=True, max_length=40)),
                ('term', models.CharField(default='', max_length=40)),
                ('sound', models.CharField(db_index=True, default='', max_length=40)),
            ],
            options={
                'db_table': 'search_index_vocabularyword',
            },
        ),
        migrations.CreateModel(
            name='EntryWords',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='findable.searchentry')),
                ('title', models.TextField()),
                ('text', models.TextField()),
                ('stems', models.TextField()),
            ],
            options={
                'db_table': 'search_index_entrywords',
            },
        ),
        migrations.CreateModel(
            name='IndexedEntry',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='findable.searchentry')),
                ('facets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('title', models.CharField(max_length=60)),
                ('evidence_rank', models.PositiveSmallIntegerField()),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'search_index_indexedentry',
            },
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['facets', 'principals'], name='entry_facets_principals'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['kind', '-updated_at'], name='entry_kind_recent'),
        ),
        migrations.AddField(
            model_name='titleword',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='title_words', to='findable.searchentry'),
        ),
        migrations.AddField(
            model_name='indexedentry',
            name='audience',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findable.audience'),
        ),
        migrations.AddConstraint(
            model_name='titleword',
            constraint=models.UniqueConstraint(fields=('word', 'entry'), name='title_word_once_an_entry'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(POSTINGS, "DROP TABLE search_index_posting")],
            state_operations=[
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('pk', models.CompositePrimaryKey('term', 'entry', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('term', models.CharField(max_length=40)),
                        ('entry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='findable.searchentry')),
                        ('weight', search.models.index.RealField()),
                    ],
                    options={
                        'db_table': 'search_index_posting',
                    },
                ),
            ],
        ),
        migrations.RunSQL(NOTE_CHANGES, FORGET_CHANGES),
    ]
