"""Writing a topic: drafts, files, guard, pace; and the questions that nobody answers."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from exchange_groups.models import ExchangeGroup, Topic, TopicDraft, TopicFile
from exchange_groups.tasks import look_after_unanswered
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

NEW = "/groupes/cip-ile-de-france/sujets/nouveau/"
PDF = b"%PDF-1.4 essai"


def written(**fields):
    return {
        "type": "besoin", "title": "Un lieu calme", "body": "Il nous manque un lieu calme le matin.",
        "submission_key": str(uuid.uuid4()),
    } | fields  # fmt: skip


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    from django.core.files.storage import storages

    storages["private"]._location = str(tmp_path)
    storages["private"].__dict__.pop("location", None)
    storages["private"].__dict__.pop("base_location", None)


def test_a_topic_is_opened_with_its_themes_and_the_card_it_speaks_of(signed_in, account):
    from practices.models import Theme

    card = PracticePage.objects.get(slug="salle-relais")
    theme = Theme.objects.get(slug="pret-d-equipement")
    response = signed_in("karim").post(NEW, written(quoted_page=card.pk, themes=[theme.pk]))
    topic = Topic.objects.get(title="Un lieu calme")
    assert (response.status_code, response.url) == (303, topic.get_absolute_url())
    html = signed_in("membre").get(response.url).content.decode()
    assert card.title in html
    assert theme.name in html


def test_sending_twice_opens_once_and_another_text_under_the_same_key_is_kept(signed_in, account):
    form, browser = written(), signed_in("karim")
    assert {browser.post(NEW, form).status_code for _time in range(2)} == {303}
    assert Topic.objects.filter(title="Un lieu calme").count() == 1
    response = browser.post(NEW, form | {"body": "Un tout autre texte, plus long."})
    assert response.status_code == 422
    assert "Un tout autre texte" in response.content.decode()
    assert signed_in("membre").post(NEW, form).status_code == 422


def test_a_name_in_the_title_or_the_text_is_pointed_at(signed_in):
    response = signed_in("karim").post(NEW, written(title="Que dire à Mme Traoré ?"))
    assert response.status_code == 422
    assert "Mme Traoré" in response.content.decode()
    assert signed_in("karim").post(NEW, written(personal_data_checked="on", title="À Mme Traoré")).status_code == 303


def test_a_draft_is_kept_for_its_author_alone_with_or_without_script(signed_in, account):
    browser = signed_in("karim")
    text = {"type": "besoin", "title": "Commencé", "body": "À finir plus tard"}
    assert browser.post("/groupes/cip-ile-de-france/sujets/brouillon/", text).status_code == 204
    assert browser.get(NEW).context["form"]["title"].value() == "Commencé"
    assert signed_in("membre").get(NEW).context["form"]["title"].value() is None
    assert browser.post(NEW, text | {"title": "Repris", "brouillon": "1"}).status_code == 303
    assert TopicDraft.objects.get().fields["title"] == "Repris"
    browser.post(NEW, written())
    assert not TopicDraft.objects.exists()


def test_topics_come_at_a_human_pace(signed_in, settings):
    settings.TOPIC_PACE = (1, 60)
    browser = signed_in("karim")
    assert browser.post(NEW, written()).status_code == 303
    response = browser.post(NEW, written(title="Encore un besoin"))
    assert response.status_code == 429
    assert "Encore un besoin" in response.content.decode()


@pytest.mark.parametrize("field", ["title", "body"])
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "\u202e renversé", "é" * 200_000, "a\x00b"]
)
def test_hostile_texts_are_escaped_or_refused(signed_in, field, text):
    response = signed_in("karim").post(NEW, written(**{field: text}))
    assert response.status_code in {303, 422}
    html = (signed_in("membre").get(response.url) if response.status_code == 303 else response).content.decode()
    assert "<script>alert" not in html


class TestFiles:
    def send(self, browser, name, content):
        return browser.post(NEW, written(files=[SimpleUploadedFile(name, content)]))

    def test_a_file_is_given_to_those_who_may_read_the_topic_and_to_nobody_else(self, signed_in):
        assert self.send(signed_in("karim"), "Trame d’entretien.pdf", PDF).status_code == 303
        address = reverse("topic_file", args=[TopicFile.objects.get().pk])
        response = signed_in("membre").get(address)
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Type"] == "application/pdf"
        assert "sandbox" in response["Content-Security-Policy"]
        for name in ("lucie", "partenaire", "coordination", "admin", "attente"):
            assert signed_in(name).get(address).status_code == 404
        assert signed_in(None).get(address).status_code == 302
        assert "/media/" not in TopicFile.objects.get().file.path

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("virus.exe", b"MZ"), ("page.html", b"<html>"), ("image.svg", b"<svg>"), ("sans-ending", PDF),
            ("faux.pdf", b"MZ"), ("page.txt", b"<!doctype html>"), ("double.pdf.exe", PDF), ("image.png", b"GIF89a"),
        ],
    )  # fmt: skip
    def test_what_is_not_what_it_says_is_refused_and_the_text_kept(self, signed_in, name, content):
        response = self.send(signed_in("karim"), name, content)
        assert response.status_code == 422
        assert "Il nous manque un lieu calme" in response.content.decode()
        assert not TopicFile.objects.exists()

    def test_too_big_or_too_many_is_refused(self, signed_in):
        assert self.send(signed_in("karim"), "gros.pdf", PDF + b"0" * 5_000_001).status_code == 422
        files = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)]
        assert signed_in("karim").post(NEW, written(files=files)).status_code == 422

    def test_a_scanner_named_by_the_settings_is_asked(self, signed_in, settings):
        settings.FILE_SCAN = "tests.exchange_groups.test_topics.refuse_everything"
        response = self.send(signed_in("karim"), "sain.pdf", PDF)
        assert response.status_code == 422
        assert "Fichier infecté" in response.content.decode()

    def test_a_path_in_a_name_goes_nowhere(self, signed_in):
        self.send(signed_in("karim"), "../../etc/passwd.pdf", PDF)
        assert TopicFile.objects.get().name == "passwd.pdf"


def refuse_everything(file):
    from django.core.exceptions import ValidationError

    raise ValidationError("Fichier infecté")


class TestUnanswered:
    @pytest.fixture
    def fresh(self, account, ask, db):
        Topic.objects.all().delete()
        return ask(ExchangeGroup.objects.get(slug="cip-ile-de-france"), account("karim"))

    def after(self, **delay):
        return look_after_unanswered(timezone.now() + datetime.timedelta(**delay))

    def test_facilitators_are_told_after_a_day_once(self, fresh, monkeypatch):
        told = []
        monkeypatch.setattr("exchange_groups.notify.notify", lambda **event: told.append(event))
        assert self.after(hours=23) == (0, 0)
        assert self.after(hours=25) == (1, 0)
        assert self.after(hours=26) == (0, 0)
        (event,) = told
        assert event["kind"] == "topic_unanswered"
        assert [person.first_name for person in event["recipients"]] == ["Inès"]

    def test_it_is_proposed_for_the_next_session_after_a_week(self, fresh):
        self.after(days=6)
        assert not Topic.objects.proposed_for_session().exists()
        assert self.after(days=8)[1] == 1
        assert list(Topic.objects.proposed_for_session(fresh.group)) == [fresh]
        assert self.after(days=9)[1] == 0

    def test_an_answer_by_somebody_else_stops_it_and_one_s_own_does_not(self, fresh, account, say):
        say(fresh, account("karim"), "Je précise")
        assert self.after(days=8) == (1, 1)
        Topic.objects.update(facilitators_told_at=None, proposed_for_session_at=None)
        say(fresh, account("membre"), "Essayez le courrier")
        assert self.after(days=8) == (0, 0)

    @pytest.mark.parametrize("change", [{"type": "annonce"}, {"state": "closed"}, {"is_removed": True}])
    def test_what_waits_for_nothing_is_left_alone(self, fresh, change):
        Topic.objects.update(**change)
        assert self.after(days=8) == (0, 0)

    def test_a_group_in_pause_is_left_alone(self, fresh):
        ExchangeGroup.objects.update(state="paused")
        assert self.after(days=8) == (0, 0)
