"""Who may know of a session, read what is said in it, register, run it: the rules of SessionQuerySet, apart from any page."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from exchange_groups.choices import Confidentiality, GroupState
from exchange_groups.models import ExchangeGroup
from exchange_groups.services import memberships
from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import Session
from kb_site.accounts.groups import COORDINATION, PARTNERS
from kb_site.accounts.models import User
from tests.factories import GroupFactory, SessionFactory, UserFactory, facilitator_of, member_of

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()
NOTHING = {"knows": False, "reads": False, "joins": False, "runs": False}


@pytest.fixture
def group(db):
    return GroupFactory()


def rights(user, session):
    """What a person may do with a session, as of their next request."""
    person = User.objects.get(pk=user.pk) if user.pk else user
    this = Session.objects.filter(pk=session.pk)
    sets = {
        "knows": this.visible_to(person),
        "reads": this.readable_by(person),
        "joins": this.joinable_by(person),
        "runs": this.run_by(person),
    }
    return {name: found.exists() for name, found in sets.items()}


def test_a_member_knows_of_a_session_of_the_group_reads_it_and_registers(group):
    session = SessionFactory(group=group)
    assert rights(member_of(group), session) == NOTHING | {"knows": True, "reads": True, "joins": True}


@pytest.mark.parametrize("stranger", [{}, {"group": COORDINATION}, {"is_superuser": True}])
def test_whoever_is_not_in_the_group_has_nothing_of_its_sessions(group, stranger):
    session = SessionFactory(group=group)
    assert rights(UserFactory(**stranger), session) == rights(VISITOR, session) == NOTHING


def test_who_facilitates_the_group_runs_its_sessions_and_so_do_the_facilitator_and_the_secretary_of_one(group):
    led, written = member_of(group), member_of(group)
    session = SessionFactory(group=group, facilitator=led, secretary=written)
    everything = dict.fromkeys(NOTHING, True)
    assert [rights(person, session) for person in (facilitator_of(group), led, written)] == [everything] * 3
    assert not rights(member_of(group), session)["runs"]
    assert not rights(led, SessionFactory(group=group))["runs"]


def test_who_was_named_and_has_left_the_group_runs_nothing(group):
    written = member_of(group)
    session = SessionFactory(group=group, secretary=written)
    memberships.leave(group=group, user=written)
    assert rights(written, session) == NOTHING


def test_a_draft_is_known_to_those_who_run_it_only(group):
    draft = SessionFactory(group=group, state=SessionState.DRAFT)
    assert rights(member_of(group), draft) == NOTHING
    assert rights(draft.facilitator, draft) == {"knows": True, "reads": True, "joins": False, "runs": True}
    public_draft = SessionFactory(group=group, state=SessionState.DRAFT, is_public=True)
    assert rights(VISITOR, public_draft) == NOTHING


def test_a_public_session_is_known_to_all_and_joined_by_any_approved_account(group):
    public = SessionFactory(group=group, is_public=True)
    assert rights(VISITOR, public) == NOTHING | {"knows": True}
    assert rights(UserFactory(status=User.Status.PENDING), public) == NOTHING | {"knows": True}
    assert rights(UserFactory(), public) == NOTHING | {"knows": True, "joins": True}


@pytest.mark.parametrize("state", [state for state in SessionState if state != SessionState.OPEN])
def test_nobody_registers_but_while_registrations_are_open(group, state):
    assert not rights(member_of(group), SessionFactory(group=group, state=state))["joins"]


@pytest.mark.parametrize(
    "change", [{"confidentiality": Confidentiality.ENTRE_PAIRS}, {"state": GroupState.PREPARING}], ids=["peers", "not begun"]
)  # fmt: skip
def test_a_session_of_peers_or_of_a_group_in_preparation_is_public_for_nobody(group, change):
    public = SessionFactory(group=group, is_public=True)
    ExchangeGroup.objects.filter(pk=group.pk).update(**change)
    assert rights(VISITOR, public) == rights(UserFactory(), public) == NOTHING


def test_a_session_held_between_peers_stays_closed_once_its_group_opens():
    group = GroupFactory(confidentiality=Confidentiality.ENTRE_PAIRS)
    session = SessionFactory(group=group, is_public=True)
    ExchangeGroup.objects.filter(pk=group.pk).update(confidentiality=Confidentiality.MEMBRES)
    assert rights(VISITOR, session) == NOTHING


@pytest.mark.parametrize(("group_admits", "session_admits", "joins"), [
    (True, True, True), (True, False, False), (False, True, False),
])  # fmt: skip
def test_who_comes_from_an_institution_joins_a_public_session_that_admits_them_as_its_group_does(
    group, group_admits, session_admits, joins
):
    public = SessionFactory(group=group, is_public=True)
    ExchangeGroup.objects.filter(pk=group.pk).update(admits_institutions=group_admits)
    Session.objects.filter(pk=public.pk).update(admits_institutions=session_admits)
    assert rights(UserFactory(group=PARTNERS), public) == NOTHING | {"knows": True, "joins": joins}


def test_a_session_is_coming_until_it_ends_then_past_and_a_cancelled_one_neither():
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    later, under_way = SessionFactory(starts_at=now + hour), SessionFactory(starts_at=now - hour / 2, minutes=60)
    long_ago, just_over = SessionFactory(starts_at=now - 9 * hour), SessionFactory(starts_at=now - 2 * hour)
    for starts_at in (now + hour, now - 9 * hour):
        SessionFactory(starts_at=starts_at, state=SessionState.CANCELLED)
    ours = Session.objects.filter(title__startswith="Séance d’essai")
    assert list(ours.coming()) == [under_way, later]
    assert list(ours.past()) == [just_over, long_ago]
