"""Pages kept for visitors: the second visitor costs the database nothing, and no one reads what is gone."""

import re
import threading
import uuid
from collections import Counter

import pytest
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from kb_site.kept.tables import declared_tables
from kb_site.kept.things import kept
from kb_site.kept.versions import forget_all
from practices.models import PracticePage
from tests.keeping import keep_in_memory

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
KEPT = ["/", "/pratiques/", "/outils/", "/outils/zoom/", "/ressources/", CARD]

KEPT_BELOW = re.compile(r"/(?:pratiques|outils|ressources)/.")

pytestmark = pytest.mark.usefixtures("committed_site")


@pytest.fixture(autouse=True)
def cache(settings):
    keep_in_memory(settings)
    yield
    forget_all()


def words(address=CARD, **headers):
    return Client(headers=headers).get(address).content.decode()


def queries(address=CARD):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get(address)
    return len(asked)


@pytest.mark.parametrize("address", KEPT)
def test_the_second_visitor_reads_the_same_page_without_a_query(address):
    first = Client().get(address)
    assert queries(address) == 0
    second = Client().get(address)
    assert (second.status_code, second.content) == (200, first.content)
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert second.headers["Content-Type"] == first.headers["Content-Type"]


def test_a_phone_that_takes_gzip_and_one_that_does_not_each_get_theirs():
    plain = Client().get(CARD)
    packed = Client(headers={"Accept-Encoding": "gzip"}).get(CARD)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in Client().get(CARD).headers


@pytest.mark.parametrize("address", ["/recherche/?q=wifi", "/pratiques/?q=wifi", "/groupes/"])
def test_a_page_with_parameters_or_of_another_room_is_made_anew(address):
    Client().get(address)
    assert queries(address) > 0


def test_a_member_neither_gets_nor_leaves_a_kept_page(signed_in):
    signed_in("membre").get(CARD)
    assert "Connexion" in words()
    assert "Moi" in signed_in("membre").get(CARD).content.decode()


def change_title(title):
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(title=title)


def test_a_change_written_in_any_way_shows_at_once():
    words()
    change_title("Le café d’après")
    assert "Le café d’après" in words()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH x AS (SELECT 1) UPDATE wagtailcore_page SET title = 'Par la base' WHERE slug = %s",
            ["cafe-visio-du-jeudi"],
        )
    assert "Par la base" in words()


def test_a_card_taken_offline_or_kept_to_members_is_gone_at_once():
    words()
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    card.visibility = "membres"
    card.save()
    assert Client().get(CARD).status_code != 200
    card.visibility = "public"
    card.save()
    assert Client().get(CARD).status_code == 200
    card.unpublish()
    assert Client().get(CARD).status_code in {404, 410}


def test_a_change_by_another_process_shows_at_once():
    words()

    def change():
        with transaction.atomic():
            change_title("Changé ailleurs")
        connections.close_all()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
    assert "Changé ailleurs" in words()


def test_a_change_that_is_rolled_back_forgets_nothing():
    words()
    with transaction.atomic():
        change_title("Jamais")
        transaction.set_rollback(True)
    assert queries() == 0


def test_what_no_page_shows_forgets_nothing(signed_in):
    words()
    from kb_site.notifications.models import Notification

    Notification.objects.update(read_at=None)
    assert queries() == 0


def test_a_note_taken_in_a_session_forgets_nothing():
    from exchange_groups.live.services.notes import capture
    from exchange_groups.sessions.models import Session

    session = Session.objects.select_related("facilitator").filter(state="to_write_up").first()
    Session.objects.filter(pk=session.pk).update(state="running")  # afterwards, a note is a line of its minutes
    session.refresh_from_db()
    before = session.live_version
    Client().get(CARD)
    capture(session=session, author=session.facilitator, text="Un mot")
    session.refresh_from_db()
    assert session.live_version == before + 1
    assert queries() == 0


def test_a_page_kept_under_one_name_of_the_site_is_not_given_under_another(settings):
    settings.ALLOWED_HOSTS = ["un.example", "deux.example"]
    assert Client().get(CARD, headers={"host": "un.example"}).status_code == 200
    assert Client().get(CARD, headers={"host": "trois.example"}).status_code == 400


def test_every_table_is_declared_shown_or_never_shown():
    of_migrations = MigrationRecorder.Migration._meta.db_table  # it belongs to no app
    declared = Counter([*set(declared_tables("shown_to_visitors")), *set(declared_tables("never_shown_to_visitors"))])
    assert set(connection.introspection.table_names()) - {of_migrations} - declared.keys() == set()
    assert [table for table, times in declared.items() if times > 1] == []


