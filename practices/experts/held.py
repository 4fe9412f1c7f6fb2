"""See kb_site/members/personal_data.py."""

from kb_site.members.personal_data import acted, hold

hold({"experts.ExpertInvitation.invited_by": acted("the opinion belongs to the card's history")})
