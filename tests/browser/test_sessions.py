"""Sessions prepared in a real browser: by a facilitator, a member at their mailbox, a member on a phone."""

import datetime
import re

import pytest
from django.core import mail
from playwright.sync_api import expect

NEW = "/seances/nouvelle/cip-ile-de-france/"


def session_address(start: str, end: str = "") -> str:
    from exchange_groups.sessions.models import Session

    return Session.objects.get(title__startswith=start).get_absolute_url() + end


def days_ahead(number: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=number)).isoformat()


def letter_to(address: str, words: str):
    return next(message for message in mail.outbox if message.to == [address] and words in message.subject)


def link_in(message, words: str) -> str:
    """The path of the link that follows these words in the text of a mail."""
    return re.search(rf"{words}\s*:\s*https?://[^/]+(/\S+)", message.body).group(1)


def test_a_session_from_its_method_to_its_agenda(open_page, run_jobs):
    # The facilitator: a method, a title, two dates.
    lead = open_page("/groupes/cip-ile-de-france/", role="animation", phone=False)
    lead.get_by_role("link", name="Préparer une séance").click()
    lead.get_by_role("link", name="Codéveloppement", exact=True).click()
    lead.get_by_label("Titre").fill("Codéveloppement du printemps")
    lead.get_by_role("button", name="Proposer plusieurs dates").click()
    lead.get_by_label("Date 1, jour").fill(days_ahead(20))
    lead.get_by_label("Date 1, heure de début").fill("13:00")
    lead.get_by_label("Date 2, jour").fill(days_ahead(22))
    lead.get_by_role("button", name="Demander au groupe").click()
    expect(lead.locator(".error", has_text="Choisissez l’heure de début")).to_be_visible()
    expect(lead.get_by_label("Date 1, heure de début")).to_have_value("13:00")
    lead.get_by_label("Date 2, heure de début").fill("17:30")
    lead.get_by_role("button", name="Demander au groupe").click()
    expect(lead.get_by_text("chaque membre répond depuis son e-mail")).to_be_visible()
    run_jobs()

    # A member at their mailbox, without signing in, without JavaScript.
    asked = letter_to("membre@example.org", "Quelle date")
    reader = open_page(link_in(asked, "Oui"), javascript=False)
    expect(reader.get_by_label("Oui").first).to_be_checked()
    reader.get_by_label("Si besoin").nth(1).check()
    reader.get_by_role("button", name="Envoyer mes réponses").click()
    expect(reader.get_by_text("vos réponses sont notées")).to_be_visible()

    # The facilitator chooses; the group is invited.
    lead.reload()
    expect(lead.get_by_role("row", name=re.compile("Awa D."))).to_contain_text("oui")
    lead.get_by_role("button", name=re.compile("à 13")).click()
    expect(lead.get_by_text("La date est choisie")).to_be_visible()
    run_jobs()

    # The member said yes to this date: the invitation says that a place is theirs. They propose a topic on the site.
    invited = letter_to("membre@example.org", "Codéveloppement du printemps")
    invited = [m for m in mail.outbox if m.to == ["membre@example.org"]][-1]
    assert invited.attachments[0][0] == "seance.ics"
    assert "vous avez une place." in invited.body
    reader.goto(link_in(invited, "Je ne viens plus"))
    expect(reader.get_by_text("Vous avez une place")).to_be_visible()
    member = open_page(session_address("Codéveloppement du printemps"), role="membre")
    expect(member.get_by_text("Vous avez une place")).to_be_visible()
    member.get_by_role("link", name="Proposer un sujet").click()
    member.get_by_label("Votre sujet").fill("Une personne qui n’ose plus appeler")
    member.get_by_label("C’est").select_option(label="cas à étudier")
    member.get_by_role("button", name="Proposer").click()
    member.get_by_role("button", name=re.compile("Voter")).click()
    expect(member.get_by_text("Il vous reste 2 voix")).to_be_visible()

    # The facilitator builds the agenda: it must fit the time of the method.
    lead.get_by_role("link", name="Ordre du jour").click()
    lead.get_by_role("button", name=re.compile("Garder")).click()
    minutes = lead.get_by_label("Minutes")
    minutes.fill("35")
    expect(lead.get_by_text("25 minutes de trop : 35 prévues pour 10 disponibles.")).to_be_visible()
    minutes.fill("10")
    lead.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(lead.get_by_text("L’ordre du jour est enregistré")).to_be_visible()
    member.reload()
    expect(member.locator("ol.agenda li")).to_have_count(1)


