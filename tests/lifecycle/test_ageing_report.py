"""The report of ageing: what each editor answers for, with its owners, as a table and as a file."""

import csv
import io

import pytest
from openpyxl import load_workbook

from practices.models import PracticePage

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/fraicheur/"


def exported(client, query=""):
    response = client.get(f"{REPORT}?export=csv{query}")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_an_editor_sees_own_cards_and_shared_tools_only(signed_in):
    networks = {row["Réseau"] for row in exported(signed_in("edition"))}
    assert networks == {"Réseau des chantiers franciliens", "Commun à tous les réseaux"}


def test_the_coordination_sees_every_network(signed_in):
    networks = {row["Réseau"] for row in exported(signed_in("coordination"))}
    assert len(networks) == 4


@pytest.mark.parametrize("role", [None, "membre", "partenaire", "animation"])
def test_nobody_else_opens_it(signed_in, role):
    assert signed_in(role).get(REPORT).status_code == 302


def test_it_lists_cards_whose_owner_and_backup_left(signed_in, account):
    for name in ("edition", "edition-parcours"):
        user = account(name)
        user.is_active = False
        user.save()
    PracticePage.objects.filter(slug="salle-relais").update(card_owner=account("edition"), backup_owner=None)
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(
        card_owner=account("edition"), backup_owner=account("membre")
    )
    titles = [row["Fiche"] for row in exported(signed_in("coordination"), "&orphan=1")]
    assert any("relais" in title.lower() for title in titles)
    assert "Le café visio du jeudi" not in titles


def test_a_title_that_a_spreadsheet_would_run_is_disarmed(signed_in):
    PracticePage.objects.filter(slug="cafe-visio-du-jeudi").update(title="=1+1")
    titles = [row["Fiche"] for row in exported(signed_in("edition"))]
    assert "'=1+1" in titles
    response = signed_in("edition").get(f"{REPORT}?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_table_says_state_and_next_review(signed_in, due_card):
    due_card(-3)
    html = signed_in("edition").get(REPORT).content.decode()
    assert "Le café visio du jeudi" in html
    assert "à vérifier" in html
    assert "Marta Démo" in html


def test_its_queries_do_not_grow_with_the_cards(signed_in, django_assert_max_num_queries):
    client = signed_in("coordination")
    client.get(REPORT)
    with django_assert_max_num_queries(22):
        client.get(REPORT)


def test_a_draft_that_was_never_online_is_in_revision_not_archived():
    from practices.models import PracticePage

    draft = PracticePage.objects.filter(live=False, first_published_at=None).first()
    assert draft.freshness == "en_revision"
