"""Who reads minutes whole, and which have a public version: the rules of MinutesQuerySet, apart from any page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from exchange_groups.choices import Confidentiality, GroupState
from exchange_groups.minutes.choices import MinutesState
from exchange_groups.minutes.models import Minutes
from exchange_groups.models import ExchangeGroup
from exchange_groups.services import memberships
from exchange_groups.sessions.choices import Presence, SessionState
from exchange_groups.sessions.models import Registration, Session
from kb_site.accounts.groups import COORDINATION
from kb_site.accounts.models import User
from tests.factories import SessionFactory, UserFactory, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return SessionFactory(state=SessionState.TO_WRITE_UP)


def minutes_in(session, state, **fields):
    return Minutes.objects.create(session=session, state=state, **fields)


def reads(user, minutes):
    return minutes.is_visible_to(User.objects.get(pk=user.pk) if user.pk else user)


def there(session, presence=Presence.PRESENT):
    """Return a member who was there, or was not."""
    person = member_of(session.group)
    Registration.objects.create(session=session, user=person, presence=presence)
    return person


def test_a_draft_is_read_by_those_who_run_the_session_only(session):
    draft = minutes_in(session, MinutesState.DRAFT)
    assert reads(session.facilitator, draft)
    assert not any(reads(person, draft) for person in (there(session), UserFactory(group=COORDINATION)))


@pytest.mark.parametrize("state", [MinutesState.IN_REVIEW, MinutesState.VALIDATED])
def test_minutes_that_wait_are_read_by_those_who_were_there_and_by_who_runs_the_session(session, state):
    minutes = minutes_in(session, state)
    assert reads(there(session), minutes)
    assert reads(there(session, Presence.TELEPHONE), minutes)
    assert reads(session.facilitator, minutes)
    assert not any(reads(person, minutes) for person in (there(session, Presence.ABSENT), member_of(session.group)))


def test_who_was_in_another_session_does_not_read_these(session):
    other = SessionFactory(group=session.group, state=SessionState.TO_WRITE_UP)
    assert not reads(there(other), minutes_in(session, MinutesState.IN_REVIEW))


def test_who_was_there_and_left_the_group_reads_them_no_more(session):
    minutes, person = minutes_in(session, MinutesState.IN_REVIEW), there(session)
    memberships.leave(group=session.group, user=person)
    assert not reads(person, minutes)


def test_published_minutes_are_read_by_the_whole_group_and_nobody_else(session):
    published = minutes_in(session, MinutesState.PUBLISHED)
    assert reads(member_of(session.group), published)
    strangers = (AnonymousUser(), UserFactory(), UserFactory(group=COORDINATION), UserFactory(is_superuser=True))
    assert not any(reads(person, published) for person in strangers)


def test_an_account_that_is_no_longer_approved_reads_no_minutes(session):
    person, minutes = there(session), minutes_in(session, MinutesState.PUBLISHED)
    User.objects.filter(pk=person.pk).update(status=User.Status.PENDING)
    assert not reads(person, minutes)


def is_public(minutes):
    return Minutes.objects.public().filter(pk=minutes.pk).exists()


def test_a_public_version_is_open_once_minutes_are_published_and_their_version_opened(session):
    minutes = minutes_in(session, MinutesState.PUBLISHED, public_at=timezone.now())
    assert is_public(minutes)
    for change in ({"public_at": None}, {"public_at": timezone.now(), "state": MinutesState.VALIDATED}):
        Minutes.objects.filter(pk=minutes.pk).update(**change)
        assert not is_public(minutes)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Session, {"confidentiality": Confidentiality.ENTRE_PAIRS}),
        (ExchangeGroup, {"confidentiality": Confidentiality.ENTRE_PAIRS}),
        (ExchangeGroup, {"state": GroupState.PREPARING}),
    ],
    ids=["said between peers", "a group of peers", "a group in preparation"],
)
def test_what_peers_said_and_what_is_said_in_preparation_has_no_public_version(session, model, change):
    minutes = minutes_in(session, MinutesState.PUBLISHED, public_at=timezone.now())
    model.objects.filter(pk=session.pk if model is Session else session.group_id).update(**change)
    assert not is_public(minutes)
