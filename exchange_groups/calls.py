"""Whom a text calls: « @ » and the name that colleagues read, first name and initial (User.public_name).

Two people of a group who bear the same one are both called: nothing in the words tells them apart.
"""

import re
from collections.abc import Iterable

from django.db.models import QuerySet

from kb_site.accounts.models import User
from kb_site.french.letters import strip_accents

from .models import ExchangeGroup, Membership, Topic

MOST_PROPOSED = 8


def people_to_call(place: ExchangeGroup | Topic, by: User) -> QuerySet[User]:
    """Return whom words written in a topic, or in a new one of a group, may call: who will read them, but their author."""
    group = place.pk if isinstance(place, ExchangeGroup) else place.group_id
    members = Membership.objects.in_effect().filter(group=group).exclude(user=by)
    if not place.admits_institutions:  # they do not read it
        members = members.exclude(user__in=User.objects.from_institutions())
    return User.objects.filter(pk__in=members.values("user")).order_by("first_name", "last_name")


def _bare(text: str) -> str:
    return strip_accents(text).casefold()


def called_in(text: str, people: Iterable[User]) -> list[User]:
    """Return those of these people whom the words call; case, accents and the last dot do not count."""
    if "@" not in text:
        return []
    words = _bare(text)
    found = []
    for person in people:
        name = re.escape(_bare(person.public_name).rstrip("."))
        if re.search(rf"(?<!\w)@{name}(?!\w)", words):
            found.append(person)
    return found


def proposed_for(letters: str, people: Iterable[User]) -> list[User]:
    """Return the people whose public name begins with these letters, in their order: MOST_PROPOSED at most."""
    begun = _bare(letters)
    return [person for person in people if _bare(person.public_name).startswith(begun)][:MOST_PROPOSED]
