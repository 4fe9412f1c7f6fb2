"""See kb_site/personal_data.py."""

from kb_site.personal_data import ERASED, hold

hold({"live.Thumb.user": ERASED})
