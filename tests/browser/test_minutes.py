"""Minutes in a real browser: written, amended, validated, published, redacted, read by a visitor."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

SESSION = "Lean coffee : garder le contact sans épuiser les forfaits"


def minutes_of(title=SESSION):
    from exchange_groups.minutes.models import Minutes

    return Minutes.objects.select_related("session__group").get(session__title=title)


def line(text):
    from exchange_groups.minutes.models import MinutesLine

    return MinutesLine.objects.get(text__startswith=text, minutes=minutes_of())


def close_the_window():
    from exchange_groups.minutes.models import Minutes

    Minutes.objects.filter(pk=minutes_of().pk).update(amendable_until=timezone.now() - datetime.timedelta(minutes=1))


def test_from_the_secretarys_draft_to_what_a_visitor_reads(open_page):
    here = minutes_of().get_absolute_url()
    # The secretary corrects a decision and adds a line; the script keeps what is typed.
    page = open_page(here, role="edition", phone=False)
    page.get_by_role("link", name="Modifier « Remplacer la visio").click()
    decision = page.get_by_label("Décision")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        decision.fill("Le point du lundi se fait par appel à trois jusqu’à Noël, puis on compare.")
    expect(page.get_by_text("Enregistré.")).to_be_visible()
    page.get_by_label("Texte de la nouvelle ligne").fill("Une structure prête un téléphone.")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Enregistrer et revenir").click()
    expect(page.get_by_text("Une structure prête un téléphone.")).to_be_visible()
    page.get_by_role("link", name="Envoyer en relecture").click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Envoyé à 3 personnes.")).to_be_visible()

    # A participant, on a phone without JavaScript, asks for other words.
    phone = open_page(here, role="membre", javascript=False)
    phone.locator(f"#ligne-{line('Deux appels').pk}").get_by_role("link", name="Proposer autre chose").click()
    phone.get_by_label("Ce que vous proposez d’écrire").fill("Deux appels, un SMS court, puis un courrier simple.")
    phone.get_by_role("button", name="Envoyer ma demande").click()
    expect(phone.get_by_text("La personne qui rédige va vous répondre.")).to_be_visible()

    # The secretary accepts with a word; the facilitator validates once the window has closed, then publishes.
    page.reload()
    page.get_by_role("link", name="Répondre").click()
    page.get_by_label("Un mot à la personne").fill("Plus court, merci.")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Deux appels, un SMS court, puis un courrier simple.").first).to_be_visible()
    close_the_window()
    lead = open_page(here, role="animation", phone=False)
    lead.get_by_role("button", name="Valider").click()
    lead.get_by_role("button", name="Publier dans le groupe").click()
    expect(lead.get_by_text("ses membres sont prévenus")).to_be_visible()

    # The public version: names are pointed at, boxes ticked.
    lead.get_by_role("link", name="Version publique").click()
    lead.get_by_label("Titre public").fill("Quand les forfaits sont vides")
    lead.get_by_role("button", name="Rendre public").click()
    expect(lead.get_by_text("Cochez, ou ne rendez pas public.").first).to_be_visible()
    for box in ("Personne n’est reconnaissable", "Aucune situation individuelle", "Le groupe est d’accord"):
        lead.get_by_label(box).check()
    lead.get_by_role("button", name="Rendre public").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Quand les forfaits sont vides")

    visitor = open_page("/seances/comptes-rendus/", javascript=False)
    visitor.get_by_role("link", name="Quand les forfaits sont vides").click()
    expect(visitor.get_by_text("jusqu’à Noël")).to_be_visible()
    expect(visitor.get_by_text("Karim")).to_have_count(0)
    expect(visitor.get_by_text("Une structure prête un téléphone.")).to_have_count(0)


def test_an_action_is_done_in_one_click_from_a_mail_and_shows_in_the_list(open_page, account):
    from exchange_groups.minutes.tokens import action_token
    from exchange_groups.sessions.models import Note

    note = Note.objects.get(text__startswith="Partager le modèle")
    page = open_page(f"/seances/actions/{action_token(note, account('membre'))}/", javascript=False)
    page.get_by_role("button", name="Oui, c’est fait").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est fait, merci !")
    mine = open_page("/seances/mes-actions/", role="membre")
    expect(mine.get_by_role("heading", name="Faites")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_line_under_the_wrong_point_is_moved(open_page, javascript):
    page = open_page(minutes_of().get_absolute_url(), role="edition", javascript=javascript)
    wrong = line("Le point du lundi")
    page.get_by_role("link", name="Modifier « Remplacer la visio").click()
    row = page.locator(".row").filter(has=page.locator(f'[value="deplacer:{wrong.pk}"]'))
    row.get_by_role("textbox").fill("Le lundi, corrigé à l’instant.")
    row.get_by_role("button", name="Déplacer").click()
    expect(page.get_by_text("Le lundi, corrigé à l’instant.")).to_be_visible()
    page.get_by_label("En général").check()
    page.get_by_role("button", name="Déplacer ici").click()
    expect(page.get_by_text("La ligne est rangée sous « En général ».")).to_be_visible()
    page.get_by_role("link", name="Compte rendu", exact=True).click()
    expect(page.locator("#point-0")).to_contain_text("Le lundi, corrigé à l’instant.")


def test_two_editors_see_both_texts(open_page):
    minutes = minutes_of()
    here = f"{minutes.get_absolute_url()}synthese/"
    one, other = open_page(here, role="edition", javascript=False), open_page(here, role="animation", javascript=False)
    for page, text in ((one, "Les mots d’Une."), (other, "Les mots de l’Autre.")):
        page.get_by_label("Synthèse").fill(text)
        page.get_by_role("button", name="Enregistrer").click()
    expect(other.get_by_text("Les mots d’Une.")).to_be_visible()
    expect(other.get_by_label("Synthèse")).to_have_value("Les mots de l’Autre.")


@pytest.mark.usefixtures("site")
def test_axe_finds_nothing_on_minutes(wrong_on_pages):
    draft, published = minutes_of(), minutes_of("Tour de table : ce que nos outils coûtent en data")
    point = draft.lines.filter(kind="point").first().pk
    action, idea = draft.lines.filter(kind="action").first().note_id, draft.lines.get(kind="idee").pk
    there = draft.session.registrations.get(user__email="membre@example.org").pk
    pages = [
        ("animation", draft.get_absolute_url()),
        ("animation", f"{draft.get_absolute_url()}points/{point}/"),
        ("animation", f"{draft.get_absolute_url()}lignes/{line('Deux appels').pk}/deplacer/"),
        ("animation", f"{draft.get_absolute_url()}synthese/"),
        ("animation", f"{draft.get_absolute_url()}relecture/"),
        ("animation", f"{draft.get_absolute_url()}actions/{action}/"),
        ("animation", f"{draft.get_absolute_url()}idees/{idea}/"),
        ("animation", f"{draft.session.get_absolute_url()}emargement/"),
        ("membre", f"{draft.session.get_absolute_url()}attestations/{there}/"),
        ("edition-numerique", published.get_absolute_url()),
        ("edition-numerique", f"{published.get_absolute_url()}version-publique/"),
        ("edition-numerique", f"{published.get_absolute_url()}essais/"),
        (None, published.get_public_url()),
        (None, "/seances/comptes-rendus/"),
        (None, "/seances/actions/perdu/"),
        ("membre", "/seances/mes-actions/"),
        ("lucie", "/seances/mes-actions/"),
    ]
    assert wrong_on_pages(pages) == []


def test_axe_finds_nothing_with_errors_shown_and_in_review(open_page, axe_at_both_widths, account):
    from exchange_groups.minutes.services.review import propose_amendment, send_for_review

    draft, published = minutes_of(), minutes_of("Tour de table : ce que nos outils coûtent en data")
    found = {}
    page = open_page(f"{published.get_absolute_url()}version-publique/", role="edition-numerique")
    page.get_by_label("Synthèse publique").fill("Appelez M. Diallo au 06 12 34 56 78.")
    page.get_by_role("button", name="Mettre à jour").click()
    found["redact"] = axe_at_both_widths(page)
    page = open_page(f"{draft.get_absolute_url()}points/{draft.lines.filter(kind='point').first().pk}/", role="edition")
    page.get_by_label("Décision").fill(" ")
    page.get_by_role("button", name="Enregistrer et revenir").click()
    found["section"] = axe_at_both_widths(page)
    send_for_review(minutes=draft, by=account("edition"))
    asked = propose_amendment(minutes=draft, author=account("membre"), line=line("Deux appels"), text="Autre chose.")
    page = open_page(f"{draft.get_absolute_url()}demandes/{asked.pk}/", role="edition")
    page.get_by_role("button", name="Refuser").click()
    found["decide"] = axe_at_both_widths(page)
    page = open_page(f"{draft.get_absolute_url()}demander/{line('Deux appels').pk}/", role="karim")
    page.get_by_role("button", name="Envoyer ma demande").click()
    found["amend"] = axe_at_both_widths(page)
    found["review"] = axe_at_both_widths(open_page(draft.get_absolute_url(), role="membre"))
    found["answering"] = axe_at_both_widths(open_page(draft.get_absolute_url(), role="animation"))
    assert {key: rules for key, rules in found.items() if rules} == {}


def test_nothing_is_wider_than_a_small_phone(open_page):
    draft = minutes_of()
    point = draft.lines.filter(kind="point").first().pk
    for role, address in [
        ("animation", draft.get_absolute_url()),
        ("animation", f"{draft.get_absolute_url()}points/{point}/"),
        ("animation", f"{draft.session.get_absolute_url()}emargement/"),
        ("membre", "/seances/mes-actions/"),
    ]:
        page = open_page(address, role=role)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_minutes_are_not_said_to_be_kept_once_the_sign_in_has_expired(open_page, signed_in, site):
    from django.conf import settings

    page = open_page(minutes_of().get_absolute_url(), role="edition", phone=False)
    page.get_by_role("link", name="Modifier « Remplacer la visio").click()
    address, words = page.url, "Le point du lundi se fait à trois, au téléphone."
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label("Décision").fill(words)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Pas encore enregistré")
    page.get_by_role("button", name="Enregistrer et revenir").click()
    expect(page.get_by_label("Ce que vous aviez écrit").filter(has_text=words)).to_have_count(1)
    session = signed_in("edition").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page.goto(address)
    expect(page.get_by_label("Décision")).to_have_value(words)


def test_lines_are_carried_to_another_point_by_keys_alone_and_by_hand_then_taken_back(open_page, axe_violations):
    page = open_page(minutes_of().get_absolute_url(), role="edition", phone=False)
    page.wait_for_selector("html[data-keys]")
    here, beyond = (page.locator(f"[data-point='{key}']") for key in (1, 2))
    name = here.locator("[data-line]").first.get_attribute("id")
    here.locator(f"#{name} .handle").focus()
    page.keyboard.press("Enter")
    while here.locator(f"#{name}").count():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Une ligne est déplacée.")).to_be_visible()
    expect(beyond.locator(f"#{name}")).to_be_visible()
    expect(page.locator(f"#{name} .handle")).to_be_focused()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("C’est défait.")).to_be_visible()
    expect(here.locator(f"#{name}")).to_be_visible()
    page.wait_for_selector("html[data-keys]")
    page.locator(f"#{name} .handle").drag_to(beyond.locator("h2"))
    expect(page.get_by_text("Une ligne est déplacée.")).to_be_visible()
    expect(beyond.locator(f"#{name}")).to_be_visible()
    assert axe_violations(page) == []
