"""A right ends with its reason: who has lost it gets, at every address, what a person gets who never had it.

Every address of the permission matrix, reading and writing, and of Wagtail's admin, is asked twice: as the one who lost the
right, and as their twin, who never had it.
"""

import uuid
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from exchange_groups.choices import MemberRole
from exchange_groups.models import CharterAcceptance, ExchangeGroup, Membership
from exchange_groups.services import memberships
from exchange_groups.sessions.models import Registration
from kb_site.accounts.models import User
from kb_site.accounts.services.structures import remove_leaver
from tests.conftest import sign_in
from tests.permissions import NOT_ALLOWED, diagnostic, groups, live, minutes, sessions
from tests.test_admin_walk import LEFT_OUT
from tests.test_permissions import MATRIX
from tests.urlconf import admin_addresses

pytestmark = pytest.mark.django_db

# The certificate of one's own attendance is one's own: it stays.
TALK = [
    name
    for room in (groups, sessions, live, minutes, diagnostic)
    for name in room.DOORS
    if name != "attendance_certificate"
]
# Icons, words of the interface and the way in: they tell nothing of anyone, and anybody gets them.
OPEN_IN_ADMIN = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_login"}


def twin_of(person, *, without=None, role=None):
    """Return an account like this one, in the same groups but one, with the places they have in sessions."""
    twin = User.objects.get(pk=person.pk)
    groups_ = list(twin.groups.all())
    twin.pk, twin.email, twin._state.adding = None, f"{uuid.uuid4().hex}@example.org", True
    twin.save()
    twin.groups.set(groups_)
    for membership in Membership.objects.filter(user=person).exclude(group=without):
        Membership.objects.create(group=membership.group, user=twin, role=membership.role, left_at=membership.left_at)
    if role:
        Membership.objects.create(group=without, user=twin, role=role)
    for accepted in CharterAcceptance.objects.filter(user=person):
        CharterAcceptance.objects.create(charter=accepted.charter, user=twin)
    for place in Registration.objects.filter(user=person):
        if role or place.session.group_id != getattr(without, "pk", None):
            Registration.objects.create(session=place.session, user=twin, state=place.state, presence=place.presence)
    return twin


@pytest.fixture
def answers(client):
    """Return what an account gets from these visits (method, address); what each changes is undone."""

    def ask(person, visits):
        sign_in(client, person)
        User.objects.filter(pk=person.pk).update(last_seen_on=timezone.localdate())  # each visit would write it anew
        client.raise_request_exception = False
        found = {}
        for method, address in visits:
            with transaction.atomic():
                found[method, address] = status_of(getattr(client, method)(address))
                transaction.set_rollback(True)
        return found

    return ask


def address_of(name):
    address = MATRIX[name].address
    return address if isinstance(address, str) else address()


def visits_of(names):
    """Return the visits of these addresses, reading and writing, where rights count.

    Where every role of the matrix gets the same, the visitor and the administrator, there is no right to lose.
    """
    expected = {name: {"get": MATRIX[name].get, "post": MATRIX[name].post or NOT_ALLOWED} for name in names}
    return [
        (method, address_of(name))
        for name, methods in expected.items()
        for method, statuses in methods.items()
        if len(set(statuses.values())) > 1
    ]


def reading_and_writing(addresses):
    return list(product(("get", "post"), addresses))


def same(answers, lost, twin, visits):
    return differences(answers(lost, visits), answers(twin, visits))


def differences(mine, theirs):
    return [f"{where}: {mine[where]} and not {theirs[where]}" for where in mine if mine[where] != theirs[where]]


@pytest.fixture
def cip(db):
    return ExchangeGroup.objects.get(slug="cip-ile-de-france")


def test_who_is_no_longer_in_a_group_has_nothing_of_it(account, answers, cip):
    """Whether they left or were removed: the twin is asked once for both."""
    person = account("membre")
    visits = visits_of(TALK)
    theirs = answers(twin_of(person, without=cip), visits)
    for leave in (leave_by_oneself, removed_by_the_group):
        with transaction.atomic():
            leave(cip, person)
            mine = answers(account("membre"), visits)
            transaction.set_rollback(True)
        if leave is removed_by_the_group:  # does not even ask again by themselves: a facilitator invites them
            mine = {where: status for where, status in mine.items() if where[1] != address_of("group_join")}
        assert differences(mine, theirs) == [], leave.__name__


