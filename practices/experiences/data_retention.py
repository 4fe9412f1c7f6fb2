"""See kb_site/personal_data.py."""

from kb_site.personal_data import hold, kept

hold({"experiences.Experience.author": kept("never shown with a name; what others learn from it stays")})
