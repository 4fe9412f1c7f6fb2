from . import OPEN, Door

DOORS = {
    "open_data": Door("/donnees-ouvertes/", OPEN),
    "open_data_file": Door("/donnees-ouvertes/fiches.json", OPEN),
    "card_markdown": Door("/pratiques/chantiers-idf/cafe-visio-du-jeudi/fiche.md", OPEN),
}
# The doors of the admin: tests/import_export/test_access.py.
ELSEWHERE: set[str] = set()
