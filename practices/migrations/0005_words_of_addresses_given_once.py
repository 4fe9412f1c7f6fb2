"""Addresses of themes and conditions that are there are given for good."""

from django.db import migrations

KINDS = {"Theme": "theme", "Condition": "condition"}


def give_addresses(apps, schema_editor):
    given = apps.get_model("given_addresses", "GivenAddress")
    for model, kind in KINDS.items():
        rows = apps.get_model("practices", model).objects.values_list("slug", "pk")
        given.objects.bulk_create(
            [given(kind=kind, address=slug, holder=pk) for slug, pk in rows], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0004_words_for_the_person"),
        ("given_addresses", "0001_addresses_given_once"),
    ]

    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