def test_the_agenda_is_ordered_by_dragging_and_by_buttons(open_page):
    page = open_page(session_address("Lean coffee de décembre", "ordre-du-jour/"), role="animation", phone=False)
    titles = page.locator(".builder h2")
    before = titles.all_inner_texts()
    handle = page.locator(".handle").last.bounding_box()
    top = page.locator(".builder > li").first.bounding_box()
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(top["x"] + 300, top["y"] + 2, steps=8)
    with page.expect_navigation():
        page.mouse.up()
    expect(titles.first).to_have_text(before[-1])
    page.get_by_role("button", name=re.compile(f"Descendre {re.escape(before[-1])}")).press("Enter")
    expect(titles.nth(1)).to_have_text(before[-1])


def test_a_session_is_prepared_with_the_keyboard_and_no_script(open_page):
    page = open_page(f"{NEW}?methode=lean-coffee", role="animation", javascript=False)
    page.get_by_label("Titre").fill("Lean coffee de mars")
    page.get_by_label("Jour").fill(days_ahead(40))
    page.get_by_role("button", name="Ouvrir les inscriptions").press("Enter")
    expect(page.locator(".error", has_text="Choisissez l’heure de début")).to_be_visible()
    expect(page.get_by_label("Titre")).to_have_value("Lean coffee de mars")
    page.get_by_label("Début").fill("13:00")
    page.get_by_role("button", name="Ouvrir les inscriptions").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lean coffee de mars")
    expect(page.get_by_text("Inscriptions ouvertes")).to_be_visible()


COMING, DRAFT, POLL = "Lean coffee de décembre", "Codéveloppement : une situation", "Tour de table : l’heure"
PAGES = [
    (None, "/seances/"),
    (None, "/seances/?theme=economie-de-data"),
    ("membre", "/seances/?quand=passees"),
    ("membre", "/seances/?groupe=cip-ile-de-france&theme=inclusion-numerique"),
    ("membre", "/seances/agenda/"),
    ("membre", (COMING, "")),
    ("animation", (COMING, "")),
    ("animation", (DRAFT, "")),
    ("lucie", (POLL, "")),
    (None, ("Atelier : mesurer", "")),
    ("membre", (COMING, "sujets/")),
    ("animation", (COMING, "ordre-du-jour/")),
    ("animation", (COMING, "inscrits/")),
    ("animation", (COMING, "modifier/")),
    ("animation", (COMING, "deroule/")),
    ("animation", (COMING, "annuler/")),
    ("animation", (DRAFT, "dates/")),
    ("edition-parcours", (POLL, "dates/")),
    ("animation", NEW),
    ("animation", f"{NEW}?methode=lean-coffee"),
]


@pytest.mark.usefixtures("site")
def test_axe_finds_nothing_on_the_pages_of_sessions(wrong_on_pages):
    pages = [(role, place if isinstance(place, str) else session_address(*place)) for role, place in PAGES]
    assert wrong_on_pages(pages) == []


def test_axe_finds_nothing_on_forms_with_errors_and_links_of_mails(open_page, axe_at_both_widths):
    from exchange_groups.sessions.models import Session
    from exchange_groups.sessions.tokens import DATES, PLACE, path_for

    page = open_page(f"{NEW}?methode=lean-coffee", role="animation")
    page.get_by_label("Titre").fill("")
    page.get_by_label("Téléphone", exact=False).first.fill("appelez-moi")
    page.get_by_role("button", name="Ouvrir les inscriptions").click()
    expect(page.locator(".error", has_text="Donnez un titre")).to_be_visible()
    assert axe_at_both_widths(page) == []
    page.goto(session_address(DRAFT, "dates/"))
    page.get_by_role("button", name="Demander au groupe").click()
    expect(page.locator(".error", has_text="au moins deux dates")).to_be_visible()
    assert axe_at_both_widths(page) == []
    page.goto(session_address(COMING, "annuler/"))
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.get_by_role("button", name="Annuler la séance").click()
    expect(page.locator(".error", has_text="Dites pourquoi")).to_be_visible()
    assert axe_at_both_widths(page) == []
    poll = Session.objects.get(title__startswith=POLL)
    coming = Session.objects.get(title=COMING)
    visitor = open_page(path_for(DATES, session=poll, user=poll.facilitator))
    assert axe_at_both_widths(visitor) == []
    visitor.goto(path_for(PLACE, session=coming, user=coming.secretary))
    assert axe_at_both_widths(visitor) == []
