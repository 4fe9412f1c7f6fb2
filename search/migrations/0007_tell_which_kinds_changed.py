"""Say of which kinds what is found changes: a reply in a group leaves the lists of cards as they are kept."""

from django.db import migrations

from kb_site.kept.triggers import tell_changes

OF_ENTRY = "SELECT entry.kind FROM changed JOIN findable_searchentry AS entry ON entry.id = changed.entry_id"


class Migration(migrations.Migration):
    dependencies = [("findable", "0006_addresses_given_once")]
    operations = [
        tell_changes("findable_searchentry", "SELECT kind FROM changed"),
        tell_changes("search_index_indexedentry", OF_ENTRY),
        tell_changes("search_index_entrywords", OF_ENTRY),
        tell_changes("search_index_posting", OF_ENTRY),
    ]
