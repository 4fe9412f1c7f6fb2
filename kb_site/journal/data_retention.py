"""See kb_site/personal_data.py."""

from kb_site.personal_data import acted, hold

WHY = "who did what to whom stays known for a year; an emptied account shows « Ancien membre »"

hold({"journal.SensitiveAct.by": acted(WHY), "journal.SensitiveAct.about": acted(WHY)})
