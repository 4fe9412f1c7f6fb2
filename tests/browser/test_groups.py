"""Groups in a real browser: member, facilitator, outsider, partner, coordinator; phone and desktop; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

CIP = "/groupes/cip-ile-de-france/"
OPEN = "/groupes/encadrants-techniques/"
PUBLIC = "/groupes/siae-numeriques/"


def topic_address(start: str) -> str:
    from exchange_groups.models import Topic

    return Topic.objects.get(title__startswith=start).get_absolute_url()


def test_a_member_enters_asks_and_reads_the_answers(open_page):
    page = open_page(OPEN, role="membre", javascript=False)
    page.get_by_role("button", name="Entrer dans le groupe").click()
    page.get_by_role("button", name="J’accepte cette charte").click()
    page.get_by_role("link", name="Nouveau sujet").click()
    page.get_by_label("Titre").fill("Des consignes pour un nouveau, le premier jour ?")
    page.get_by_label("Votre texte").fill("Prévenez M. Diallo que je cherche une feuille simple.")
    page.get_by_role("button", name="Publier dans le groupe").click()
    expect(page.locator("#id_body_error")).to_contain_text("« M. Diallo »")
    page.get_by_label("Votre texte").fill("Je cherche une feuille simple, avec des images.")
    page.get_by_role("button", name="Publier dans le groupe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Des consignes pour un nouveau, le premier jour ?")
    page.get_by_label("Votre réponse").fill("Je précise : une page, pas deux.")
    page.get_by_role("button", name="Répondre").click()
    expect(page.locator("article.comment")).to_have_count(1)
    page.locator("#commentaires").get_by_role("button", name="Utile").click()
    expect(page.locator("#commentaires").get_by_role("button", name="Utile (1)")).to_be_visible()


def test_a_facilitator_answers_a_request_and_draws_a_card(open_page):
    page = open_page(CIP, role="animation", phone=False)
    page.get_by_role("link", name="Animer le groupe").click()
    page.get_by_role("link", name=re.compile("Demandes")).click()
    page.get_by_role("button", name="Refuser").click()
    expect(page.locator(".error", has_text="Dites pourquoi, en une phrase")).to_be_visible()
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Aucune demande en attente")).to_be_visible()
    page.goto(topic_address("Nous avons remplacé la visio") + "animer/")
    page.get_by_role("link", name="En faire une fiche").click()
    page.get_by_label("Réponse 1", exact=True).select_option(label="Limites")
    page.get_by_label("Le texte du sujet").select_option(label="Ce qui a été fait")
    page.get_by_role("button", name="Préparer la fiche").click()
    page.get_by_label("Comment appelez-vous cette pratique ?").fill("L’appel à trois du lundi")
    page.get_by_label(re.compile("solement")).first.check()
    page.get_by_role("button", name="Envoyer en relecture").click()
    expect(page.get_by_text("est envoyée en relecture")).to_be_visible()


def test_an_outsider_learns_what_the_group_is_for_and_asks_to_enter(open_page):
    page = open_page(CIP, role="lucie", javascript=False)
    expect(page.get_by_text("trouver une réponse d’un pair en deux jours")).to_be_visible()
    expect(page.get_by_text("Des casques pour la salle relais")).to_have_count(0)
    page.get_by_role("link", name="Demander à entrer").click()
    page.get_by_label("Votre message à l’animation").fill("J’encadre et j’accompagne.")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_text("attend la réponse de l’animation")).to_be_visible()


def test_a_partner_reads_where_institutions_are_admitted_and_nowhere_else(open_page):
    page = open_page("/groupes/", role="partenaire")
    expect(page.get_by_role("link", name="Paroles de permanents")).to_have_count(0)
    page.get_by_role("link", name="CIP d’Île-de-France").click()
    expect(page.get_by_text("les institutions n’y entrent pas")).to_be_visible()
    page.goto(PUBLIC)
    expect(page.get_by_role("link", name="Nouveau sujet")).to_be_visible()


def test_a_coordinator_sees_figures_only(open_page):
    page = open_page("/groupes/", role="coordination", phone=False)
    page.get_by_role("link", name="Les chiffres d’activité de tous les groupes").click()
    expect(page.get_by_role("row", name=re.compile("Paroles de permanents"))).to_be_visible()
    page.get_by_role("link", name="Paroles de permanents").click()
    expect(page.get_by_text("Tenir quand on porte tout")).to_have_count(0)


def test_a_draft_survives_on_the_server_and_similar_things_are_shown(open_page):
    page = open_page(CIP + "sujets/nouveau/", role="karim")
    with page.expect_response(re.compile("brouillon")):
        page.get_by_label("Titre").fill("Appel de suivi à heure fixe")
    expect(page.get_by_text("Brouillon enregistré.")).to_be_visible()
    expect(page.locator(".similar a").first).to_be_visible()
    page.goto(CIP)
    page.goto(CIP + "sujets/nouveau/")
    expect(page.get_by_label("Titre")).to_have_value("Appel de suivi à heure fixe")


def test_a_topic_typed_without_a_connection_stays_on_the_device_until_it_is_published(open_page):
    page = open_page(CIP + "sujets/nouveau/", role="karim")
    page.route("**/sujets/brouillon/", lambda route: route.abort())
    page.get_by_label("Titre").fill("Appel de suivi, tapé dans le métro")
    page.get_by_label("Votre texte").fill("Le réseau est parti au milieu.")
    expect(page.get_by_text("votre texte est gardé sur cet appareil")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Votre texte")).to_have_value("Le réseau est parti au milieu.")
    page.get_by_role("button", name="Publier dans le groupe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Appel de suivi, tapé dans le métro")
    expect(page).to_have_url(re.compile("^[^#]*$"))
    page.goto(CIP + "sujets/nouveau/")
    expect(page.get_by_label("Titre")).to_have_value("")


def test_a_draft_on_a_shared_device_goes_at_sign_out_and_under_another_account(open_page, site, signed_in, settings):
    def write(page):
        page.goto(CIP + "sujets/nouveau/")
        page.route("**/sujets/brouillon/", lambda route: route.abort())
        page.get_by_label("Titre").fill("Ce que je n’ai pas fini")
        expect(page.get_by_text("votre texte est gardé sur cet appareil")).to_be_visible()

    page = open_page(CIP, role="karim")
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
    write(page)
    assert page.evaluate(kept) == 1
    other = signed_in("animation").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": other, "url": site}])
    page.goto(CIP + "sujets/nouveau/")
    expect(page.get_by_label("Titre")).to_have_value("")
    assert page.evaluate(kept) == 0
    write(page)
    page.goto("/compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/")
    assert page.evaluate(kept) == 0


def test_the_keyboard_alone_is_enough_to_reply(open_page):
    page = open_page(topic_address("Des casques"), role="karim")
    page.get_by_label("Votre réponse").focus()
    page.keyboard.type("J’en ai deux.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.comment")).to_have_count(1)


PAGES = [
    (None, "/groupes/"),
    ("membre", "/groupes/"),
    (None, CIP),
    ("membre", CIP),
    ("membre", CIP + "?voir=les-miens"),
    ("karim", PUBLIC),
    ("lucie", CIP + "entrer/"),
    ("membre", CIP + "charte/"),
    ("membre", CIP + "membres/"),
    ("membre", CIP + "quitter/"),
    ("membre", CIP + "sujets/nouveau/"),
    (None, "/groupes/appui/poursuite-des-parcours-d-accompagnement/"),
    ("coordination", "/groupes/chiffres/"),
    ("animation", CIP + "animer/"),
    ("animation", CIP + "animer/membres/"),
    ("animation", CIP + "animer/demandes/"),
    ("animation", CIP + "animer/invitations/"),
    ("animation", CIP + "animer/charte/"),
    ("animation", CIP + "animer/signalements/"),
]


def test_axe_finds_nothing_on_any_page_of_groups(wrong_on_pages):
    assert wrong_on_pages(PAGES) == []


@pytest.mark.usefixtures("site")
def test_axe_finds_nothing_on_topics_even_with_errors_shown(open_page, wrong_on_pages, axe_at_both_widths):
    address = topic_address("Nous avons remplacé la visio")
    pages = [("animation", address + end) for end in ("", "animer/", "fiche/", "signaler/")]
    assert wrong_on_pages([*pages, ("membre", topic_address("Des casques"))]) == []
    page = open_page(CIP + "sujets/nouveau/", role="karim")
    page.get_by_label("Titre").fill("Essai d’erreur")
    page.get_by_label("Votre texte").fill("Appelez le 06 12 34 56 78 demain")
    page.get_by_role("button", name="Publier dans le groupe").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    assert axe_at_both_widths(page) == []


def test_nothing_is_wider_than_a_small_phone(open_page):
    for role, address in [("membre", CIP), ("membre", topic_address("Nous avons")), ("animation", CIP + "animer/")]:
        page = open_page(address, role=role)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
