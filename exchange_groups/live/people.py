"""A person found by the name that a facilitator types in a hurry."""

from collections.abc import Iterable

from kb_site.accounts.models import User
from kb_site.french.letters import strip_accents


def _bare(name: str) -> str:
    return " ".join(strip_accents(name).casefold().replace(".", " ").split())


def person_named(name: str, people: Iterable[User]) -> User | None:
    """Return the only person called so: first name, first name and initial, or whole name; None when in doubt."""
    wanted = _bare(name)
    if not wanted:
        return None
    found = {
        person.pk: person
        for person in people
        if wanted in {_bare(person.public_name), _bare(f"{person.first_name} {person.last_name}")}
    } or {person.pk: person for person in people if wanted == _bare(person.first_name)}
    return next(iter(found.values())) if len(found) == 1 else None
