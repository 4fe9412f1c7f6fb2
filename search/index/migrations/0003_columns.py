import django.contrib.postgres.fields
from django.db import migrations, models

# Entries also go by cascade, which no code of ours sees: the database itself notes every change.
NOTE_CHANGES = """
CREATE FUNCTION search_index_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_index_changedentry (entry_id) VALUES (COALESCE(NEW.entry_id, OLD.entry_id));
    RETURN NULL;
END $$;
CREATE TRIGGER search_index_note_change AFTER INSERT OR UPDATE OR DELETE ON search_index_indexedentry
FOR EACH ROW EXECUTE FUNCTION search_index_note_change();
-- Without a snapshot, every entry counts as changed.
INSERT INTO search_index_changedentry (entry_id) SELECT entry_id FROM search_index_indexedentry;
-- Compressing numbers gains little and costs at each search.
ALTER TABLE search_index_termcolumn ALTER COLUMN postings SET STORAGE EXTERNAL;
ALTER TABLE search_index_facetcolumn ALTER COLUMN positions SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search_index', '0002_sounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='FacetColumn',
            fields=[
                ('token', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('positions', models.BinaryField()),
            ],
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
        ),
        migrations.CreateModel(
            name='TermColumn',
            fields=[
                ('term', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('postings', models.BinaryField()),
            ],
        ),
        migrations.RemoveField(model_name='indexedentry', name='facets'),
        migrations.AddField(
            model_name='indexedentry',
            name='facets',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE search_index_indexedentry i SET facets = e.facets FROM findable_searchentry e WHERE e.id = i.entry_id",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(name='FacetToken'),
        migrations.RunSQL(
            NOTE_CHANGES,
            """DROP TRIGGER search_index_note_change ON search_index_indexedentry;
            DROP FUNCTION search_index_note_change()""",
        ),
    ]
