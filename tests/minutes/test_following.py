"""What follows a session: reminders, one click, the list of one's actions, what the group's page shows."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.minutes.models import Minutes
from exchange_groups.minutes.services.following import remind_of_actions, settle_action
from exchange_groups.minutes.tasks import actions_due
from exchange_groups.minutes.tokens import action_token
from exchange_groups.models import ExchangeGroup, Membership
from exchange_groups.sessions.choices import ActionState, Presence
from exchange_groups.sessions.models import AgendaItem, Note, Registration, Session
from kb_site.personal_data import export_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_this_session(deliver):
    """Leave the actions of the sample sessions aside; and what they tell of."""
    Note.objects.actions().update(state=ActionState.DONE)


def link(note, person):
    return f"/seances/actions/{action_token(note, person)}/"


# Reminders


def test_an_action_is_reminded_of_three_days_before_and_on_the_day_once_each(held, deliver):
    due = held.action.due_on
    counts = {}
    for days in (-4, -3, -3, -2, -1, 0, 0, 1):
        remind_of_actions(today=due + datetime.timedelta(days=days))
        counts.setdefault(days, []).append(len(deliver()))
    assert counts == {-4: [0], -3: [1, 0], -2: [0], -1: [0], 0: [1, 0], 1: [0]}


def test_the_mail_says_what_for_when_and_carries_the_link(held, deliver, account):
    actions_due(int(timezone.now().timestamp()))
    (message,) = deliver()
    assert message.to == ["membre@example.org"]
    assert message.subject == "Rappel : Écrire la trame d’appel."
    assert link(held.action, account("membre")).rsplit(":", 1)[0][:30] in message.body


def test_nothing_is_sent_when_it_is_done_or_the_person_left_meanwhile(held, deliver, account):
    actions_due(int(timezone.now().timestamp()))
    settle_action(note=held.action, state=ActionState.DONE)
    assert deliver() == []
    settle_action(note=held.action, state=ActionState.TO_DO)
    remind_of_actions(today=held.action.due_on)
    Membership.objects.filter(user=account("membre")).update(left_at=timezone.now())
    assert deliver() == []


# One click


def test_the_link_asks_and_only_posting_does_it(client, held, account):
    here = link(held.action, account("membre"))
    for _time in range(2):  # a mail reader that opens links before the person does
        page = client.get(here)
        assert "Écrire la trame d’appel." in page.content.decode()
    held.action.refresh_from_db()
    assert held.action.state == ActionState.TO_DO
    assert client.post(here).status_code == 303
    assert client.post(here).status_code == 303
    held.action.refresh_from_db()
    assert (held.action.state, held.action.done_at is not None) == (ActionState.DONE, True)
    assert "C’est fait, merci" in client.get(here).content.decode()


@pytest.mark.parametrize("change", ["left", "given", "refused", "cut", "erased"])
def test_a_link_opens_nothing_once_the_action_or_the_right_is_gone(client, held, account, change):
    here = link(held.action, account("membre"))
    if change == "left":
        Membership.objects.filter(user=account("membre")).update(left_at=timezone.now())
    elif change == "given":
        Note.objects.filter(pk=held.action.pk).update(doer=account("karim"))
    elif change == "refused":
        type(account("membre")).objects.filter(email="membre@example.org").update(status="refused")
    elif change == "erased":
        from kb_site.accounts.services.erasure import erase

        erase(user=account("membre"))
    else:
        here = here[:-4] + "xxx/"
    response = client.post(here)
    assert response.status_code == 404
    assert "trame" not in response.content.decode()
    held.action.refresh_from_db()
    assert held.action.state == ActionState.TO_DO


# My list


def test_my_list_shows_mine_and_a_button_says_it_is_done(signed_in, held):
    browser = signed_in("membre")
    assert "Écrire la trame d’appel." in browser.get("/seances/mes-actions/").content.decode()
    assert "trame" not in signed_in("karim").get("/seances/mes-actions/").content.decode()
    assert signed_in("karim").post("/seances/mes-actions/", {"action": f"done:{held.action.pk}"}).status_code == 404
    assert browser.post("/seances/mes-actions/", {"action": f"done:{held.action.pk}"}).status_code == 303
    held.action.refresh_from_db()
    assert held.action.state == ActionState.DONE


@pytest.mark.parametrize("wanted", ["", "done:", "done:99999999999999999999", "detruire:1", "done:é"])
def test_hostile_buttons_do_nothing(signed_in, held, wanted):
    assert signed_in("membre").post("/seances/mes-actions/", {"action": wanted}).status_code == 404


# What remains


def test_the_next_agenda_opens_with_the_actions_still_to_do(held, signed_in, account):
    later = Session.objects.create(
        group=held.session.group, title="La suite", format="lean_coffee", state="open", facilitator=account("animation"),
        starts_at=timezone.now() + datetime.timedelta(days=9),
    )  # fmt: skip
    AgendaItem.objects.create(session=later, title="Un premier point", order=1)
    browser = signed_in("animation")
    agenda = f"{later.get_absolute_url()}suivi-des-actions/"
    for _time in range(2):
        response = browser.post(agenda)
    assert [(item.title, item.order) for item in later.items.all()] == [
        ("Où en sont nos actions ?", 1),
        ("Un premier point", 2),
    ]
    assert "Écrire la trame d’appel." in browser.get(response["Location"]).content.decode()
    assert signed_in("membre").post(agenda).status_code == 404


# The group's page


def test_the_groups_page_shows_decisions_of_published_minutes_actions_and_cards_to_its_members(signed_in, minutes):
    page = "/groupes/cip-ile-de-france/"
    first = signed_in("membre").get(page).content.decode()
    assert "Écrire la trame d’appel." in first
    assert "On garde le lundi." not in first
    Minutes.objects.filter(pk=minutes.pk).update(state="published")
    assert "On garde le lundi." in signed_in("membre").get(page).content.decode()
    for stranger in (None, "partenaire", "lucie", "coordination", "admin"):
        told = signed_in(stranger).get(page).content.decode()
        assert "On garde le lundi." not in told
        assert "trame" not in told


def test_cards_drawn_from_talk_are_listed_with_their_address(signed_in):
    from exchange_groups.models import Topic
    from practices.models import PracticePage

    topic = Topic.objects.filter(group=ExchangeGroup.objects.get(slug="cip-ile-de-france")).first()
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    Topic.objects.filter(pk=topic.pk).update(resulting_card=card)
    page = signed_in("membre").get("/groupes/cip-ile-de-france/").content.decode()
    assert f'<a href="{card.url}">{card.title}</a>' in page


# Who left, and who was a guest


def test_what_was_taken_on_in_a_group_is_read_no_more_by_who_left_it(signed_in, account, held, deliver):
    """Even where the session was announced to all: its place and date are public, what was said in it is the group's."""
    public_session(held)
    person, words, address = account("membre"), held.action.text, link(held.action, account("membre"))
    remind_of_actions(today=held.action.due_on)
    Membership.objects.filter(user=person).update(left_at=timezone.now())
    assert deliver() == []
    browser = signed_in("membre")
    for page in ("/seances/mes-actions/", "/", address, f"/seances/{held.session.pk}-x/", "/compte/"):
        assert words not in browser.get(page, follow=True).content.decode(), page
    assert browser.post("/seances/mes-actions/", {"action": f"done:{held.action.pk}"}).status_code == 404
    assert browser.post(address).status_code == 404
    assert words not in str(export_of(person))
    held.action.refresh_from_db()
    assert held.action.state == ActionState.TO_DO


def test_a_guest_who_was_there_keeps_what_they_took_on(signed_in, account, held, deliver):
    public_session(held)
    guest = account("mediateur")
    Membership.objects.filter(user=guest).delete()
    Registration.objects.create(session=held.session, user=guest, presence=Presence.PRESENT)
    Note.objects.filter(pk=held.action.pk).update(doer=guest)
    assert held.action.text in signed_in("mediateur").get("/seances/mes-actions/").content.decode()
    remind_of_actions(today=held.action.due_on)
    assert [message.to for message in deliver()] == [[guest.email]]
    Session.objects.filter(pk=held.session.pk).update(is_public=False)
    assert held.action.text not in signed_in("mediateur").get("/seances/mes-actions/").content.decode()


def public_session(held):
    group = held.session.group
    type(group).objects.filter(pk=group.pk).update(confidentiality="membres")
    Session.objects.filter(pk=held.session.pk).update(is_public=True, confidentiality="membres")
