"""Addresses of networks that are there are given for good."""

from django.db import migrations


def give_addresses(apps, schema_editor):
    given = apps.get_model("given_addresses", "GivenAddress")
    rows = [
        given(kind="network", address=slug, holder=pk)
        for slug, pk in apps.get_model("members", "Network").objects.values_list("slug", "pk")
    ]
    given.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_structure_siret"),
        ("given_addresses", "0001_addresses_given_once"),
    ]

    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
