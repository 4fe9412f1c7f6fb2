"""Addresses of constraints that are there are given for good."""

from django.db import migrations


def give_addresses(apps, schema_editor):
    given = apps.get_model("given_addresses", "GivenAddress")
    rows = [
        given(kind="constraint", address=slug, holder=pk)
        for slug, pk in apps.get_model("findable", "Constraint").objects.values_list("slug", "pk")
    ]
    given.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("findable", "0005_rules_version"),
        ("given_addresses", "0001_addresses_given_once"),
    ]

    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
