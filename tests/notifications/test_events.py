"""Follow a thing, be told of what happens there: who is told, once, and only while they may read it."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from exchange_groups.choices import Access, Confidentiality, MemberRole
from exchange_groups.services.memberships import ask_to_join, change_role, leave
from kb_site.accounts.models import User
from kb_site.notifications import services, types
from kb_site.notifications.decide import Candidate, decide
from kb_site.notifications.models import Cadence, Follow, Notification
from practices.choices import Visibility
from practices.comments.services import post_comment
from practices.models import PracticePage, Theme
from practices.notify import announce_card
from tests.factories import GroupFactory, facilitator_of, member_of

from .conftest import unread_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return PracticePage.objects.filter(live=True, visibility=Visibility.PUBLIC).first()


@pytest.fixture
def members_card():
    return PracticePage.objects.filter(live=True, visibility=Visibility.MEMBRES).first()


def comment_on(card, author, text="Nous l’avons essayé.", parent=None):
    return post_comment(target=card, author=author, text=text, submission_key=uuid.uuid4(), parent=parent)


def told(person):
    return list(Notification.objects.filter(recipient=person).values_list("kind", "key"))


# Deciding


def test_a_person_is_told_once_with_the_cadence_closest_to_their_choice():
    people = [
        Candidate(person=1, may_read=True, cadence_of_item="weekly", cadence_of_kind="never"),
        Candidate(person=2, may_read=True, cadence_of_kind="never"),
        Candidate(person=3, may_read=True),
        Candidate(person=3, may_read=True, cadence_of_item="weekly"),
    ]
    decided = {decision.person: decision.cadence for decision in decide(people, default=Cadence.DAILY)}
    assert decided == {1: Cadence.WEEKLY, 2: Cadence.NEVER, 3: Cadence.DAILY}


def test_neither_the_actor_nor_a_person_without_the_right_is_told():
    people = [Candidate(person=1, may_read=True, is_actor=True), Candidate(person=2, may_read=False)]
    assert decide(people, default=Cadence.AT_ONCE) == []


# Following


def test_following_twice_keeps_one_follow_with_the_last_cadence(account, card):
    services.follow(user=account("membre"), obj=card)
    services.follow(user=account("membre"), obj=card, cadence=Cadence.WEEKLY)
    assert Follow.objects.get(user=account("membre")).cadence == "weekly"
    services.unfollow(user=account("membre"), obj=card)
    services.unfollow(user=account("membre"), obj=card)
    assert services.follow_of(user=account("membre"), obj=card) is None


def test_an_account_that_waits_follows_nothing(account, card):
    with pytest.raises(services.MayNotFollow):
        services.follow(user=account("attente"), obj=card)


def test_nobody_follows_a_card_they_may_not_read(account, members_card):
    PracticePage.objects.filter(pk=members_card.pk).update(live=False)
    with pytest.raises(services.MayNotFollow):
        services.follow(user=account("membre"), obj=members_card)


# Being told


def test_a_comment_tells_the_followers_of_the_card_but_not_its_author(account, card, perform):
    for name in ("membre", "karim"):
        services.follow(user=account(name), obj=card)
    comment = comment_on(card, account("membre"))
    assert told(account("karim")) == [], "nothing is done inside the request"
    perform("spread", times=2)
    assert told(account("karim")) == [("comment_on_card", f"comment:{comment.pk}")]
    assert told(account("membre")) == []


def test_the_author_replied_to_is_told_of_the_reply_only(account, card, perform):
    services.follow(user=account("karim"), obj=card)
    question = comment_on(card, account("karim"), "Comment faire sans wifi ?")
    perform("spread")
    answer = comment_on(card, account("membre"), "Par téléphone.", parent=question)
    perform("spread")
    assert told(account("karim")) == [("comment_reply", f"comment:{answer.pk}")]


def test_a_person_who_lost_the_right_since_they_followed_is_not_told(account, members_card, perform):
    services.follow(user=account("karim"), obj=members_card)
    User.objects.filter(email="karim@example.org").update(status=User.Status.REFUSED)
    comment_on(members_card, account("membre"))
    perform("spread")
    assert told(account("karim")) == []


def test_a_closed_account_is_not_told(account, card, perform):
    services.follow(user=account("karim"), obj=card)
    User.objects.filter(email="karim@example.org").update(is_active=False)
    comment_on(card, account("membre"))
    perform("spread")
    assert told(account("karim")) == []


def test_a_card_published_again_is_told_once_to_the_followers_of_its_themes(account, card, perform):
    theme = card.themes.first() or Theme.objects.first()
    card.themes.add(theme)
    services.follow(user=account("karim"), obj=theme)
    announce_card(page=card)
    announce_card(page=card)
    perform("spread")
    assert told(account("karim")) == [("card_published", f"card:{card.pk}")]


def test_an_unknown_event_fails_where_it_is_told(account, card):
    with pytest.raises(KeyError):
        services.notify(kind="inconnu", target=card, key="x")


def test_reading_everything_leaves_nothing_unread(account, card, perform):
    services.follow(user=account("karim"), obj=card)
    for _time in range(3):
        comment_on(card, account("membre"))
    perform("spread")
    assert unread_count(account("karim")) == 3
    first = Notification.objects.filter(recipient=account("karim")).first()
    assert services.mark_read(user=account("membre"), notifications=[first.pk]) == 0, "only one’s own"
    assert services.mark_read(user=account("karim"), notifications=[first.pk]) == 1
    assert services.mark_read(user=account("karim"), target=card) == 2
    assert unread_count(account("karim")) == 0
    assert Notification.objects.filter(recipient=account("karim"), read_at__lte=timezone.now()).count() == 3


def test_every_kind_of_event_names_a_followable_thing():
    for kind in types.events():
        assert types.followable_of(kind.target)
        assert kind.sentence % {"actor": "A", "title": "T"}


@pytest.mark.parametrize("loses", ["the role", "the group"])
def test_who_leads_a_group_no_more_is_not_told_who_asks_to_enter(loses, account, perform, deliver, signed_in):
    group = GroupFactory(access=Access.SUR_DEMANDE, confidentiality=Confidentiality.PUBLIC)
    other, former = facilitator_of(group), facilitator_of(group, account("membre"))
    member_of(group)
    ask_to_join(group=group, user=account("karim"))
    perform("spread")
    assert set(Notification.objects.filter(kind="group_request").values_list("recipient", flat=True)) == {
        other.pk,
        former.pk,
    }
    if loses == "the role":
        change_role(membership=group.memberships.get(user=former), role=MemberRole.MEMBER, by=other)
    else:
        leave(group=group, user=former)
    assert [mail.to for mail in deliver()] == [[other.email]]
    assert "demande à entrer" not in signed_in("membre").get(reverse("notification_list")).content.decode()
