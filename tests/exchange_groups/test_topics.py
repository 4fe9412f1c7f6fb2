"""Writing a topic: drafts, files, guard, pace; and the questions that nobody answers."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from exchange_groups.models import ExchangeGroup, Topic, TopicDraft, TopicFile
from exchange_groups.services import moderation
from exchange_groups.tasks import look_after_unanswered
from kb_site.accounts.groups import COORDINATION, PARTNERS
from kb_site.notifications.fanout import spread_event
from kb_site.notifications.models import Notification
from practices.comments.models import Comment
from practices.models import Theme
from tests.factories import CardFactory, GroupFactory, UserFactory, facilitator_of, member_of, say, topic_in

from .conftest import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

PDF = b"%PDF-1.4 essai"


@pytest.fixture
def group(db):
    return GroupFactory()


@pytest.fixture
def author(group):
    return member_of(group)


@pytest.fixture
def reader(group):
    return member_of(group)


@pytest.fixture
def new(group):
    """The address of the form."""
    return reverse("topic_new", args=[group.slug])


def written(**fields):
    return {
        "type": "besoin", "title": "Un lieu calme", "body": "Il nous manque un lieu calme le matin.",
        "submission_key": str(uuid.uuid4()),
    } | fields  # fmt: skip


def test_a_topic_is_opened_with_its_themes_and_the_card_it_speaks_of(author, reader, new):
    card, theme = CardFactory(), Theme.objects.create(name="Prêter", slug="preter")
    response = browser_of(author).post(new, written(quoted_page=card.pk, themes=[theme.pk]))
    topic = Topic.objects.get(title="Un lieu calme")
    assert (response.status_code, response.url) == (303, topic.get_absolute_url())
    html = browser_of(reader).get(response.url).content.decode()
    assert card.title in html
    assert theme.name in html


def test_sending_twice_opens_once_and_another_text_under_the_same_key_is_kept(author, reader, new):
    form, browser = written(), browser_of(author)
    assert {browser.post(new, form).status_code for _time in range(2)} == {303}
    assert Topic.objects.filter(title="Un lieu calme").count() == 1
    response = browser.post(new, form | {"body": "Un tout autre texte, plus long."})
    assert response.status_code == 422
    assert "Un tout autre texte" in response.content.decode()
    assert browser_of(reader).post(new, form).status_code == 422


def test_a_name_in_the_title_or_the_text_is_pointed_at(author, new):
    response = browser_of(author).post(new, written(title="Que dire à Mme Traoré ?"))
    assert response.status_code == 422
    assert "Mme Traoré" in response.content.decode()
    assert browser_of(author).post(new, written(personal_data_checked="on", title="À Mme Traoré")).status_code == 303


def test_an_author_who_is_masked_is_told_of_their_own_name(author, new):
    words = written(body=f"Moi, {author.first_name} {author.last_name}, je cherche un lieu calme.", masked="on")
    browser = browser_of(author)
    response = browser.post(new, words)
    assert (response.status_code, "ces mots vous nomment" in response.content.decode()) == (422, True)
    form = browser.post(new, words | {"masquer": "1"}).context["form"]
    assert author.first_name not in form["body"].value()
    assert author.last_name not in form["body"].value()
    assert browser.post(new, words | {"body": form["body"].value()}).status_code == 303
    topic = Topic.objects.get(title="Un lieu calme")
    edited = browser.post(f"{topic.get_absolute_url()}modifier/", {"title": topic.title, "body": words["body"]})
    assert (edited.status_code, "ces mots vous nomment" in edited.content.decode()) == (422, True)


def test_a_draft_is_kept_for_its_author_alone_with_or_without_script(group, author, reader, new):
    browser = browser_of(author)
    text = {"type": "besoin", "title": "Commencé", "body": "À finir plus tard"}
    assert browser.post(reverse("topic_draft", args=[group.slug]), text).status_code == 204
    assert browser.get(new).context["form"]["title"].value() == "Commencé"
    assert browser_of(reader).get(new).context["form"]["title"].value() is None
    assert browser.post(new, text | {"title": "Repris", "brouillon": "1"}).status_code == 303
    assert TopicDraft.objects.get().fields["title"] == "Repris"
    browser.post(new, written())
    assert not TopicDraft.objects.exists()


def test_topics_come_at_a_human_pace(author, new, settings):
    settings.TOPIC_PACE = (1, 60)
    browser = browser_of(author)
    assert browser.post(new, written()).status_code == 303
    response = browser.post(new, written(title="Encore un besoin"))
    assert response.status_code == 429
    assert "Encore un besoin" in response.content.decode()


@pytest.mark.parametrize("field", ["title", "body"])
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "\u202e renversé", "é" * 200_000, "a\x00b"]
)
def test_hostile_texts_are_escaped_or_refused(author, reader, new, field, text):
    response = browser_of(author).post(new, written(**{field: text}))
    assert response.status_code in {303, 422}
    html = (browser_of(reader).get(response.url) if response.status_code == 303 else response).content.decode()
    assert "<script>alert" not in html


class TestFiles:
    @pytest.fixture
    def send(self, author, new):
        def post(name, content):
            return browser_of(author).post(new, written(files=[SimpleUploadedFile(name, content)]))

        return post

    def test_a_file_is_given_to_those_who_may_read_the_topic_and_to_nobody_else(self, send, reader):
        assert send("Trame d’entretien.pdf", PDF).status_code == 303
        address = reverse("topic_file", args=[TopicFile.objects.get().pk])
        response = browser_of(reader).get(address)
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Type"] == "application/pdf"
        assert "sandbox" in response["Content-Security-Policy"]
        outside = ({}, {"group": PARTNERS}, {"group": COORDINATION}, {"is_superuser": True}, {"status": "pending"})
        for fields in outside:
            assert browser_of(UserFactory(**fields)).get(address).status_code == 404
        assert browser_of(None).get(address).status_code == 302
        assert "/media/" not in TopicFile.objects.get().file.path

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("virus.exe", b"MZ"), ("page.html", b"<html>"), ("image.svg", b"<svg>"), ("sans-ending", PDF),
            ("faux.pdf", b"MZ"), ("page.txt", b"<!doctype html>"), ("double.pdf.exe", PDF), ("image.png", b"GIF89a"),
        ],
    )  # fmt: skip
    def test_what_is_not_what_it_says_is_refused_and_the_text_kept(self, send, name, content):
        response = send(name, content)
        assert response.status_code == 422
        assert "Il nous manque un lieu calme" in response.content.decode()
        assert not TopicFile.objects.exists()

    def test_too_big_or_too_many_is_refused(self, send, author, new):
        assert send("gros.pdf", PDF + b"0" * 5_000_001).status_code == 422
        files = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)]
        assert browser_of(author).post(new, written(files=files)).status_code == 422

    def test_a_scanner_named_by_the_settings_is_asked(self, send, settings):
        settings.FILE_SCAN = "tests.exchange_groups.test_topics.refuse_everything"
        response = send("sain.pdf", PDF)
        assert response.status_code == 422
        assert "Fichier infecté" in response.content.decode()

    def test_a_path_in_a_name_goes_nowhere(self, send):
        send("../../etc/passwd.pdf", PDF)
        assert TopicFile.objects.get().name == "passwd.pdf"


def refuse_everything(file):
    from django.core.exceptions import ValidationError

    raise ValidationError("Fichier infecté")


class TestUnanswered:
    @pytest.fixture
    def fresh(self, group, author):
        """The only topic of the site: a question that nobody has answered yet."""
        Topic.objects.all().delete()
        return topic_in(group, author)

    def after(self, **delay):
        return look_after_unanswered(timezone.now() + datetime.timedelta(**delay))

    def test_facilitators_are_told_after_a_day_once(self, group, fresh, monkeypatch):
        told = []
        monkeypatch.setattr("exchange_groups.notify.notify", lambda **event: told.append(event))
        leader = facilitator_of(group)
        assert self.after(hours=23) == (0, 0)
        assert self.after(hours=25) == (1, 0)
        assert self.after(hours=26) == (0, 0)
        (event,) = told
        assert event["kind"] == "topic_unanswered"
        assert list(event["recipients"]) == [leader]

    def test_it_is_proposed_for_the_next_session_after_a_week(self, fresh):
        self.after(days=6)
        assert not Topic.objects.proposed_for_session().exists()
        assert self.after(days=8)[1] == 1
        assert list(Topic.objects.proposed_for_session()) == [fresh]
        assert self.after(days=9)[1] == 0

    @pytest.mark.parametrize("change", [{"state": "closed"}, {"is_removed": True}])
    def test_what_is_closed_or_removed_is_proposed_no_more(self, fresh, change):
        self.after(days=8)
        Topic.objects.update(**change)
        assert not Topic.objects.proposed_for_session().exists()

    def test_an_answer_by_somebody_else_stops_it_and_one_s_own_does_not(self, fresh, author, reader):
        say(fresh, author, "Je précise")
        assert self.after(days=8) == (1, 1)
        Topic.objects.update(facilitators_told_at=None, proposed_for_session_at=None)
        say(fresh, reader, "Essayez le courrier")
        assert self.after(days=8) == (0, 0)

    @pytest.mark.parametrize("change", [{"type": "annonce"}, {"state": "closed"}, {"is_removed": True}])
    def test_what_waits_for_nothing_is_left_alone(self, fresh, change):
        Topic.objects.update(**change)
        assert self.after(days=8) == (0, 0)

    def test_a_group_in_pause_is_left_alone(self, fresh):
        ExchangeGroup.objects.update(state="paused")
        assert self.after(days=8) == (0, 0)


def test_pinned_topics_come_first_then_the_latest_word(group, author):
    old, pinned, late = (topic_in(group, author) for _topic in range(3))
    Topic.objects.filter(pk=pinned.pk).update(pinned=True, last_activity_at=old.last_activity_at)
    assert list(group.topics.in_order()) == [pinned, late, old]


class TestCalls:
    @pytest.fixture
    def colleague(self, group):
        return member_of(group, UserFactory(first_name="Noémie", last_name="Sarr"))

    @pytest.fixture
    def told(self):
        """Who is told of what about a topic."""

        def told_(topic):
            for job in ProcrastinateJob.objects.filter(task_name__endswith=".spread").order_by("pk"):
                spread_event(**job.args)
            rows = Notification.objects.filter(object_id=topic.pk).order_by("pk")
            return [(row.kind, row.recipient, row.actor) for row in rows]

        return told_

    def test_a_name_after_an_at_sign_tells_that_member_once_and_nobody_else(self, group, author, colleague, new, told):
        stranger = UserFactory(first_name="Yann", last_name="Dupuis")
        body = "Que faites-vous @noemie s et @Yann D. ? Nous cherchons un lieu calme."
        browser_of(author).post(new, written(body=body))
        topic = Topic.objects.get(group=group)
        assert told(topic) == [("topic_call", colleague, author)]
        page = browser_of(colleague).get(topic.get_absolute_url()).content.decode()
        assert "à l’attention de Noémie" in " ".join(page.split())
        assert stranger not in [called.user for called in topic.mentions.all()]
        assert "vous appelle" in browser_of(colleague).get("/").content.decode()

    def test_a_masked_author_calls_without_a_name(self, group, author, colleague, new, told):
        browser_of(author).post(new, written(body="@Noémie S. : comment faites-vous ?", masked="on"))
        topic = Topic.objects.get(group=group)
        assert told(topic) == [("topic_call", colleague, None)]
        assert author.first_name not in browser_of(colleague).get("/").content.decode()

    def test_names_are_proposed_to_those_who_may_open_a_topic(self, group, author, colleague, new):
        browser, address = browser_of(author), reverse("group_people", args=[group.slug])
        assert f'data-suggestions="{address}"' in browser.get(new).content.decode()
        assert 'data-name="Noémie S."' in browser.get(address, {"q": "noe"}).content.decode()
        group.state = "paused"
        group.save()
        assert browser.get(address, {"q": "noe"}).status_code == 404
        assert browser_of(UserFactory()).get(address).status_code == 404

    def test_an_institution_is_called_only_where_it_reads(self, group, author, new, told):
        member_of(group, UserFactory(first_name="Noémie", last_name="Sarr", role="partenaire"))
        browser_of(author).post(new, written(body="@Noémie S. : comment faites-vous ?"))
        assert told(Topic.objects.get(group=group)) == []

    def test_a_call_follows_its_text_and_is_not_told_again(self, group, author, colleague, told):
        leader = facilitator_of(group)
        topic = topic_in(group, author=author, body="@Noémie S. : comment faites-vous ?")
        into = topic_in(group, author=author)
        moderation.merge_topics(topic=topic, into=into)
        reply = Comment.objects.get(object_pk=str(into.pk))
        assert [called.user for called in reply.mentions.all()] == [colleague]
        apart = moderation.split_topic(topic=into, threads=[reply.pk], title="À part", by=leader)
        assert [called.user for called in apart.mentions.all()] == [colleague]
        assert "topic_call" not in {kind for kind, _person, _actor in told(apart)}
