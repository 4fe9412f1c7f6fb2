"""A network begins a site with one command: all of it or nothing, and nothing of the demonstration."""

from io import StringIO

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.test import Client

from kb_site.accounts.models import Network, Structure, User
from kb_site.home.models import HomePage, TextPage
from kb_site.home.site_structure import ensure_site_structure
from kb_site.identity.models import Identity
from search.models import Need, SynonymGroup

ASKED = {
    "name": "Le Maillon",
    "network": "Réseau du Maillon",
    "email": "Aline@maillon.example",
    "first_name": "Aline",
    "last_name": "Roy",
}
LEGAL = {
    "publisher": "Association Le Maillon",
    "publisher_address": "1 rue du Pont, 31000 Toulouse",
    "publication_director": "Aline Roy",
    "host": "Hébergeur exemple, 2 rue du Port, 59000 Lille, 03 00 00 00 00",
    "contact": "contact@maillon.example",
}


@pytest.fixture(autouse=True)
def real_site(settings, db):
    settings.DEMO = False
    caches["face"].clear()
    yield
    caches["face"].clear()


def run(**options):
    out = StringIO()
    call_command("begin", stdout=out, no_input=True, **options)
    return out.getvalue()


def test_the_site_has_its_name_its_network_its_legal_notice_and_its_words():
    SynonymGroup.objects.all().delete()
    Need.objects.all().delete()
    accounts = User.objects.count()
    said = run(**ASKED, **LEGAL, colour="#7a1fa2")
    assert Identity.objects.get().name == "Le Maillon"
    assert Network.objects.get(name="Réseau du Maillon").section.live
    assert SynonymGroup.objects.exists()
    assert Need.objects.exists()
    assert User.objects.count() == accounts + 1
    caches["face"].clear()  # a transaction that commits does it
    notice = Client().get("/mentions-legales/").content.decode()
    assert "Association Le Maillon" in notice
    assert "1 rue du Pont" in notice
    assert "Hébergeur exemple" in notice
    assert "à compléter" not in notice
    assert "dites dans « Identité du site »" not in said


def test_whoever_begins_signs_in_by_a_code_and_has_no_password():
    run(**ASKED)
    aline = User.objects.get(email="aline@maillon.example")
    assert not aline.has_usable_password()
    Client().post("/compte/connexion/code/", {"email": "aline@maillon.example"})
    assert [message.to for message in mail.outbox] == [["aline@maillon.example"]]
    assert aline.is_superuser
    assert aline.is_approved


def test_a_second_run_doubles_nothing_and_keeps_what_was_written_since():
    run(**ASKED, **LEGAL)
    HomePage.objects.get().add_child(instance=TextPage(slug="mentions-legales", title="Mentions", body="Nos mots."))
    before = (Network.objects.count(), User.objects.count(), SynonymGroup.objects.count())
    run(**ASKED, **LEGAL)
    assert (Network.objects.count(), User.objects.count(), SynonymGroup.objects.count()) == before
    assert TextPage.objects.get(slug="mentions-legales").body == "Nos mots."


def test_structures_come_from_a_spreadsheet_and_one_bad_row_undoes_all(tmp_path):
    sheet = tmp_path / "structures.csv"
    sheet.write_text("siret;nom;type;departement;reseau\n123;Atelier du Pont;ACI;31;Réseau du Maillon\n", "utf-8")
    with pytest.raises(CommandError, match="ligne 2"):
        run(**ASKED, structures=sheet)
    assert not Network.objects.filter(name="Réseau du Maillon").exists()
    sheet.write_text(
        "siret;nom;type;departement;reseau\n73282932000074;Atelier du Pont;ACI;31;Réseau du Maillon\n", "utf-8"
    )
    run(**ASKED, structures=sheet)
    assert Structure.objects.get(name="Atelier du Pont").network.name == "Réseau du Maillon"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"colour": "#ffcc00"}, "trop claire"),
        ({"email": "aline"}, "adresse e-mail"),
        ({"network": ""}, "--network"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_made(wrong, said):
    accounts = User.objects.count()
    with pytest.raises(CommandError, match=said):
        run(**ASKED | wrong)
    assert User.objects.count() == accounts
    assert not Identity.objects.exists()


def test_the_demonstration_is_not_begun(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="démonstration"):
        run(**ASKED)


def test_what_the_legal_notice_lacks_is_told_to_who_begins():
    assert "dites dans « Identité du site » : éditeur du site, adresse de l’éditeur" in run(**ASKED)


def test_a_page_of_the_law_that_nobody_completed_gives_way_to_what_is_declared():
    home = HomePage.objects.get()
    home.add_child(instance=TextPage(slug="accessibilite", title="Accessibilité", body="[à compléter : contact]"))
    ensure_site_structure(name="Essai", host="testserver", port=80)
    assert not TextPage.objects.filter(slug="accessibilite").exists()
