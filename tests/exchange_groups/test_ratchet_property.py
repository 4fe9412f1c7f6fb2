"""Whatever people do, in whatever order, what was said is never read by somebody who could not read it when it was said,
unless somebody who leads the group, or all its members, let them in; and a masked name is never seen by more people.

The attacker holds every role: members, facilitators, a partner, the coordination, an administrator, a visitor.
"""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange_groups.models import ExchangeGroup, GroupDecision, Invitation, JoinRequest, Membership, Topic
from exchange_groups.services import charters, decisions, invitations, memberships, moderation, states, topics
from exchange_groups.services.errors import GroupError
from exchange_groups.sessions.models import Session
from kb_site.accounts.models import User
from tests.exchange_groups.test_ratchet import posted

pytestmark = pytest.mark.django_db

PEOPLE = ["animation", "edition", "karim", "membre", "lucie", "partenaire", "coordination", "admin"]
CONFIDENTIALITIES = ["public", "membres", "entre_pairs"]
person = st.sampled_from(PEOPLE)
yes = st.booleans()
which = st.integers(0, 3)

ACTIONS = st.one_of(
    st.tuples(st.just("say"), person, yes),
    st.tuples(st.just("hold"), person, yes),
    st.tuples(st.just("change"), person, st.sampled_from(CONFIDENTIALITIES), yes),
    st.tuples(st.just("admin_form"), st.sampled_from(["coordination", "admin"]), st.sampled_from(CONFIDENTIALITIES), yes,
              st.sampled_from(["ouvert", "sur_demande", "invitation"]), st.none() | person),
    st.tuples(st.just("propose"), person, person),
    st.tuples(st.just("answer"), person, yes),
    st.tuples(st.just("wait"), st.integers(1, 20)),
    st.tuples(st.just("role"), person, person),
    st.tuples(st.just("join"), person),
    st.tuples(st.just("ask"), person),
    st.tuples(st.just("accept"), person),
    st.tuples(st.just("invite"), person, person),
    st.tuples(st.just("leave"), person),
    st.tuples(st.just("charter"), person),
    st.tuples(st.just("suspend"), person),
    st.tuples(st.just("confide"), which),
    st.tuples(st.just("merge"), person, which, which),
    st.tuples(st.just("split"), person, which),
    st.tuples(st.just("state"), person, st.sampled_from(["active", "paused", "closed"])),
)  # fmt: skip


