"""Whom a text calls: « @ » and the name that colleagues read, first name and initial (User.public_name).

Where two people of a group bear the same one, the words tell them apart by their structure: « @Inès D. (Les Jardins) ». The name
alone calls them both.
"""

import re
from collections.abc import Iterable

from django.db.models import QuerySet

from kb_site.accounts.models import User
from kb_site.accounts.told_apart import told_apart
from kb_site.french.letters import strip_accents

from .models import ExchangeGroup, Membership, Topic

MOST_PROPOSED = 8


def people_to_call(place: ExchangeGroup | Topic, by: User) -> QuerySet[User]:
    """Return whom words written in a topic, or in a new one of a group, may call: who will read them, but their author."""
    group = place.pk if isinstance(place, ExchangeGroup) else place.group_id
    members = Membership.objects.in_effect().filter(group=group).exclude(user=by)
    if not place.admits_institutions:  # they do not read it
        members = members.exclude(user__in=User.objects.from_institutions())
    people = User.objects.filter(pk__in=members.values("user")).select_related("structure")
    return people.order_by("first_name", "last_name")


def _bare(text: str) -> str:
    return strip_accents(text).casefold()


def called_in(text: str, people: Iterable[User]) -> list[User]:
    """Return those of these people whom the words call; case, accents and the last dot do not count."""
    if "@" not in text:
        return []
    words, named = _bare(text), told_apart(people)
    found = []
    for person, name in named:
        alone = _bare(person.public_name)
        others = [_bare(other) for _one, other in named if other != name and _bare(other).startswith(f"{alone} (")]
        # The name of another, told apart, begins with this one's.
        but_for = "".join(rf"(?!\.?{re.escape(other.removeprefix(alone))})" for other in others)
        if re.search(rf"(?<!\w)@{re.escape(alone.rstrip('.'))}(?!\w){but_for}", words):
            found.append(person)
    return found


def proposed_for(letters: str, people: Iterable[User]) -> list[tuple[User, str]]:
    """Return the people whose public name begins with these letters, in their order, with the name that calls each:
    MOST_PROPOSED at most."""
    begun = _bare(letters)
    return [one for one in told_apart(people) if _bare(one[0].public_name).startswith(begun)][:MOST_PROPOSED]
