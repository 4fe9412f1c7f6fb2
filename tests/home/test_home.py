"""The home page: what waits for a member, with its action in place; what this is, for a visitor."""

import datetime
import re
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from exchange_groups.minutes.models import Minutes
from exchange_groups.models import ExchangeGroup, Topic
from exchange_groups.sessions.models import Note, Registration, Session
from kb_site.accounts.models import Structure, User
from kb_site.home_blocks import Part
from kb_site.notifications.models import Notification
from kb_site.pocket.services import put_aside
from practices.comments.services import post_comment
from practices.diagnostic.models import Release
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

CIP = "cip-ile-de-france"


def home(browser):
    return browser.get("/").content.decode()


def parts(browser):
    return {part: [line.title for line in lines] for part, lines in browser.get("/").context["parts"]}


@pytest.fixture
def reply(account):
    """A reply by somebody else to a topic of Awa, told to her and not read."""
    topic = Topic.objects.filter(author=account("membre"), group__slug=CIP, masked=False).first()
    comment = post_comment(
        target=topic, author=account("karim"), text="Voici comment nous faisons.", submission_key=uuid.uuid4()
    )
    Notification.objects.filter(recipient=account("membre")).delete()
    return Notification.objects.create(
        recipient=account("membre"), kind="topic_answer", key="essai", cadence="never", object_id=topic.pk,
        content_type=ContentType.objects.get_for_model(Topic), source_id=comment.pk, actor=account("karim"),
    )  # fmt: skip


def test_the_last_unread_reply_is_one_tap_away(signed_in, reply):
    browser = signed_in("membre")
    html = home(browser)
    assert "Karim D. a répondu" in html
    address = reverse("notification_open", args=[reply.pk])
    assert f'href="{address}"' in html
    assert "Voici comment nous faisons." in browser.get(address, follow=True).content.decode()
    assert Part.REPLIES not in parts(browser)


def test_a_topic_is_told_once_by_its_last_unread_reply(signed_in, account, reply):
    from practices.comments.models import Comment

    former, topic = reply.source_id, Topic.objects.get(pk=reply.object_id)
    later = post_comment(target=topic, author=account("animation"), text="Autre idée.", submission_key=uuid.uuid4())
    Notification.objects.filter(recipient=account("membre")).exclude(pk=reply.pk).delete()
    reply.pk, reply.key, reply.source_id, reply.actor = None, "autre essai", later.pk, account("animation")
    reply.save()
    (line,) = dict(signed_in("membre").get("/").context["parts"])[Part.REPLIES]
    assert line.url == reverse("notification_open", args=[reply.pk])
    Comment.objects.filter(pk=later.pk).update(is_removed=True)
    (line,) = dict(signed_in("membre").get("/").context["parts"])[Part.REPLIES]
    assert line.url == reverse("notification_open", args=[Notification.objects.get(source_id=former).pk])


def test_a_reply_is_not_told_once_its_words_or_its_topic_are_gone(signed_in, reply):
    topic = Topic.objects.filter(pk=reply.object_id)
    topic.update(is_removed=True)
    assert Part.REPLIES not in parts(signed_in("membre"))
    topic.update(is_removed=False)
    from practices.comments.models import Comment

    Comment.objects.filter(pk=reply.source_id).update(is_removed=True)
    assert Part.REPLIES not in parts(signed_in("membre"))


def test_a_member_takes_a_place_in_the_next_session_from_the_home_page(signed_in, account):
    session = Session.objects.filter(group__slug=CIP).coming().filter(state="open").first()
    Registration.objects.filter(session=session, user=account("membre")).delete()
    browser = signed_in("membre")
    html = home(browser)
    address = reverse("session_join", args=[session.pk, session.slug])
    form = re.search(rf'<form method="post" action="{address}">.*?</form>', html, re.DOTALL)[0]
    assert "Je m’inscris" in form
    name, value = re.search(r'<button name="(\w+)" value="(\w+)">', form).groups()
    browser.post(address, {name: value})
    assert Registration.objects.registered().filter(session=session, user=account("membre")).exists()
    Session.objects.filter(pk=session.pk).update(phone_number="01 99 00 12 34", phone_code="42 42#")
    html = home(browser)
    assert "vous avez une place" in html
    assert 'href="tel:0199001234,,4242%23"' in html  # one tap calls and gives the code


def test_an_action_is_done_from_the_home_page(signed_in, account):
    session = Session.objects.visible_to(account("membre")).filter(group__slug=CIP).first()
    note = Note.objects.create(
        session=session, kind="action", text="Appeler le bailleur", doer=account("membre"), state="to_do",
        due_on=timezone.localdate(),
    )  # fmt: skip
    browser = signed_in("membre")
    line = re.search(r"Appeler le bailleur.*?</li>", home(browser), re.DOTALL)[0]
    address, value = re.search(r'action="(.*?)".*?value="(done:\d+)"', line, re.DOTALL).groups()
    browser.post(address, {"action": value})
    note.refresh_from_db()
    assert note.state == "done"
    assert "Appeler le bailleur" not in home(browser)