class World:
    """A group of a site, its people, what was said in it and who may read it."""

    def __init__(self, signed_in):
        self.signed_in = signed_in
        self.group_id = ExchangeGroup.objects.get(slug="cip-ile-de-france").pk
        self.now = timezone.now()
        self.readers = {}
        self.namers = {}
        self.let_in = set()
        self.note()

    @property
    def group(self):
        return ExchangeGroup.objects.get(pk=self.group_id)

    def user(self, name):
        return User.objects.get(email=f"{name}@example.org")

    def look(self):
        """Return, for each thing said, who reads it now, and for each topic, who sees its masked names."""
        reading, naming = {}, {}
        topics_ = list(Topic.objects.filter(group=self.group_id).select_related("group"))
        people = User.objects.in_bulk([f"{name}@example.org" for name in PEOPLE], field_name="email")
        for name in (*PEOPLE, None):
            user = people[f"{name}@example.org"] if name else AnonymousUser()
            read = {("Topic", pk) for pk in Topic.objects.visible_to(user).values_list("pk", flat=True)}
            read |= {("Session", pk) for pk in Session.objects.readable_by(user).values_list("pk", flat=True)}
            for key in read:
                reading.setdefault(key, set()).add(name)
            for topic in topics_:
                if topic.masked and topic.shows_masked_names_to(user):
                    naming.setdefault(topic.pk, set()).add(name)
        own = {("Topic", topic.pk) for topic in topics_}
        own |= {("Session", pk) for pk in Session.objects.filter(group=self.group_id).values_list("pk", flat=True)}
        return {key: reading.get(key, set()) for key in own}, {
            topic.pk: naming.get(topic.pk, set()) for topic in topics_
        }

    def note(self):
        """Who reads a thing is noted when it is first seen."""
        reading, naming = self.look()
        self.readers = reading | self.readers
        self.namers = naming | self.namers
        return reading, naming

    def welcome(self, name):
        """Somebody who leads the group, or its members, let this person in: they read what members of their kind read."""
        self.let_in.add(name)

    def check(self):
        reading, naming = self.note()
        closed = {("Topic", pk) for pk in Topic.objects.filter(admits_institutions=False).values_list("pk", flat=True)}
        closed |= {
            ("Session", pk) for pk in Session.objects.filter(admits_institutions=False).values_list("pk", flat=True)
        }
        for key, names in reading.items():
            for name in names - self.readers[key]:
                assert name in self.let_in, f"{name} reads {key}, and could not"
                assert name != "partenaire" or key not in closed, f"an institution reads {key}"
        for topic, names in naming.items():
            assert names <= self.namers[topic], f"a masked name of {topic} is seen by more people"

    # What people do. A refusal is a GroupError; what is done by a form is posted.

    def say(self, name, masked):
        user = self.user(name)
        if self.group.may_be_written_by(user):
            topics.open_topic(group=self.group, author=user, type="question", title="T", body="B", masked=masked)

    def hold(self, name, is_public):
        user = self.user(name)
        if self.group.is_facilitated_by(user):
            Session.objects.create(group=self.group, title="S", format="visio", state="open", is_public=is_public)

    def change(self, name, confidentiality, admits):
        if (confidentiality, admits) == ("entre_pairs", True):
            return
        decisions.change_confidentiality(
            group=self.group,
            confidentiality=confidentiality,
            admits_institutions=admits,
            by=self.user(name),
            reason="R",
        )

    def admin_form(self, name, confidentiality, admits, access, leads):
        group = self.group
        led = list(Membership.objects.facilitators().filter(group=group).values_list("user_id", flat=True))
        named = self.user(leads).pk if leads else None
        agreed = group.may_be_managed_by(self.user(name))
        values = posted(
            group,
            confidentiality=confidentiality,
            access=access,
            admits_institutions="on" if admits else None,
            facilitators=[*led, named] if named else led,
        )
        address = reverse("wagtailsnippets_exchange_groups_exchangegroup:edit", args=[group.pk])
        answer = self.signed_in(name).post(address, values)
        if leads and agreed and answer.status_code == 302:
            self.welcome(leads)

    def propose(self, by, name):
        decision = decisions.propose_facilitator(group=self.group, person=self.user(name), by=self.user(by))
        if decision.state == "applied":
            self.welcome(name)

    def answer(self, name, agrees):
        for decision in GroupDecision.objects.waiting().filter(group=self.group_id):
            led = self.group.is_led
            done = decisions.answer(decision=decision, user=self.user(name), agrees=agrees)
            if done.is_naming and done.state == "applied":
                assert led
                self.welcome(done.person.email.partition("@")[0])

    def wait(self, days):
        self.now += datetime.timedelta(days=days)
        waiting = GroupDecision.objects.waiting().filter(group=self.group_id, kind="naming")
        pks = list(waiting.values_list("pk", flat=True))
        decisions.settle_decisions(now=self.now)
        for done in GroupDecision.objects.filter(pk__in=pks, state="applied"):
            assert done.told_members_at is not None
            assert not done.answers.filter(agrees=False).exists()
            self.welcome(done.person.email.partition("@")[0])

    def role(self, by, name):
        membership = Membership.objects.current().filter(group=self.group_id, user=self.user(name)).first()
        if membership:
            role = "member" if membership.role == "facilitator" else "facilitator"
            memberships.change_role(membership=membership, role=role, by=self.user(by))
            self.welcome(name)

    def join(self, name):
        memberships.join(group=self.group, user=self.user(name))

    def ask(self, name):
        memberships.ask_to_join(group=self.group, user=self.user(name))

    def accept(self, by):
        if not self.group.may_be_managed_by(self.user(by)):
            return
        for request in JoinRequest.objects.filter(group=self.group_id, state="pending"):
            memberships.decide_request(request=request, by=self.user(by), accept=True)
            self.welcome(request.user.email.partition("@")[0])

    def invite(self, by, name):
        if not self.group.may_be_managed_by(self.user(by)):
            return
        for made in invitations.invite_by_mail(group=self.group, emails=[self.user(name).email], by=self.user(by)):
            invitations.accept_invitation(invitation=Invitation.objects.get(pk=made.pk), user=self.user(name))
            self.welcome(name)

    def leave(self, name):
        memberships.leave(group=self.group, user=self.user(name))

    def charter(self, name):
        user = self.user(name)
        if Membership.objects.current().filter(group=self.group_id, user=user).exists():
            charters.accept_charter(charter=self.group.charter, user=user)

    def suspend(self, name):
        if name not in {"coordination", "admin"}:
            status = "refused" if self.user(name).status == "approved" else "approved"
            User.objects.filter(pk=self.user(name).pk).update(status=status)

    def _topic(self, number):
        found = list(Topic.objects.standing().filter(group=self.group_id).order_by("-pk")[: number + 1])
        return found[-1]

    def confide(self, number):
        topic = self._topic(number)
        if topic.masked and topic.author:
            topics.confide_name(topic=topic, by=topic.author)
            self.namers[topic.pk] = self.look()[1][topic.pk]

    def merge(self, by, one, other):
        if self.group.is_facilitated_by(self.user(by)):
            into = self._topic(other)
            moderation.merge_topics(topic=self._topic(one), into=into)

    def split(self, by, number):
        from practices.comments.threads import readable_comments_of

        topic = self._topic(number)
        threads = list(readable_comments_of(topic).filter(level=0).values_list("pk", flat=True)[:1])
        if self.group.is_facilitated_by(self.user(by)) and threads:
            before = self.readers["Topic", topic.pk], self.namers[topic.pk]
            new = moderation.split_topic(topic=topic, threads=threads, title="Suite", by=self.user(by))
            self.readers["Topic", new.pk], self.namers[new.pk] = before

    def state(self, by, state):
        if self.group.may_be_managed_by(self.user(by)):
            states.change_state(group=self.group, state=state)


@settings(
    max_examples=20,
    derandomize=True,
)
@given(actions=st.lists(ACTIONS, min_size=4, max_size=12))
def test_no_sequence_of_actions_opens_what_was_said(signed_in, actions):
    with transaction.atomic():
        world = World(signed_in)
        for name, *arguments in actions:
            try:
                with transaction.atomic():
                    getattr(world, name)(*arguments)
            except GroupError:
                continue
            world.check()
        transaction.set_rollback(True)
