"""Owners of facts learn which must be read again; editors see what is wrong with the register."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from django.db import transaction
from wagtail.models import Page

from kb_site.accounts.models import User
from kb_site.facts.models import Fact, names_a_page
from kb_site.mailing.tasks import defer_mail

from ...citations import at_odds, cited_by, citing_models
from ..models.facts import FactReminder
from ..models.links import ExternalLink
from ..models.verification import Reminder
from ..reminders import SOON


@dataclass
class Line:
    """One fact in the report: the pages that rest on it, where it is changed."""

    fact: Fact
    pages: list[Page] = field(default_factory=list)
    edit_url = "wagtailsnippets_facts_fact:edit"


@dataclass(frozen=True)
class Report:
    """The register as editors must see it.

    `contradictions`: a page, and a sentence that says another figure; `gone`: addresses of sources that answer no more.
    """

    lines: list[Line]
    contradictions: list[tuple[Page, str]]
    gone: frozenset[str]

    @property
    def unsourced(self) -> list[Line]:
        return [line for line in self.lines if not names_a_page(line.fact.source_url)]

    @property
    def unreachable(self) -> list[Line]:
        return [line for line in self.lines if urldefrag(line.fact.source_url).url in self.gone]

    @property
    def expired(self) -> list[Line]:
        return [line for line in self.lines if line.fact.is_expired]

    @property
    def uncited(self) -> list[Line]:
        return [line for line in self.lines if not line.pages]

    @property
    def twin_count(self) -> int:
        return len(self.twins)

    @property
    def twins(self) -> list[tuple[Line, Line]]:
        """Two facts of one subject and scope that do not say the same."""
        return list(_twins(self.lines))


def report() -> Report:
    """Read every published page once: who cites what, and who says otherwise."""
    facts = list(Fact.objects.select_related("owner"))
    lines = {fact.code: Line(fact) for fact in facts}
    contradictions: list[tuple[Page, str]] = []
    told = [fact for fact in facts if fact.told_by]
    for page in _pages():
        for code in cited_by(page) & lines.keys():
            lines[code].pages.append(page)
        contradictions += [(page, said) for said in at_odds(page, told)]
    broken = ExternalLink.objects.filter(state=ExternalLink.State.BROKEN)
    return Report(list(lines.values()), contradictions, frozenset(broken.values_list("url", flat=True)))


def _pages() -> Iterator[Page]:
    for model in citing_models():
        yield from model.objects.live().iterator(chunk_size=200)


def _twins(lines: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    by_subject: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        by_subject[(line.fact.subject.casefold(), line.fact.scope.casefold())].append(line)
    for alike in by_subject.values():
        for first, second in zip(alike, alike[1:], strict=False):
            if first.fact.shown != second.fact.shown:
                yield first, second


def send_fact_reminders(*, today: datetime.date) -> int:
    """Queue one mail for each owner who has a fact to read again; return their number. Twice the same day: nothing."""
    by_owner: dict[int, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.to_review(by=today + SOON).exclude(owner=None):
        by_owner[fact.owner_id].append(fact)  # type: ignore[index]
    sent = 0
    for person_id, facts in by_owner.items():
        with transaction.atomic():
            # The lock makes two rounds at the same instant wait for one another: the second finds nothing to tell.
            person = User.objects.select_for_update().get(pk=person_id)
            if not person.is_approved:
                continue
            told = set(FactReminder.objects.filter(person=person).values_list("fact_id", "due_on", "stage"))
            new = [
                FactReminder(person=person, fact=fact, due_on=fact.ends_on, stage=_stage(fact, today))
                for fact in facts
                if (fact.pk, fact.ends_on, _stage(fact, today).value) not in told
            ]
            if new:
                FactReminder.objects.bulk_create(new)
                defer_mail("facts_to_check", to=person)
                sent += 1
    return sent


def _stage(fact: Fact, today: datetime.date) -> Reminder.Stage:
    return Reminder.Stage.DUE if fact.ends_on <= today else Reminder.Stage.SOON