def test_minutes_published_in_ones_groups_have_their_line_for_a_month(signed_in, account):
    group = Session.objects.readable_by(account("membre")).filter(group__slug=CIP)
    session = group.exclude(state="draft").filter(written_minutes=None).first()
    minutes = Minutes.objects.create(session=session, state="published", published_at=timezone.now())
    browser = signed_in("membre")
    assert f"Compte rendu : {session.title}" in parts(browser)[Part.GROUPS]
    assert f'href="{minutes.get_absolute_url()}"' in home(browser)
    for now_otherwise in ({"state": "draft"}, {"published_at": timezone.now() - datetime.timedelta(days=31)}):
        Minutes.objects.filter(pk=minutes.pk).update(state="published", published_at=timezone.now())
        Minutes.objects.filter(pk=minutes.pk).update(**now_otherwise)
        assert f"Compte rendu : {session.title}" not in home(browser)
    Minutes.objects.filter(pk=minutes.pk).update(state="published", published_at=timezone.now())
    assert f"Compte rendu : {session.title}" not in home(signed_in("lucie"))


def test_questions_without_answer_are_those_of_ones_groups_and_of_others(signed_in, account):
    asked = parts(signed_in("membre")).get(Part.HELP, [])
    mine = Topic.objects.visible_to(account("membre")).unanswered().exclude(author=account("membre"))
    assert set(asked) <= set(mine.values_list("title", flat=True))
    account("membre").group_memberships.all().delete()
    assert Part.HELP not in parts(signed_in("membre"))


def test_who_has_a_role_reads_first_what_waits_for_it(signed_in):
    for role in ("animation", "coordination"):
        context = signed_in(role).get("/").context
        assert next(iter(context["parts"]))[0] is Part.ROLE, role
    assert Part.ROLE not in parts(signed_in("membre"))


def test_someone_for_whom_nothing_waits_is_told_what_to_do(signed_in, account):
    lucie = account("lucie")
    lucie.group_memberships.all().delete()
    Registration.objects.filter(user=lucie).delete()
    Release.objects.all().delete()
    html = home(signed_in("lucie"))
    assert "Rien n’attend pour le moment." in html


@pytest.mark.parametrize("role", ["membre", "animation", "coordination", "edition", "lucie", None])
def test_eight_statements_at_most(signed_in, role):
    asked = queries_of(signed_in(role), "/")
    assert len(asked) <= 8, "\n".join(asked)


def test_a_visitor_finds_three_doors_and_who_is_behind(client):
    html = home(client)
    for words in ("Trouver", "Échanger", "Diagnostiquer", "Qui est derrière ?"):
        assert words in html
    assert html.count('class="pictogram"') >= 3


def test_one_card_is_proposed_for_the_people_of_the_last_diagnostic_with_its_reason(signed_in, account):
    from practices.diagnostic.result import Standing, latest_counted, result_of
    from practices.experiences.models import Experience
    from practices.models import PracticePage

    awa, browser = account("membre"), signed_in("membre")
    card, counted = dict(browser.get("/").context["parts"])[Part.PEOPLE]
    assert counted.title == "Ce qui est faisable avec votre public"
    assert card.facts.startswith("Faisable")
    groups = {group.standing: group for group in result_of(latest_counted(awa).campaign, awa).groups}
    proposed = PracticePage.objects.get(title=card.title)
    assert card.url == proposed.get_url()
    suits = [one.card for at in (Standing.FEASIBLE, Standing.FALLBACK) if at in groups for one in groups[at].cards]
    assert proposed in suits or any(group.total > len(group.cards) for group in groups.values())
    # Put aside, tried, or closed to this person: another takes its place.
    put_aside(user=awa, thing=proposed)
    second = dict(browser.get("/").context["parts"])[Part.PEOPLE][0]
    assert second.title != card.title
    tried = PracticePage.objects.get(title=second.title)
    Experience.objects.create(
        practice=tried, author=awa, outcome="reussi", tried_on=timezone.localdate(), submission_key=uuid.uuid4()
    )
    third = dict(browser.get("/").context["parts"])[Part.PEOPLE][0]
    assert third.title not in {card.title, second.title}
    PracticePage.objects.filter(title=third.title).update(live=False)
    assert dict(browser.get("/").context["parts"])[Part.PEOPLE][0].title != third.title


def test_a_visitor_reads_the_network_in_figures_by_fives_and_nothing_under_five(client):
    def figures():
        return {one.label: one.number for one in client.get("/?").context["figures"]}

    User.objects.update(structure=None)
    assert "structures" not in figures()
    people = list(User.objects.filter(status="approved", is_active=True)[:8])
    structures = list(Structure.objects.all()[:7])
    for number, expected in ((4, 0), (5, 5), (7, 5)):
        for person, structure in zip(people, structures[:number], strict=False):
            User.objects.filter(pk=person.pk).update(structure=structure)
        assert figures().get("structures", 0) == expected
    ExchangeGroup.objects.update(state="active", confidentiality="public")
    assert figures()["groupes d’échanges"] % 5 == 0
    assert all(number >= 5 for number in figures().values())