def leave_by_oneself(group, person):
    memberships.leave(group=group, user=person)


def removed_by_the_group(group, person):
    membership = Membership.objects.get(group=group, user=person)
    memberships.remove_member(membership=membership, reason="Un manquement à la charte")


def test_who_leads_no_more_has_what_a_member_has(account, answers, cip):
    visits = visits_of(TALK)
    person, other = account("animation"), account("karim")
    membership = Membership.objects.get(group=cip, user=other)
    memberships.change_role(membership=membership, role="facilitator", by=person)
    twin = twin_of(person, without=cip, role=MemberRole.MEMBER)
    memberships.change_role(membership=Membership.objects.get(group=cip, user=person), role="member", by=other)
    # A session keeps who was named to run it: its facilitator runs it while they share its talk.
    from exchange_groups.sessions.models import Session

    Session.objects.filter(group=cip, facilitator=person).update(facilitator=other)
    Session.objects.filter(group=cip, secretary=person).update(secretary=None)
    assert same(answers, account("animation"), twin, visits) == []


def test_who_left_a_structure_has_nothing_of_it(account, answers):
    visits = visits_of(MATRIX)
    person = account("membre")
    twin = twin_of(person)
    User.objects.filter(pk=twin.pk).update(structure=None, status=User.Status.DETACHED)
    twin.groups.clear()
    referent = User.objects.filter(structure=person.structure_id, is_referent=True).exclude(pk=person.pk).first()
    if referent is None:
        referent = User.objects.create(
            email="referent@example.org", status="approved", structure=person.structure, is_referent=True
        )
    remove_leaver(by=referent, user=person)
    twin.refresh_from_db()
    assert same(answers, account("membre"), twin, visits) == []


def test_a_suspended_account_has_what_an_account_never_approved_has(account, answers):
    visits = visits_of(MATRIX)
    person = account("edition")
    twin = twin_of(person)
    User.objects.filter(pk=twin.pk).update(status=User.Status.REFUSED)
    twin.groups.clear()
    twin.group_memberships.all().delete()
    person.decide(User.Status.REFUSED, by=account("coordination"))
    person.groups.clear()
    person.save()
    twin.refresh_from_db()
    assert same(answers, account("edition"), twin, visits) == []


@pytest.mark.parametrize(
    ("role", "how"),
    [("edition", "demoted"), ("coordination", "demoted"), ("admin", "demoted"), ("edition", "suspended")],
)
def test_who_has_lost_the_role_has_nothing_of_the_admin(account, client, role, how):
    from practices.models import PracticePage

    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    values = {
        "page_id": card.pk,
        "pk": card.pk,
        "object_id": card.pk,
        "app_label": "practices",
        "model_name": "practicepage",
    }
    found = admin_addresses(values | {"content_type_app_name": "practices", "content_type_model_name": "practicepage"})
    assert found.keys() >= OPEN_IN_ADMIN
    addresses = [address for name, address in found.items() if name not in LEFT_OUT | OPEN_IN_ADMIN]
    person = account(role)
    client.force_login(person)  # the device stays open
    assert client.get("/admin/").status_code == 200
    if how == "demoted":
        person.groups.set(account("membre").groups.all())
        person.is_superuser = False
    else:
        person.decide(User.Status.REFUSED, by=account("coordination"))
        person.groups.clear()
    person.save()
    shown = [address for address in addresses if status_of(client.get(address)) in {200, 303}]
    assert shown == []


