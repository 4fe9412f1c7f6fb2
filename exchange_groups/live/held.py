"""See kb_site/members/personal_data.py."""

from kb_site.members.personal_data import ERASED, hold

hold({"live.Thumb.user": ERASED})
