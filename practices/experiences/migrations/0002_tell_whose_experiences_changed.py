"""Say of which card the experiences change, so that what is kept of the others stays."""

from django.db import migrations

from kb_site.kept.triggers import tell_changes

MISSING = "experiences_experience_missing_conditions"


class Migration(migrations.Migration):
    dependencies = [("experiences", "0001_initial")]
    operations = [
        tell_changes("experiences_experience", "SELECT practice_id::text FROM changed"),
        tell_changes(
            MISSING,
            "SELECT practice_id::text FROM changed JOIN experiences_experience AS told ON told.id = changed.experience_id",
        ),
    ]
