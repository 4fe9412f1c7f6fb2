"""The figures of tools become facts of the register: what was typed is kept, each with its source and its date."""

import datetime

from django.db import migrations

MEASURES = (("audio", "audio seul"), ("video", "vidéo"))


def write_facts(apps, schema_editor):
    """Make a fact of each measure, in the page and in its latest draft; a source without exact page stays to be completed."""
    Fact, ToolPage = apps.get_model("facts", "Fact"), apps.get_model("practices", "ToolPage")
    Revision = apps.get_model("wagtailcore", "Revision")
    today = datetime.date.today()
    for tool in ToolPage.objects.all():
        chosen = {}
        for name, words in MEASURES:
            low, high = getattr(tool, f"{name}_mb_min"), getattr(tool, f"{name}_mb_max")
            if low is None and high is None:
                continue
            fact, _created = Fact.objects.get_or_create(
                code=f"{tool.slug[:50]}-{name}",
                defaults={
                    "kind": "chiffre",
                    "subject": f"{tool.title[:90]}, {words}",
                    "low": low if low is not None else high,
                    "high": high if high is not None else low,
                    "unit": "mo_heure",
                    "statement": f"Data d’une heure de {tool.title[:90]} par personne, {words}.",
                    "scope": tool.data_device,
                    "source_title": tool.data_source or tool.title,
                    "source_url": tool.website,
                    "stated_on": tool.data_date or today,
                    "checked_on": tool.data_date or today,
                    "confidence": "indicatif",
                    "review_on": tool.next_review_at or today,
                    "owner_id": tool.card_owner_id,
                },
            )
            chosen[f"{name}_fact"] = fact.pk
        ToolPage.objects.filter(pk=tool.pk).update(**{f"{name}_id": pk for name, pk in chosen.items()})
        for revision in Revision.objects.filter(pk=tool.latest_revision_id):
            revision.content |= chosen
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("practices", "0007_tools_choose_facts"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(write_facts, migrations.RunPython.noop)]
