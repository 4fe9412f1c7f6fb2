"""The table of a date poll, and what one person has answered."""

from dataclasses import dataclass
from typing import Any

from kb_site.accounts.models import User

from .choices import DateAnswer
from .models import DateOption, DateVote, Session


@dataclass(frozen=True)
class DateColumn:
    """One date with its counts; `best` when no other date suits more people."""

    option: DateOption
    yes: int
    maybe: int
    no: int
    best: bool


@dataclass(frozen=True)
class Poll:
    """Dates across, people down: `rows` are (name, answers in the order of the dates, "" without one)."""

    columns: list[DateColumn]
    rows: list[tuple[str, list[str]]]


def poll_of(session: Session) -> Poll:
    """Return the poll of a session, in two queries."""
    options = list(session.date_options.all())
    by_person: dict[User, dict[int, DateVote]] = {}
    for vote in DateVote.objects.filter(option__in=options).select_related("user"):
        by_person.setdefault(vote.user, {})[vote.option_id] = vote
    counts = {option.pk: _counts(option, by_person) for option in options}
    most = max(((yes + maybe, yes) for yes, maybe, _no in counts.values()), default=(0, 0))
    columns = [
        DateColumn(option, yes, maybe, no, best=most[0] > 0 and (yes + maybe, yes) == most)
        for option in options
        for yes, maybe, no in [counts[option.pk]]
    ]
    rows = [
        (person.public_name, [votes[o.pk].get_answer_display() if o.pk in votes else "" for o in options])
        for person, votes in sorted(by_person.items(), key=lambda row: row[0].public_name)
    ]
    return Poll(columns, rows)


def _counts(option: DateOption, by_person: dict[User, dict[int, DateVote]]) -> tuple[int, int, int]:
    answers = [votes[option.pk].answer for votes in by_person.values() if option.pk in votes]
    return answers.count(DateAnswer.OUI), answers.count(DateAnswer.SI_BESOIN), answers.count(DateAnswer.NON)


def own_answers(session: Session, user: Any) -> list[tuple[DateOption, str]]:
    """Return each date with what this person answered, "" when they did not."""
    given = dict(DateVote.objects.filter(option__session=session, user=user).values_list("option", "answer"))
    return [(option, given.get(option.pk, "")) for option in session.date_options.all()]
