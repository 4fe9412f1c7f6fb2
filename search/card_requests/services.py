"""Ask for a card, join a request, answer it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ..french import terms
from .models import CardRequest, Support

NEAR_SHOWN = 3
MOST_COMPARED = 500  # requests, the latest first
MOST_OPEN = 20  # requests of one person that wait at the same time


class CardRequestError(Exception):
    """Something that cannot be done with a request; `message` says it to the person."""

    message = _("Ce n’est pas possible.")


class TooManyRequests(CardRequestError):
    """The person already waits for many cards."""

    message = _("Vous avez déjà 20 demandes en attente. Laissez aux éditeurs le temps d’y répondre.")


class AlreadyDecided(CardRequestError):
    """An editor has answered meanwhile."""

    message = _("Les éditeurs ont déjà répondu à cette demande.")


def key_of(need: str) -> str:
    """Return the terms of a need in order, each once: what makes two requests the same."""
    return " ".join(sorted(set(terms(need))))[:300]


def requests_near(text: str, user: User) -> Sequence[CardRequest]:
    """Return what members asked that shares a word with a text, the nearest first, then the most wanted (one query).

    With `voices`, their number, and `mine`, whether this person is among them. Words of nearly every request say nothing:
    two in common count more than one.
    """
    wanted = set(terms(text))
    if not wanted:
        return []
    mine = Support.objects.filter(request=OuterRef("pk"), user=user)
    recent = CardRequest.objects.annotate(voices=Count("supports"), mine=Exists(mine))[:MOST_COMPARED]
    scored = [(len(wanted.intersection(asked.key.split())), asked.voices, asked) for asked in recent]
    enough = -(-len(wanted) // 3)  # a third of the words
    near = [row for row in scored if row[0] >= enough and row[2].state != CardRequest.State.DECLINED]
    near.sort(key=lambda row: (-row[0], -row[1], row[2].pk))
    return [asked for _common, _voices, asked in near[:NEAR_SHOWN]]


@transaction.atomic
def request_card(*, user: User, need: str, details: str = "") -> tuple[CardRequest, bool]:
    """Ask the editors for a card; return the request and whether it is new.

    The same need already open gets one more « moi aussi » instead. Raises TooManyRequests.
    """
    User.objects.select_for_update().get(pk=user.pk)  # a double click makes one request
    key = key_of(need)
    same = (
        CardRequest.objects.filter(state=CardRequest.State.OPEN, key=key).exclude(key="").order_by("asked_at").first()
    )
    if same is not None:
        Support.objects.get_or_create(request=same, user=user)
        return same, False
    if CardRequest.objects.filter(asked_by=user, state=CardRequest.State.OPEN).count() >= MOST_OPEN:
        raise TooManyRequests
    request = CardRequest.objects.create(need=need, details=details, key=key, asked_by=user)
    Support.objects.create(request=request, user=user)
    return request, True


@transaction.atomic
def support_request(*, request: CardRequest, user: User) -> None:
    """Say « moi aussi »; twice is harmless. Raises AlreadyDecided."""
    _lock_open(request)
    Support.objects.get_or_create(request=request, user=user)


@transaction.atomic
def answer_request(*, request: CardRequest, page: Page, answer: str, by: User) -> None:
    """Answer with a page: those who asked get a mail, if they may read that page when it leaves. Raises AlreadyDecided."""
    _lock_open(request)
    request.answer_page = page
    _decide(request, CardRequest.State.ANSWERED, answer, by)


@transaction.atomic
def decline_request(*, request: CardRequest, answer: str, by: User) -> None:
    """Say that no card is planned, and why: those who asked get a mail. Raises AlreadyDecided."""
    _lock_open(request)
    _decide(request, CardRequest.State.DECLINED, answer, by)


def _lock_open(request: CardRequest) -> None:
    current = CardRequest.objects.select_for_update().get(pk=request.pk)
    if current.state != CardRequest.State.OPEN:
        raise AlreadyDecided


def _decide(request: CardRequest, state: CardRequest.State, answer: str, by: User) -> None:
    request.state, request.answer = state, answer
    request.decided_by, request.decided_at = by, timezone.now()
    request.save()
    for support in request.supports.select_related("user"):
        defer_mail("card_request_decided", to=support.user, request=request.pk)
