"""The public version: other words, checked; and everything that must never leave the group."""

import pytest
from django.utils import timezone

from exchange_groups.choices import Confidentiality
from exchange_groups.minutes.choices import MinutesState
from exchange_groups.minutes.models import Minutes
from exchange_groups.minutes.services.errors import NotWaiting
from exchange_groups.minutes.services.publishing import keep_public_version, names_in, names_of
from exchange_groups.models import ExchangeGroup
from search.entries import rebuild_entries
from search.models import SearchEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(minutes):
    minutes.state, minutes.published_at = MinutesState.PUBLISHED, timezone.now()
    minutes.summary = "Une heure utile."
    minutes.save()
    return minutes


@pytest.fixture
def redact(published, signed_in):
    """Post the form as « animation »: what is given, over what the form offers, everything ticked."""

    def post(role="animation", **changes):
        published.refresh_from_db()
        data = {"public_title": "Garder le lien au téléphone", "public_summary": "", "version": published.version}
        data |= {"nobody": "on", "situations": "on", "agreed": "on", "ouvrir": "1"} | changes
        return signed_in(role).post(
            published.get_absolute_url() + "version-publique/", {name: value for name, value in data.items() if value}
        )

    return post


def field(line):
    return f"ligne-{line.pk}"


def test_only_the_chosen_lines_are_public_in_their_public_words(redact, published, line, client):
    decision, need = line("On garde"), line("forfait")
    response = redact(**{field(decision): "Un appel chaque lundi.", field(line("Les appels du lundi")): "Le lundi"})
    assert response.status_code == 303
    page = client.get(response["Location"]).content.decode()
    assert "Un appel chaque lundi." in page
    assert "<h2>Le lundi</h2>" in page
    for hidden in (decision.text, need.text, "Un pad commun", "Une heure utile.", "trame"):
        assert hidden not in page
    for name in ("Inès", "Karim", "Awa", "Une collègue invitée"):
        assert name not in page
    assert response["Location"] in client.get("/seances/comptes-rendus/").content.decode()
    assert response["Location"] in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("check", ["nobody", "situations", "agreed"])
def test_every_box_is_ticked_or_nothing_is_opened(redact, published, line, check):
    response = redact(**{field(line("On garde")): "Un appel chaque lundi.", check: ""})
    assert response.status_code == 422
    assert "Un appel chaque lundi." in response.content.decode()
    assert not Minutes.objects.public().filter(pk=published.pk).exists()


def test_what_could_name_someone_is_shown_beside_its_line(redact, published, line):
    words = {field(line("On garde")): "Karim appelle Mme Traoré au 06 12 34 56 78."}
    response = redact(**words)
    page = response.content.decode()
    assert response.status_code == 422
    assert "« Karim » est le nom d’un membre" in page
    assert "06 12 34 56 78" in page
    assert not Minutes.objects.public().filter(pk=published.pk).exists()
    assert redact(**words, names_checked="on").status_code == 303


def test_what_could_name_someone_is_masked_in_one_tap_members_included(redact, published, line):
    words = field(line("On garde"))
    masked = redact(**{words: "Karim appelle Mme Traoré au 06 12 34 56 78."}, masquer="1")
    assert masked.status_code == 422
    assert masked.context["form"][words].value() == "[nom] appelle Mme [nom] au [téléphone]."
    assert not Minutes.objects.public().filter(pk=published.pk).exists()
    assert redact(**{words: masked.context["form"][words].value()}).status_code == 303


def test_names_are_sought_as_words(held):
    names = names_of(held.session)
    assert {"Karim", "Awa"} <= names
    assert names_in("On parle karimement avec Awa.", names) == ["Awa"]


def test_words_are_kept_without_being_opened(redact, published, line, client):
    response = redact(ouvrir="", garder="1", nobody="", **{field(line("On garde")): "Un appel chaque lundi."})
    assert response.status_code == 303
    assert client.get(published.get_public_url()).status_code == 404
    assert line("On garde").public_text == "Un appel chaque lundi."


def test_two_people_who_redact_never_overwrite_each_other(redact, line):
    one = redact(**{field(line("On garde")): "Les mots d’Une."})
    assert one.status_code == 303
    other = redact(version="1", **{field(line("On garde")): "Les mots de l’Autre."})
    page = other.content.decode()
    assert other.status_code == 409
    assert "Les mots d’Une." in page
    assert "Les mots de l’Autre." in page
    assert line("On garde").public_text == "Les mots d’Une."


