"""What is done with a diagnostic: open, answer, count, close, erase."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import Structure, User
from kb_site.disclosure import batch, missing_for_batch, rounded_down

from ..models.freshness import add_months
from .access_codes import code_digest, own_codes, read_code, sheet_tokens, token_digest
from .aggregation import counts_of
from .models import (
    CampaignQuerySet,
    DiagnosticAnswer,
    DiagnosticCampaign,
    Mode,
    PreparedCampaign,
    Release,
    Target,
)
from .questions import PEOPLE, TEAM, checked

KEPT_MONTHS = 12
LARGEST_CAMPAIGN = 500
MOST_SHEETS = 200
TEAM_TOKEN = "team"  # noqa: S105 - one sheet a campaign, not a secret


class DiagnosticError(Exception):
    """Something that cannot be done with a diagnostic; `message` says it to the person."""

    message = _("Ce n’est pas possible.")


class CampaignClosed(DiagnosticError):
    """The campaign takes no answer any more."""

    message = _("Ce diagnostic est clos : il ne reçoit plus de réponses.")


class CampaignFull(DiagnosticError):
    """The campaign holds as many answers as it may."""

    message = _("Ce diagnostic a reçu toutes les réponses possibles.")


class UnknownCode(DiagnosticError):
    """The code was never given for this campaign."""

    message = _("Ce code n’ouvre rien. Relisez-le, ou demandez-en un autre.")


class TooManyCodes(DiagnosticError):
    """The campaign gave as many codes as it takes answers."""

    message = _("Ce diagnostic a donné tous ses codes.")


class TooFewAnswers(DiagnosticError):
    """Counting now would show fewer than five answers."""

    message = _(
        "Il faut 5 réponses nouvelles, et une qui reste à part : en dessous, on pourrait reconnaître quelqu’un."
    )


@transaction.atomic
def open_campaign(
    *, opened_by: User, structure: Structure | None, place: str = "", self_service: bool = False, principal: str = ""
) -> DiagnosticCampaign:
    """Open a diagnostic for a structure, or for a group whose members hold `principal`.

    One that the same person opened the same day for the same team, and that nobody answered yet, is given back: the
    form was sent twice. Not once codes were given: it would say whether the first one served. What this person had
    prepared has served.
    """
    PreparedCampaign.objects.filter(author=opened_by).delete()
    same = {"opened_by": opened_by, "structure": structure, "place": place, "principal": principal, "codes": 0}
    empty = DiagnosticCampaign.objects.open().filter(**same, opened_on=timezone.localdate(), answers=None).first()
    if empty is not None:
        return empty
    return DiagnosticCampaign.objects.create(
        opened_by=opened_by, structure=structure, place=place, self_service=self_service, principal=principal
    )


def prepare_campaign(*, author: User, place: str = "", self_service: bool = False) -> PreparedCampaign:
    """Keep what opens a diagnostic for somebody whose account waits, in place of what they had prepared before."""
    prepared, _created = PreparedCampaign.objects.update_or_create(
        author=author, defaults={"place": place, "self_service": self_service}
    )
    return prepared


@transaction.atomic
def open_prepared(*, author: User) -> DiagnosticCampaign | None:
    """Open what this person, approved now, had prepared; without a structure it stays, and fills the form."""
    prepared = PreparedCampaign.objects.select_for_update().filter(author=author).first()
    if prepared is None or author.structure is None:
        return None
    return open_campaign(
        opened_by=author, structure=author.structure, place=prepared.place, self_service=prepared.self_service
    )


@transaction.atomic
def record_answer(
    *, campaign: DiagnosticCampaign, token: str, values: Mapping[str, int], mode: Mode | str
) -> tuple[DiagnosticAnswer, bool]:
    """Store the answers of one person; return them and whether they are new.

    The same token sent again changes nothing: a queue may send twice. Who answers alone has for token a code that was given
    (issue_codes), and whether it had served is for nobody to know. Raises CampaignClosed, CampaignFull, UnknownCode, or
    questions.WrongAnswers.
    """
    answers = checked(values, PEOPLE)
    held = DiagnosticCampaign.objects.select_for_update().get(pk=campaign.pk)
    alone = mode == Mode.SELF_SERVICE
    digest = (code_digest if alone else token_digest)(campaign.pk, read_code(token))
    stored = DiagnosticAnswer.objects.filter(campaign=held, token_digest=digest).first()
    if stored is not None and not alone:
        return stored, False
    if not held.is_open:
        raise CampaignClosed
    if alone and not _was_given(held, token):
        raise UnknownCode
    if held.answers.count() >= LARGEST_CAMPAIGN:
        raise CampaignFull
    if stored is not None:
        return stored, False
    answer = DiagnosticAnswer.objects.create(
        campaign=held, target=Target.PEOPLE, mode=mode, token_digest=digest, values=answers
    )
    return answer, True


@transaction.atomic
def record_team(*, campaign: DiagnosticCampaign, values: Mapping[str, int]) -> None:
    """Store the sheet of the team, in place of the one before. Raises CampaignClosed or questions.WrongAnswers."""
    answers = checked(values, TEAM)
    held = DiagnosticCampaign.objects.select_for_update().get(pk=campaign.pk)
    if not held.is_open:
        raise CampaignClosed
    DiagnosticAnswer.objects.update_or_create(
        campaign=held,
        token_digest=token_digest(held.pk, TEAM_TOKEN),
        defaults={"target": Target.TEAM, "mode": Mode.INTERVIEW, "values": answers},
    )


@transaction.atomic
def print_sheets(*, campaign: DiagnosticCampaign, number: int) -> list[str]:
    """Return the tokens of `number` sheets; printing more later gives the same first ones."""
    number = max(1, min(number, MOST_SHEETS))
    DiagnosticCampaign.objects.filter(pk=campaign.pk, sheets__lt=number).update(sheets=number)
    return sheet_tokens(campaign.pk, number)


@transaction.atomic
def issue_codes(*, campaign: DiagnosticCampaign, number: int) -> list[str]:
    """Return new codes, each for one answer; they are told this once. Raises CampaignClosed, TooManyCodes."""
    held = DiagnosticCampaign.objects.select_for_update().get(pk=campaign.pk)
    if not held.is_open:
        raise CampaignClosed
    first, held.codes = held.codes, held.codes + number
    if held.codes > LARGEST_CAMPAIGN:
        raise TooManyCodes
    held.save(update_fields=["codes"])
    return own_codes(held.pk, held.codes)[first:]


def _was_given(campaign: DiagnosticCampaign, code: str) -> bool:
    return read_code(code) in own_codes(campaign.pk, campaign.codes)


def campaign_of_code(access: str, own: str) -> DiagnosticCampaign:
    """Return the campaign that this code opens, whether it has served or not. Raises UnknownCode, CampaignClosed.

    Whoever made the codes may have kept a copy: one given to somebody must not tell whether that person answered.
    """
    campaign = DiagnosticCampaign.objects.filter(self_service=True, access_code=access).first()
    if campaign is None or not _was_given(campaign, own):
        raise UnknownCode
    if not campaign.is_open:
        raise CampaignClosed
    return campaign


def sheets_to_enter(campaign: DiagnosticCampaign) -> list[str]:
    """Return the tokens of the printed sheets that nobody entered yet, in the order of the pile."""
    entered = set(campaign.answers.values_list("token_digest", flat=True))
    tokens = sheet_tokens(campaign.pk, campaign.sheets)
    return [token for token in tokens if token_digest(campaign.pk, token) not in entered]


@transaction.atomic
def withdraw_answer(*, campaign: DiagnosticCampaign, token: str) -> bool:
    """Erase an answer on paper that was not counted yet, by the number of its sheet; return whether there was one.

    Never by a code: it would tell whoever made it whether it served, and take the answer away.
    """
    digest = token_digest(campaign.pk, read_code(token))
    waiting = campaign.answers.filter(target=Target.PEOPLE, token_digest=digest, release=None)
    return bool(waiting.delete()[0])


@transaction.atomic
def release_answers(*, campaign: DiagnosticCampaign) -> Release:
    """Count the answers that wait, by whole fives, and show the result; which ones still wait is drawn at random.

    Raises TooFewAnswers.
    """
    held = DiagnosticCampaign.objects.select_for_update().get(pk=campaign.pk)
    people = held.answers.filter(target=Target.PEOPLE)
    waiting = people.filter(release=None)
    already = people.exclude(release=None).count()
    number = batch(already, waiting.count())
    if not number:
        raise TooFewAnswers
    release = Release.objects.create(campaign=held, answers=number, total=already + number)
    taken = list(waiting.order_by("pk").values_list("pk", flat=True)[:number])  # keys are drawn at random
    people.filter(pk__in=taken).update(release=release)
    release.counts = counts_of(held)
    release.save(update_fields=["counts"])
    return release


@transaction.atomic
def close_campaign(*, campaign: DiagnosticCampaign) -> Release | None:
    """Take no more answers, counting those that wait by whole fives; return that last count if any."""
    held = DiagnosticCampaign.objects.select_for_update().get(pk=campaign.pk)
    if held.closed_on is None:
        held.closed_on = timezone.localdate()
        held.save(update_fields=["closed_on"])
    try:
        return release_answers(campaign=held)
    except TooFewAnswers:
        return None


def to_purge(today: datetime.date) -> CampaignQuerySet:
    """Return the campaigns whose answers must be erased: closed for twelve months."""
    return DiagnosticCampaign.objects.filter(purged_on=None, closed_on__lte=add_months(today, -KEPT_MONTHS))


@transaction.atomic
def purge_answers(*, campaign: DiagnosticCampaign, today: datetime.date) -> int:
    """Erase the answers of people, keep the counts that were shown; return how many were erased.

    The counts are taken once more before, so that they speak of the cards of today. The team's sheet describes the
    structure, not a person: it goes all the same.
    """
    last = campaign.releases.last()
    if last is not None:
        last.counts = counts_of(campaign)
        last.save(update_fields=["counts"])
    erased, _by_model = campaign.answers.all().delete()
    DiagnosticCampaign.objects.filter(pk=campaign.pk).update(purged_on=today)
    return erased


@dataclass(frozen=True)
class Collected:
    """How far a campaign is, as whoever runs it may know.

    `total`: how many people answered, by fives downwards once codes were given (`by_fives`): seen growing by one, it would
    tell that whoever was just given a code has answered. Those who collect by hand see each answer come.
    `batch`: how many may be counted now. `needed`: how many more must come before; None where that is not told.
    """

    total: int
    by_fives: bool
    batch: int
    waiting: int | None
    needed: int | None


def collected(campaign: DiagnosticCampaign) -> Collected:
    """Return how many answers came and how many may be counted, as far as is told."""
    people = campaign.answers.filter(target=Target.PEOPLE)
    total, waiting = people.count(), people.filter(release=None).count()
    counted = batch(total - waiting, waiting)
    if campaign.codes:
        return Collected(rounded_down(total), True, counted, None, None)
    return Collected(total, False, counted, waiting, missing_for_batch(total - waiting, waiting))
