"""See kb_site/personal_data.py. Answers name nobody."""

from kb_site.personal_data import acted, hold

hold({"diagnostic.DiagnosticCampaign.opened_by": acted("the survey is the structure's, and so is its result")})