def test_withdrawn_or_taken_back_nothing_stays_public(redact, published, line, client, signed_in):
    here = redact(**{field(line("On garde")): "Un appel chaque lundi."})["Location"]
    signed_in("animation").post(published.get_absolute_url() + "version-publique/", {"retirer": "1"})
    assert client.get(here).status_code == 404
    assert not SearchEntry.objects.filter(key=f"public-minutes:{published.pk}").exists()
    redact(**{field(line("On garde")): "Un appel chaque lundi."})
    assert client.get(here).status_code == 200
    signed_in("animation").post(published.get_absolute_url() + "etat/", {"etape": "reprendre"})
    assert client.get(here).status_code == 404
    assert not SearchEntry.objects.filter(key__endswith=f"minutes:{published.pk}").exists()


def test_only_those_who_facilitate_redact(redact, line):
    assert redact(role="karim", **{field(line("On garde")): "x"}).status_code == 404
    assert redact(role="membre", **{field(line("On garde")): "x"}).status_code == 404


# Peers


def test_a_peer_group_never_has_a_public_version(redact, published, line, client, signed_in):
    here = redact(**{field(line("On garde")): "Un appel chaque lundi."})["Location"]
    group = ExchangeGroup.objects.get(pk=published.session.group_id)
    group.confidentiality = Confidentiality.ENTRE_PAIRS
    group.save()
    for end in ("", ".docx", ".md"):
        assert client.get(here.rstrip("/") + (end or "/")).status_code == 404
    assert here not in client.get("/seances/comptes-rendus/").content.decode()
    assert here not in client.get("/sitemap.xml").content.decode()
    assert not SearchEntry.objects.filter(key=f"public-minutes:{published.pk}").exists()
    assert redact(**{field(line("On garde")): "x"}).status_code == 302


# Search


def test_the_whole_is_found_by_members_alone_and_the_public_version_by_everyone(redact, published, line, signed_in):
    redact(**{field(line("On garde")): "Un ornithorynque chaque lundi."})
    published.refresh_from_db()
    whole, public = f"minutes:{published.pk}", f"public-minutes:{published.pk}"
    for _time in range(2):
        entries = {entry.key: entry for entry in SearchEntry.objects.filter(key__in=[whole, public])}
        assert "forfait sans limite" in entries[whole].body
        assert "forfait sans limite" not in entries[public].body
        assert "trame" not in entries[public].body
        assert not any("Karim" in entry.body for entry in entries.values())
        rebuild_entries()
    inside = "/recherche/?q=forfait+sans+limite+pour+deux+postes"
    open_ = "/recherche/?q=ornithorynque"
    assert published.get_absolute_url() in signed_in("edition").get(inside).content.decode()
    for stranger in (None, "partenaire", "lucie", "coordination"):
        browser = signed_in(stranger)
        assert "Garder le lien quand le réseau" not in browser.get(inside).content.decode()
        assert published.get_absolute_url() not in browser.get(open_).content.decode()
        assert published.get_public_url() in browser.get(open_).content.decode()


def test_drafts_are_not_found(minutes):
    assert not SearchEntry.objects.filter(key__endswith=f"minutes:{minutes.pk}").exists()


def test_words_kept_on_an_open_version_pass_the_same_checks(redact, line, client):
    address = redact(**{field(line("On garde")): "Un appel chaque lundi."})["Location"]
    response = redact(ouvrir="", garder="1", nobody="", **{field(line("On garde")): "Karim appelle chaque lundi."})
    assert response.status_code == 422
    assert "Karim" not in client.get(address).content.decode()


def test_an_open_version_is_never_written_as_if_it_were_kept_for_later(redact, published, line):
    redact(**{field(line("On garde")): "Un appel chaque lundi."})
    published.refresh_from_db()
    with pytest.raises(NotWaiting):
        keep_public_version(minutes=published, title="x", summary="", texts={}, version=published.version)


@pytest.mark.parametrize("said", ["Karim", "KARIM", "Zoe\u0301", "Mbaye", "MBAYE"])
def test_names_are_found_in_capitals_and_with_loose_accents(said, published, account):
    published.session.secretary = account("karim")
    names = names_of(published.session) | {"Zoé", "MBAYE"}
    assert names_in(f"{said} appelle.", names)


def test_who_ran_or_noted_it_is_not_named_even_after_leaving_the_group(published, account):
    gone = account("lucie")
    published.session.notes.filter(kind="note").update(author=gone)
    assert gone.first_name in names_of(published.session)
