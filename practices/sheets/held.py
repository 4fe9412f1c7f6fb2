"""See kb_site/members/personal_data.py."""

from kb_site.members.personal_data import ERASED_KEY, hold

hold({"sheets.CardImport.created_by": ERASED_KEY})  # a file of cards and its report: nothing about the person
