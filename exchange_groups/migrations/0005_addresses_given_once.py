"""Addresses of groups that are there are given for good."""

from django.db import migrations

KINDS = {"ExchangeGroup": "group", "SupportGroup": "support-group"}


def give_addresses(apps, schema_editor):
    given = apps.get_model("given_addresses", "GivenAddress")
    for model, kind in KINDS.items():
        rows = apps.get_model("exchange_groups", model).objects.values_list("slug", "pk")
        given.objects.bulk_create(
            [given(kind=kind, address=slug, holder=pk) for slug, pk in rows], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [
        ("exchange_groups", "0004_charter_lets_copies_leave"),
        ("given_addresses", "0001_addresses_given_once"),
    ]

    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
