"""Addresses of pages that were read are given for good."""

from django.db import migrations
from django.db.models import Q


def give_addresses(apps, schema_editor):
    given = apps.get_model("given_addresses", "GivenAddress")
    pages = apps.get_model("wagtailcore", "Page").objects.filter(Q(live=True) | Q(first_published_at__isnull=False))
    rows = [given(kind="page", address=path, holder=pk) for path, pk in pages.values_list("url_path", "pk")]
    given.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0002_questions"),
        ("given_addresses", "0001_addresses_given_once"),
    ]

    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
