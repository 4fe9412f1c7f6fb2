"""A whole session in three browsers: who runs it, who loses the network, who has a phone without JavaScript."""

import re
import uuid

import pytest
from django.conf import settings
from playwright.sync_api import expect

from exchange_groups.live.services.running import start_item, start_session
from exchange_groups.live.services.voting import call_thumbs
from exchange_groups.sessions.models import Note, Session
from tests.live.conftest import make_session


@pytest.fixture
def session(site):
    return make_session()


@pytest.fixture
def held(session):
    start_session(session=session)
    return Session.objects.get(pk=session.pk)


def note(page, text, kind="Note"):
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Votre note").fill(text)
    page.get_by_role("button", name="Noter", exact=True).click()


def texts(session):
    return sorted(session.notes.standing().values_list("text", flat=True))


def tick_everybody_and_start(lead):
    lead.get_by_role("link", name="Présences", exact=True).click()
    for name in lead.locator(".live-people input").all():
        name.check()
    lead.get_by_role("button", name="En visio").click()
    lead.get_by_label("Nom ou repère").fill("Une personne au téléphone")
    lead.get_by_role("button", name="Ajouter").click()
    lead.get_by_text("4 personnes présentes").wait_for()
    lead.locator("#contenu").get_by_role("link", name="Animer").click()
    lead.get_by_role("button", name="Commencer la séance").click()
    lead.get_by_role("heading", name="Proposer").wait_for()


def vote_for_three_more_minutes(lead, scripted, plain):
    lead.get_by_role("button", name="Étape suivante").click()
    lead.get_by_role("heading", name="Discuter").wait_for()
    lead.get_by_role("button", name="Commencer « Les forfaits vides »").click()
    lead.get_by_role("button", name="Faire voter").click()
    scripted.locator("h1").click()  # touching the screen asks at once
    scripted.get_by_role("button", name="Oui, encore").click(timeout=20_000)
    plain.get_by_role("link", name="Actualiser").click()
    plain.get_by_role("button", name="Peu importe").click()
    lead.locator("h1").click()
    lead.get_by_text("Oui, encore : 1").wait_for(timeout=20_000)
    lead.get_by_role("button", name="Continuer 3 min").click()
    lead.get_by_text("11 min prévues").wait_for()


def give_the_floor_around(lead):
    lead.get_by_role("button", name="Lancer un tour").click()
    lead.get_by_text("0 sur 4 ont parlé").wait_for()
    lead.get_by_role("button", name="A parlé, au suivant").click()
    lead.get_by_text("1 sur 4 ont parlé").wait_for()


def write_while_one_has_no_network(lead, offline, plain, session):
    offline.context.set_offline(True)
    note(offline, "Écrit dans le métro")
    note(offline, "Un abri avec prise", kind="Besoin")
    offline.get_by_text("2 notes gardées sur cet appareil").wait_for()
    offline.get_by_label("Votre note").fill("À moitié écr")
    note(plain, "Écrit sans script")
    note(lead, "On appelle après le 15", kind="Décision")
    lead.get_by_label("Action", exact=True).check()
    lead.get_by_label("Qui s’en charge").fill("Karim")
    note(lead, "Écrire le mode d’emploi", kind="Action")
    lead.get_by_role("link", name=re.compile("Relire et corriger : 3")).wait_for()
    assert texts(session) == ["On appelle après le 15", "Écrire le mode d’emploi", "Écrit sans script"]


