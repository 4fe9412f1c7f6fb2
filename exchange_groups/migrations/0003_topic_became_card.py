from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Replace

OLD, NEW = "topic_capitalised", "topic_became_card"
OLD_KEY, NEW_KEY = "capitalised:", "became-card:"


def rename_kind(apps, old, new, old_key, new_key):
    """Notifications kept, and cadences chosen, follow the kind under its new name."""
    told = apps.get_model("notifications", "Notification").objects.filter(kind=old)
    told.update(kind=new, key=Replace("key", Value(old_key), Value(new_key)))
    apps.get_model("notifications", "CadenceChoice").objects.filter(kind=old).update(kind=new)


def forwards(apps, schema_editor):
    rename_kind(apps, OLD, NEW, OLD_KEY, NEW_KEY)


def backwards(apps, schema_editor):
    rename_kind(apps, NEW, OLD, NEW_KEY, OLD_KEY)


class Migration(migrations.Migration):
    dependencies = [
        ("exchange_groups", "0002_confidentiality_of_talk"),
        ("notifications", "0001_initial"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
