"""The factories make what people make: published, told, found, with the rights that go with it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.models import Session
from kb_site.notifications.models import Follow
from practices.models import PracticePage
from search.models import SearchEntry
from tests.factories import (
    CardFactory,
    GroupFactory,
    SessionFactory,
    UserFactory,
    facilitator_of,
    member_of,
    say,
    topic_in,
)

pytestmark = pytest.mark.django_db


def test_a_card_is_published_with_its_revision_and_found():
    card = CardFactory()
    assert card.live
    assert card.live_revision == card.latest_revision
    assert card in PracticePage.objects.visible_to(AnonymousUser())
    assert SearchEntry.objects.filter(title=card.title).exists()


def test_a_draft_waits():
    card = CardFactory(live=False)
    assert (card.live, card.has_unpublished_changes) == (False, True)


def test_who_enters_a_group_reads_and_follows_it_and_nobody_else_does():
    group = GroupFactory()
    member, stranger = member_of(group), UserFactory()
    topic = topic_in(group)
    assert topic.is_visible_to(member)
    assert not ExchangeGroup.objects.readable_by(stranger).filter(pk=group.pk).exists()
    assert Follow.objects.filter(user=member, object_id=group.pk).exists()
    assert say(topic, member).user == member


def test_a_session_is_run_by_who_facilitates_its_group():
    session = SessionFactory()
    assert session in Session.objects.run_by(session.facilitator)
    assert session not in Session.objects.run_by(member_of(session.group))
    assert session in Session.objects.run_by(facilitator_of(session.group))