def test_a_whole_session_with_three_people(open_page, session):
    live, run = session.get_absolute_url() + "suivre/", session.get_absolute_url() + "animer/"
    lead = open_page(run, role="animation", phone=False)
    scripted = open_page(live, role="membre")
    plain = open_page(live, role="edition", javascript=False)
    scripted.get_by_text("La séance n’a pas encore commencé").wait_for()
    tick_everybody_and_start(lead)
    scripted.get_by_role("heading", name="Proposer").wait_for(timeout=20_000)  # the page followed by itself

    plain.get_by_role("link", name="Actualiser").click()
    plain.get_by_label("Un sujet à ajouter").fill("Le prix des recharges")
    plain.get_by_role("button", name="Proposer ce sujet").click()
    plain.get_by_role("button", name="Voter pour « Le prix des recharges »").click()
    assert session.items.get(title="Le prix des recharges").votes.count() == 1

    vote_for_three_more_minutes(lead, scripted, plain)
    give_the_floor_around(lead)
    write_while_one_has_no_network(lead, scripted, plain, session)

    # The tab was closed meanwhile; the network is back.
    again = scripted.context.new_page()
    scripted.close()
    scripted.context.set_offline(False)
    again.goto(live)
    again.get_by_text("C’est noté").wait_for()
    assert again.get_by_label("Votre note").input_value() == "À moitié écr"
    assert len(texts(session)) == 5
    assert Note.objects.get(text="Un abri avec prise").kind == "besoin"
    assert Note.objects.get(text="Écrire le mode d’emploi").doer.email == "karim@example.org"
    assert again.evaluate("Object.keys(localStorage).filter((key) => key.endsWith(':notes')).length") == 0

    lead.get_by_role("button", name="Traité").click()
    lead.get_by_role("link", name="Terminer").click()
    lead.get_by_text("Qui appelle ?").wait_for()
    lead.get_by_role("button", name="Terminer et écrire le compte rendu").click()
    lead.get_by_role("heading", name="Compte rendu").wait_for()
    assert lead.get_by_text("Écrire le mode d’emploi").count() == 1
    again.locator("h1").click()
    again.get_by_role("heading", name="La séance est terminée").wait_for(timeout=20_000)
    assert Session.objects.get(pk=session.pk).state == "to_write_up"
    assert [item.state for item in session.items.filter(order__isnull=False)] == ["done", "postponed"]


def subjects(session):
    """What stands under which subject."""
    return {one.text: one.item.title if one.item else "" for one in session.notes.standing().select_related("item")}


def wait_for_notes(page, count):
    page.get_by_role("link", name=re.compile(f"Relire et corriger : {count} note")).wait_for(timeout=20_000)


def take_up(lead, *others, title):
    """The facilitator starts a subject; the pages of the others follow."""
    lead.get_by_role("button", name=f"Commencer « {title} »").click()
    lead.get_by_role("heading", name=title).wait_for()
    for page in others:
        page.locator("h1").click()
        page.get_by_role("heading", name=title).wait_for(timeout=20_000)


def test_each_note_stands_under_the_subject_that_was_talked_of(open_page, held):
    lead = open_page(held.get_absolute_url() + "animer/", role="animation", phone=False)
    member = open_page(held.get_absolute_url() + "suivre/", role="membre")
    pages = {"animation": lead, "membre": member}

    def both_note(moment):
        for who, page in pages.items():
            note(page, f"{who}, {moment}")
            page.get_by_text("C’est noté").wait_for()

    both_note("avant")
    take_up(lead, member, title="Les forfaits vides")
    both_note("pendant A")
    lead.reload()
    member.reload()
    both_note("pendant A, page rouverte")
    wait_for_notes(lead, 6)

    # Cut from the network during A; while it is away the group goes on to B, and there a first word is half written.
    member.context.set_offline(True)
    note(member, "membre, sans réseau pendant A")
    member.get_by_text("1 note gardée").wait_for()
    member.get_by_label("Votre note").fill("membre, commencé pendant A")
    take_up(lead, title="Qui appelle ?")
    both_pages = (lead, member)
    member.context.set_offline(False)
    member.get_by_text("C’est noté").wait_for()
    member.locator("h1").click()
    member.get_by_role("heading", name="Qui appelle ?").wait_for(timeout=20_000)
    assert "Les forfaits vides" in member.locator("[data-about]").inner_text()
    member.get_by_role("button", name="Noter", exact=True).click()
    member.get_by_text("Qui appelle ?").first.wait_for()
    both_note("pendant B")
    for page in both_pages:
        page.reload()
    both_note("pendant B, page rouverte")
    wait_for_notes(lead, 12)

    a, b = "Les forfaits vides", "Qui appelle ?"
    assert subjects(held) == {
        "animation, avant": "",
        "membre, avant": "",
        "animation, pendant A": a,
        "membre, pendant A": a,
        "animation, pendant A, page rouverte": a,
        "membre, pendant A, page rouverte": a,
        "membre, sans réseau pendant A": a,
        "membre, commencé pendant A": a,
        "animation, pendant B": b,
        "membre, pendant B": b,
        "animation, pendant B, page rouverte": b,
        "membre, pendant B, page rouverte": b,
    }
    member.goto(held.get_absolute_url() + "suivre/notes/")
    kept = member.locator("li", has_text="membre, sans réseau pendant A")
    assert kept.locator(".facts").inner_text().split(" · ")[1] == a