def test_no_kept_page_reads_a_table_declared_never_shown():
    addresses = ["/", "/pratiques/", "/outils/", "/ressources/"]
    addresses += [page.get_url() for page in Page.objects.live() if KEPT_BELOW.match(page.get_url() or "")]
    with CaptureQueriesContext(connection) as asked:
        statuses = {Client().get(address).status_code for address in addresses}
    assert 200 in statuses
    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert "practices_practicepage" in read
    assert read & set(declared_tables("never_shown_to_visitors")) == set()


def test_a_column_that_no_page_shows_changed_with_something_else_counts_as_a_change():
    from django.db.models import F

    from exchange_groups.sessions.models import Session

    words("/")
    Session.objects.filter(state="to_write_up").update(live_version=F("live_version") + 1)
    assert queries("/") == 0
    Session.objects.filter(state="to_write_up").update(live_version=F("live_version") + 1, title="Autre titre")
    assert queries("/") > 0


OTHER = "/pratiques/numerique-inclusif/abc-diag-les-bons-clics/"


def comment_on(target, person, text="Merci, cela aide."):
    from practices.comments.services import post_comment

    return post_comment(target=target, author=person, text=text, submission_key=uuid.uuid4())


def card(address):
    return PracticePage.objects.get(slug=address.rstrip("/").rpartition("/")[2])


def test_a_comment_forgets_the_page_of_its_card_and_no_other(account):
    words(CARD)
    words(OTHER)
    comment = comment_on(card(OTHER), account("membre"), "Un mot de plus.")
    assert queries(CARD) == 0
    assert "Un mot de plus." in words(OTHER)
    type(comment).objects.filter(pk=comment.pk).update(comment="Un mot changé.")  # by whatever code
    assert queries(CARD) == 0
    assert "Un mot changé." in words(OTHER)
    comment.delete()
    assert queries(CARD) == 0
    assert "Un mot changé." not in words(OTHER)


def test_talk_in_a_group_forgets_neither_the_pages_of_cards_nor_their_lists(account):
    from exchange_groups.models import Topic

    kept_on = ["/", CARD, "/pratiques/", "/ressources/"]
    for address in kept_on:
        words(address)
    topic = Topic.objects.filter(group__slug="cip-ile-de-france", state="open").first()
    comment_on(topic, account("membre"), "Chez nous aussi.")
    assert {address: queries(address) for address in kept_on} == dict.fromkeys(kept_on, 0)


def test_a_table_whose_triggers_are_silent_is_forgotten_whole(account):
    comment = comment_on(card(OTHER), account("membre"))
    words(CARD)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_comments DISABLE TRIGGER USER")
    type(comment).objects.filter(pk=comment.pk).update(comment="Changé.")
    assert queries(CARD) > 0


def test_the_day_of_a_visit_forgets_nothing(account):
    from kb_site.accounts.models import User

    words()
    User.objects.update(last_seen_on="2020-01-01")
    assert queries() > 0
    User.objects.filter(pk=account("membre").pk).update(last_seen_on="2020-01-02", inactivity_warned_on=None)
    assert queries() == 0


def made_of(statement):
    """Whether what is made of this statement is kept."""
    made = []

    def make():
        with connection.cursor() as cursor:
            cursor.execute(statement)
        made.append(1)
        return "fait"

    for _again in range(2):
        kept(f"of {statement}", make)
    return len(made) == 1


def test_what_reads_a_table_whose_writes_are_not_told_is_not_kept():
    assert made_of("SELECT 1 FROM practices_theme LIMIT 1")
    assert not made_of("SELECT 1 FROM notifications_notification LIMIT 1")


def test_who_has_written_and_not_committed_reads_neither_what_was_kept_nor_leaves_anything():
    before = words()
    with transaction.atomic():
        change_title("Pas encore")
        assert "Pas encore" in words()
        transaction.set_rollback(True)
    assert words() == before


def test_a_part_that_is_kept_has_the_whole_forgotten_with_it():
    def whole():
        return kept("whole", lambda: "[" + kept("part", title) + "]")

    def title():
        return card(CARD).title

    change_title("Avant")
    assert whole() == "[Avant]"
    assert kept("other whole", whole) == "[Avant]"
    change_title("Après")
    assert kept("other whole", whole) == "[Après]"
