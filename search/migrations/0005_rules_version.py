"""Say which state of the rules of editors holds, so that each process keeps them ready until one of them is written."""

from django.db import migrations, models

TABLES = (
    "findable_synonymgroup",
    "findable_constraint",
    "findable_need",
    "findable_needcard",
    "practices_theme",
)
NOTE_CHANGES = """
INSERT INTO findable_rulesversion (id, version) VALUES (1, gen_random_uuid());
CREATE FUNCTION findable_note_rules() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO findable_rulesversion (id, version) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version;
    RETURN NULL;
END $$;
""" + "".join(
    f"""CREATE TRIGGER findable_note_rules AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION findable_note_rules();
"""
    for table in TABLES
)
FORGET = (
    "".join(f"DROP TRIGGER findable_note_rules ON {table};" for table in TABLES)
    + "DROP FUNCTION findable_note_rules(); DELETE FROM findable_rulesversion"
)


class Migration(migrations.Migration):
    dependencies = [("findable", "0004_irregular_verbs"), ("practices", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="RulesVersion",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("version", models.UUIDField()),
            ],
            options={"db_table": "findable_rulesversion"},
        ),
        migrations.RunSQL(NOTE_CHANGES, FORGET),
    ]
