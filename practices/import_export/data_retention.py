"""See kb_site/personal_data.py."""

from kb_site.personal_data import ERASED_KEY, hold

hold({"import_export.CardImport.created_by": ERASED_KEY})  # a file of cards and its report: nothing about the person
