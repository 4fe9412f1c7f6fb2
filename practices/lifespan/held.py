"""See kb_site/members/personal_data.py."""

from kb_site.members.personal_data import acted, hold

hold({"lifespan.CardEnding.ended_by": acted("the end of a card belongs to its history")})
