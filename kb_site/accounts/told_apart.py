"""People of one name, told apart wherever one is chosen or called."""

from collections import Counter
from collections.abc import Iterable

from kb_site.french.letters import strip_accents

from .models import User


def told_apart(people: Iterable[User]) -> list[tuple[User, str]]:
    """Return people with the name that colleagues read, followed by their structure where another bears the same."""
    everybody = list(people)
    borne = Counter(_bare(person) for person in everybody)
    return [
        (
            person,
            f"{person.public_name} ({person.structure})"
            if borne[_bare(person)] > 1 and person.structure
            else person.public_name,
        )
        for person in everybody
    ]


def _bare(person: User) -> str:
    return strip_accents(person.public_name).casefold()
