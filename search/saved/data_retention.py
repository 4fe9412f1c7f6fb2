"""See kb_site/personal_data.py."""

from kb_site.personal_data import ERASED, hold

hold({"saved_searches.SavedSearch.user": ERASED, "saved_searches.Alert.user": ERASED})
