"""Places: taken, given back, moved up, from the site and from a mail; never one more than there are."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from exchange_groups.models import Membership
from exchange_groups.services import memberships
from exchange_groups.sessions.models import LinksWithdrawn, Registration, Session
from exchange_groups.sessions.services import preparing
from exchange_groups.sessions.services.errors import NotJoinable
from exchange_groups.sessions.services.places import register, register_guest, withdraw
from exchange_groups.sessions.tokens import DATES, PLACE, path_for, token_for
from kb_site.accounts.models import User
from kb_site.accounts.services.erasure import erase


@pytest.fixture
def full(coming):
    """Three places, all taken: by « animation », « karim » and « edition »."""
    Session.objects.filter(pk=coming.pk).update(capacity=3)
    coming.refresh_from_db()
    return coming


def state_of(session, user):
    return Registration.objects.get(session=session, user=user).state


@pytest.mark.django_db
def test_a_member_takes_a_place_and_a_mail_confirms_it(signed_in, account, coming, deliver):
    browser = signed_in("membre")
    for _time in range(2):
        assert browser.post(f"{coming.get_absolute_url()}inscription/", {"place": "venir"}).status_code == 303
    assert state_of(coming, account("membre")) == "registered"
    (message,) = deliver()["membre"]
    assert "Votre place est notée" in message.subject
    assert "Vous avez une place" in browser.get(coming.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_the_waiting_list_moves_up_by_itself_and_says_so(account, full, deliver):
    assert register(session=full, user=account("membre")).state == "waiting"
    assert "liste d’attente" in deliver()["membre"][0].body
    withdraw(session=full, user=account("edition"))
    assert state_of(full, account("membre")) == "registered"
    (message,) = deliver()["membre"]
    assert message.subject.startswith("Une place s’est libérée")
    assert "01 99 00 12 34" in message.body
    withdraw(session=full, user=account("edition"))
    assert deliver() == {}


@pytest.mark.django_db
def test_who_left_the_group_while_waiting_keeps_nobody_behind_them(account, public, deliver):
    Session.objects.filter(pk=public.pk).update(capacity=3, is_public=False)
    register(session=public, user=account("membre"))
    register(session=public, user=account("edition"))
    Membership.objects.filter(group=public.group, user=account("membre")).update(left_at="2026-11-20T10:00:00Z")
    deliver()
    withdraw(session=public, user=account("mediateur"))
    assert state_of(public, account("membre")) == "waiting"
    assert set(deliver()) == {"edition"}


@pytest.mark.django_db
def test_who_leaves_the_group_leaves_their_place_to_those_who_wait(account, full, deliver):
    register(session=full, user=account("membre"))
    deliver()
    memberships.leave(group=full.group, user=account("edition"))
    assert state_of(full, account("edition")) == "withdrawn"
    assert state_of(full, account("membre")) == "registered"
    assert set(deliver()) == {"membre"}


@pytest.mark.django_db
def test_an_account_that_ends_leaves_its_place(account, full, deliver):
    register(session=full, user=account("membre"))
    erase(user=account("edition"))
    assert state_of(full, account("membre")) == "registered"


@pytest.mark.django_db
def test_more_places_move_the_waiting_list_up(account, full, deliver):
    register(session=full, user=account("membre"))
    deliver()
    preparing.change_session(session=full, values={"capacity": 4})
    assert state_of(full, account("membre")) == "registered"
    assert set(deliver()) == {"membre"}


@pytest.mark.django_db
def test_an_outsider_takes_no_place(account, coming):
    with pytest.raises(NotJoinable):
        register(session=coming, user=account("lucie"))


@pytest.mark.django_db
def test_a_public_session_takes_any_member_and_institutions_where_admitted(account, public):
    assert register(session=public, user=account("lucie")).state == "registered"
    assert register(session=public, user=account("karim")).state == "registered"
    with pytest.raises(NotJoinable):
        register(session=public, user=account("attente"))


@pytest.mark.django_db
def test_a_place_is_given_back_from_the_mail_without_signing_in(account, full):
    register(session=full, user=account("membre"))
    address = path_for(PLACE, session=full, user=account("karim"))
    mail_scanner = Client()
    assert mail_scanner.get(address).status_code == 200
    assert mail_scanner.head(address).status_code == 200
    assert state_of(full, account("karim")) == "registered"
    assert mail_scanner.post(address, {"place": "annuler"}).status_code == 303
    assert state_of(full, account("karim")) == "withdrawn"
    assert state_of(full, account("membre")) == "registered"
    assert "vous ne venez pas" in mail_scanner.get(address).content.decode()
    assert mail_scanner.post(address, {"place": "venir"}).status_code == 303
    assert state_of(full, account("karim")) == "waiting"


@pytest.mark.django_db
def test_a_link_is_for_one_person_and_one_use(account, coming):
    karim = account("karim")
    token = token_for(PLACE, session=coming, user=karim)
    wrong = [
        f"/seances/place/{token[:-1]}x/",
        f"/seances/place/{token_for(DATES, session=coming, user=karim)}/",
        f"/seances/place/{token.replace(str(karim.pk), '1', 1)}x/",
        "/seances/place/%00/",
    ]
    assert [Client().get(address).status_code for address in wrong] == [404] * len(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"status": User.Status.REFUSED}, {"is_active": False}])
def test_a_link_opens_nothing_for_an_account_that_lost_its_rights(account, coming, change):
    address = path_for(PLACE, session=coming, user=account("karim"))
    User.objects.filter(email="karim@example.org").update(**change)
    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_a_link_opens_nothing_for_who_left_the_group(account, coming):
    address = path_for(PLACE, session=coming, user=account("edition"))
    Membership.objects.filter(user=account("edition")).update(left_at="2026-11-20T10:00:00Z")
    assert Client().get(address).status_code == 404


@pytest.mark.django_db
def test_those_who_run_it_see_who_comes(signed_in, coming):
    page = signed_in("animation").get(f"{coming.get_absolute_url()}inscrits/").content.decode()
    assert "Karim D." in page
    assert signed_in("membre").get(f"{coming.get_absolute_url()}inscrits/").status_code == 404


def test_twenty_people_at_once_never_take_more_places_than_there_are(committed_site, account):
    session = Session.objects.get(title__startswith="Atelier : mesurer")
    Session.objects.filter(pk=session.pk).update(capacity=8)  # three are taken
    people = [
        User.objects.create_user(f"p{n}@example.org", first_name="P", last_name=str(n), status=User.Status.APPROVED)
        for n in range(20)
    ]

    def take(person):
        try:
            return register(session=session, user=person).state
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=20) as pool:
        states = list(pool.map(take, people))
    assert sorted(states) == ["registered"] * 5 + ["waiting"] * 15
    assert session.registrations.registered().count() == 8

    def leave(person):
        try:
            withdraw(session=session, user=person)
        finally:
            connection.close()

    gone = [person for person, state in zip(people, states, strict=True) if state == "registered"]
    with ThreadPoolExecutor(max_workers=5) as pool:
        list(pool.map(leave, gone))
    assert session.registrations.registered().count() == 8
    assert session.registrations.waiting().count() == 10


LINKS = pytest.mark.parametrize("purpose", [DATES, PLACE])
OVER = [
    {"state": "cancelled"},
    {"state": "closed"},
    {"state": "to_write_up"},
    {"starts_at": "2020-01-01T10:00:00Z", "ends_at": "2020-01-01T11:00:00Z"},
]


@pytest.mark.django_db
@LINKS
@pytest.mark.parametrize("over", OVER)
def test_the_links_of_a_session_end_with_it(account, coming, purpose, over):
    address = path_for(purpose, session=coming, user=account("karim"))
    Session.objects.filter(pk=coming.pk).update(**over)
    before = state_of(coming, account("karim"))
    for answer in (Client().get(address), Client().post(address, {"place": "annuler"})):
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "Ce lien ne vaut plus" in page
        assert coming.title not in page, "who holds a dead link learns nothing"
    assert state_of(coming, account("karim")) == before


@pytest.mark.django_db
@LINKS
def test_a_holder_withdraws_their_own_links_and_those_of_others_still_work(account, coming, purpose):
    own = [path_for(link, session=coming, user=account("karim")) for link in (DATES, PLACE)]
    other = path_for(PLACE, session=coming, user=account("edition"))
    assert (
        Client().post(path_for(purpose, session=coming, user=account("karim")), {"retirer-les-liens": ""}).status_code
        == 303
    )
    assert {Client().get(address).status_code for address in own} == {410}
    assert Client().get(other).status_code == 200


@pytest.mark.django_db
def test_who_runs_the_session_withdraws_all_and_later_mails_bring_links_that_work(signed_in, account, coming):
    sent = [path_for(PLACE, session=coming, user=account(name)) for name in ("karim", "edition")]
    address = f"{coming.get_absolute_url()}liens/retirer/"
    assert signed_in("membre").post(address).status_code == 404
    assert signed_in("animation").post(address).status_code == 303
    assert {Client().get(one).status_code for one in sent} == {410}
    LinksWithdrawn.objects.update(withdrawn_at=timezone.now() - datetime.timedelta(minutes=1))
    later = path_for(PLACE, session=coming, user=account("karim"))
    assert Client().get(later).status_code == 200


def test_who_called_is_registered_with_or_without_an_account(signed_in, account, coming):
    browser = signed_in("animation")
    address = f"{coming.get_absolute_url()}inscrits/"
    assert browser.post(address, {"person": account("membre").pk, "name": ""}).status_code == 303
    for _time in range(2):
        assert browser.post(address, {"person": "", "name": "Une collègue"}).status_code == 303
    names = [one.name for one in coming.registrations.registered()]
    assert account("membre").public_name in names
    assert names.count("Une collègue") == 1
    assert "Dites de qui il s’agit." in browser.post(address, {"person": "", "name": ""}).content.decode()
    assert browser.post(address, {"person": account("partenaire").pk, "name": ""}).status_code == 422


def test_the_silent_are_invited_again_and_the_message_to_copy_says_all(signed_in, account, coming, deliver):
    browser = signed_in("animation")
    page = browser.get(f"{coming.get_absolute_url()}inscrits/").content.decode()
    words = page.split("data-copy>")[1].split("</textarea>")[0]
    assert coming.title in words
    assert coming.get_absolute_url() in words
    assert browser.post(f"{coming.get_absolute_url()}relancer/").status_code == 303
    asked = set(deliver())
    assert "membre" in asked
    assert "edition" not in asked  # has a place


def test_a_guest_takes_no_place_that_is_not_there(coming):
    Session.objects.filter(pk=coming.pk).update(capacity=coming.registrations.registered().count())
    assert register_guest(session=coming, name="Une collègue").state == "waiting"