def test_a_note_half_written_keeps_its_subject_when_the_page_is_opened_again(open_page, held):
    member = open_page(held.get_absolute_url() + "suivre/", role="membre")
    first, second = held.items.order_by("order")
    start_item(session=held, item_id=first.pk)
    member.locator("h1").click()
    member.get_by_role("heading", name=first.title).wait_for(timeout=20_000)
    member.get_by_label("Votre note").fill("Commencé pendant A")
    start_item(session=held, item_id=second.pk)
    member.reload()
    assert member.get_by_label("Votre note").input_value() == "Commencé pendant A"
    expect(member.locator("[data-about]")).to_contain_text(first.title)
    member.get_by_label("Votre note").press("Control+Enter")
    member.get_by_text("C’est noté").wait_for()
    expect(member.locator("[data-about]")).to_contain_text(second.title)
    assert subjects(held) == {"Commencé pendant A": first.title}


def test_notes_wait_for_the_sign_in_that_expired_and_show_to_nobody_else(open_page, held, signed_in, site):
    page = open_page(held.get_absolute_url() + "suivre/", role="membre")

    def become(role):
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": "expired", "url": site}
        if role:
            cookie["value"] = signed_in(role).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([cookie])

    become(None)
    note(page, "Gardé pour moi")
    page.get_by_text("Votre connexion a expiré").wait_for()
    assert page.get_by_role("link", name="Se reconnecter").get_attribute("href").endswith("suivre%2F")
    assert texts(held) == []
    become("edition")  # the next person on this computer, first on the page left open
    note(page, "Pas en leur nom")
    page.wait_for_timeout(500)
    assert texts(held) == []
    page.reload()
    page.get_by_label("Votre note").wait_for()
    assert "Gardé pour moi" not in page.content()
    assert texts(held) == []
    become("membre")
    page.reload()
    page.get_by_text("C’est noté").wait_for()
    assert texts(held) == ["Gardé pour moi", "Pas en leur nom"]
    assert {one.author.email for one in held.notes.all()} == {"membre@example.org"}


def test_a_note_that_comes_too_late_stays_on_the_device_until_its_author_has_read_why(open_page, held):
    page = open_page(held.get_absolute_url() + "suivre/", role="membre")
    page.context.set_offline(True)
    note(page, "Trop tard")
    page.get_by_text("1 note gardée").wait_for()
    Session.objects.filter(pk=held.pk).update(state="in_review")
    page.context.set_offline(False)
    page.get_by_text("son compte rendu est en relecture").wait_for()
    assert "Trop tard" in page.locator("[data-kept]").inner_text()
    page.get_by_role("button", name="Effacer de cet appareil").click()
    assert page.locator("[data-kept]").is_hidden()


def test_pressing_a_button_by_keyboard_keeps_the_focus(open_page, held):
    page = open_page(held.get_absolute_url() + "animer/", role="animation", phone=False)
    page.get_by_role("button", name="+ 2 min").focus()
    page.keyboard.press("Enter")
    page.get_by_text("7 min prévues").wait_for()
    expect(page.get_by_role("button", name="+ 2 min")).to_be_focused()
    page.get_by_role("button", name="Étape suivante").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Discuter").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Étape suivante"


def fill(held):
    member = held.registrations.first().user
    start_item(session=held, item_id=held.items.first().pk)
    call_thumbs(session=held)
    for kind in ("note", "besoin", "idee", "decision"):
        Note.objects.create(session=held, author=member, text=f"Une {kind} assez longue pour deux lignes.", kind=kind)
    first = Note.objects.filter(session=held).first()
    Note.objects.create(session=held, author=member, text="Autrement", corrects=first, key=uuid.uuid4())
    held.registrations.update(presence="visio")


@pytest.mark.parametrize("full", [True, False], ids=["full", "empty"])
def test_axe_finds_nothing(open_page, axe_at_both_widths, held, full):
    if full:
        fill(held)
    else:
        held.items.all().delete()
    page = open_page(held.get_absolute_url() + "animer/", role="animation")
    for end in ("animer/", "animer/personnes/", "animer/terminer/", "suivre/", "suivre/notes/"):
        page.goto(held.get_absolute_url() + end)
        assert axe_at_both_widths(page) == [], end
    page.goto(held.get_absolute_url() + "animer/personnes/")
    page.get_by_label("Nom ou repère").evaluate("field => field.required = false")
    page.get_by_role("button", name="Ajouter").click()
    assert axe_at_both_widths(page) == []
    page.goto(held.get_absolute_url() + "suivre/")
    page.evaluate(
        "document.querySelector('[data-propose]').replaceWith(document.querySelector('[data-propose]').cloneNode(true))"
    )
    page.get_by_label("Un sujet à ajouter").evaluate("field => field.required = false")
    page.get_by_role("button", name="Proposer ce sujet").click()
    page.locator("#id_title_error", has_text="Donnez un titre").wait_for()
    assert axe_at_both_widths(page) == []