def test_a_closed_group_is_read_and_takes_nothing(account, answers, cip):
    writing = [
        name for name in groups.DOORS if name in {"topic_new", "topic_react", "group_join", "manage_invitations"}
    ]
    ExchangeGroup.objects.filter(pk=cip.pk).update(state="closed")
    reading = answers(
        account("membre"), reading_and_writing(map(address_of, ["group_page", "topic_page", "group_members"]))
    )
    assert {status for (method, _address), status in reading.items() if method == "get"} == {200}
    before = cip.topics.count(), cip.memberships.count()
    for name in ("membre", "animation", "lucie"):
        for (method, address), status in answers(account(name), reading_and_writing(map(address_of, writing))).items():
            assert status != 201, (method, address)
            assert not (method == "get" and status == 200 and address.endswith("nouveau/")), address
    assert (cip.topics.count(), cip.memberships.count()) == before


def test_a_cancelled_session_takes_nothing_more(account, answers):
    from exchange_groups.sessions.models import Session

    session = Session.objects.get(title__startswith="Lean coffee de décembre")
    Session.objects.filter(pk=session.pk).update(state="cancelled")
    places = set(Registration.objects.filter(session=session).values_list("user", "state"))
    for name in ("membre", "animation"):
        found = answers(account(name), reading_and_writing(map(address_of, sessions.DOORS)))
        assert not [where for where, status in found.items() if status >= 500]
    assert set(Registration.objects.filter(session=session).values_list("user", "state")) == places
    assert timezone.now() > session.created_at


@pytest.fixture
def kept_by_who_left(account, cip, signed_in):
    """What a member of the group had in hand before leaving: addresses that a browser or a mail still holds."""
    from django.core.files.base import ContentFile

    from exchange_groups.minutes.choices import MinutesState
    from exchange_groups.minutes.models import Minutes
    from exchange_groups.minutes.tokens import action_token
    from exchange_groups.models import Topic, TopicFile
    from exchange_groups.sessions.calendars import key_of
    from exchange_groups.sessions.models import Note, Session
    from exchange_groups.sessions.tokens import DATES, PLACE, path_for
    from practices.diagnostic.models import DiagnosticCampaign

    person, topic = account("membre"), Topic.objects.filter(group=cip).first()
    file = TopicFile.objects.create(
        topic=topic, file=ContentFile(b"x", name="a.txt"), name="a.txt", media_type="text/plain", size=1
    )
    session = Session.objects.get(title__startswith="Lean coffee de décembre")
    note = Note.objects.create(session=session, kind="action", state="to_do", text="Prêter six casques", doer=person)
    signed_in("animation").post(f"/groupes/{cip.slug}/animer/diagnostic/", {"place": "Groupe"})
    campaign = DiagnosticCampaign.objects.get(place="Groupe")
    held = Session.objects.filter(group=cip, written_minutes__isnull=False).first()
    Minutes.objects.filter(session=held).update(state=MinutesState.PUBLISHED, published_at=timezone.now())
    return {
        "file": file.get_absolute_url(),
        "diagnostic": f"/diagnostic/{campaign.pk}/",
        "result": f"/diagnostic/{campaign.pk}/resultat/",
        "minutes": held.written_minutes.get_absolute_url(),
        "minutes as a file": f"{held.get_absolute_url()}compte-rendu.docx",
        "place by link": path_for(PLACE, session=session, user=person),
        "dates by link": path_for(DATES, session=session, user=person),
        "action by link": reverse("action_by_link", args=[action_token(note, person)]),
    }, f"/seances/agenda/{key_of(person).key}.ics", session  # fmt: skip


def status_of(answer):
    answer.getvalue()  # a file is closed once it is read
    return answer.status_code


def test_what_one_still_has_in_hand_opens_nothing(account, cip, signed_in, client, kept_by_who_left):
    addresses, feed, session = kept_by_who_left
    browser = signed_in("membre")
    before = {name: status_of(browser.get(address)) for name, address in addresses.items()}
    assert set(before.values()) == {200}, before
    assert session.title in client.get(feed).content.decode()
    memberships.leave(group=cip, user=account("membre"))
    browser = signed_in("membre")
    after = {name: status_of(browser.get(address)) for name, address in addresses.items()}
    assert not {name for name, status in after.items() if status in {200, 303}}, after
    assert session.title not in client.get(feed).content.decode()
