"""Pages kept for visitors: the second visitor costs the database nothing, and no one reads what is gone."""

import re
import threading
from collections import Counter

import pytest
from django.core.cache import caches
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from kb_site.page_cache import declared_tables
from practices.models import PracticePage

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
KEPT = ["/", "/pratiques/", "/outils/", "/outils/zoom/", "/ressources/", CARD]

KEPT_BELOW = re.compile(r"/(?:pratiques|outils|ressources)/.")

pytestmark = pytest.mark.usefixtures("committed_site")


@pytest.fixture(autouse=True)
def cache(settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["pages"].clear()
    yield
    caches["pages"].clear()


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


def test_a_counter_that_goes_up_with_something_else_counts_as_a_change():
    words()
    from django.db.models import F

    from exchange_groups.sessions.models import Session

    Session.objects.update(live_version=F("live_version") + 1)
    Session.objects.filter(state="a_rediger").update(live_version=F("live_version") + 1, title="Autre titre")
    assert queries() > 0
