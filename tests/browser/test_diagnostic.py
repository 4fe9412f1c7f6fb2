"""The diagnostic in a real browser: a pile of sheets, no network, no script; charts and questions that axe accepts."""

import re

import pytest

from practices.diagnostic import services
from practices.diagnostic.models import DiagnosticCampaign
from practices.diagnostic.questions import PEOPLE
from practices.experiences.models import Experience

LINES = ["21212010210021", "20110121102100", "11100111000001", "22230122222230", "21112020110012"]
LINES = [
    "".join(str(min(int(d), max(c.value for c in q.choices))) for d, q in zip(line, PEOPLE, strict=True))
    for line in LINES
]


@pytest.fixture
def campaign(account):
    def open_campaign(**fields):
        member = account("membre")
        return services.open_campaign(opened_by=member, structure=member.structure, place="Serres", **fields)

    return open_campaign


def own_code(campaign):
    return campaign.access_code + services.issue_codes(campaign=campaign, number=1)[0]


def answer_everything(page, choice=1):
    for number in range(1, len(PEOPLE) + 1):
        assert page.locator(".step").inner_text() == f"Question {number} sur 14"
        page.locator(".answer input").nth(choice).check()
        page.get_by_role("button", name="Suivant").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_pile_of_sheets_to_an_experience(open_page, campaign, javascript):
    found = campaign()
    page = open_page(f"/diagnostic/{found.pk}/", role="membre", javascript=javascript)
    page.get_by_label("Combien de feuilles").fill("16")
    page.get_by_role("button", name="Imprimer").click()
    assert page.locator(".sheet").count() == 16
    page.get_by_role("link", name="Saisir la pile").click()
    inputs = page.locator('input[name="ligne"]')
    if javascript:
        inputs.first.focus()
        for number in range(16):  # by keyboard alone
            page.keyboard.type(LINES[number % 5])
            page.keyboard.press("Enter")
    else:
        for number in range(16):
            inputs.nth(number).fill(LINES[number % 5])
        page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("16 feuilles sont enregistrées").wait_for()
    page.get_by_role("button", name=re.compile("Compter 15 des 16")).click()
    page.get_by_role("heading", name="Ce qui est possible avec vos 15 personnes").wait_for()
    page.get_by_role("link", name="Chercher parmi les fiches faisables").click()
    assert "manque=" in page.url
    page.locator(".hit h3 a").first.click()
    page.get_by_role("link", name="J’ai essayé").click()
    page.get_by_label("Réussi", exact=True).check()
    before = Experience.objects.count()
    page.get_by_role("button", name="Envoyer mon retour").click()
    page.get_by_text("Merci ! Votre retour aide").wait_for()
    assert Experience.objects.count() == before + 1


def test_interviews_without_network_are_sent_later_and_once(open_page, campaign):
    found = campaign()
    page = open_page(f"/diagnostic/{found.pk}/entretien/", role="membre")
    page.context.set_offline(True)
    answer_everything(page)
    page.get_by_text("1 réponse gardée sur cet appareil").wait_for()
    page.get_by_role("link", name="Personne suivante").click()
    answer_everything(page, choice=0)
    page.get_by_text("2 réponses gardées sur cet appareil").wait_for()
    assert found.answers.count() == 0
    page.context.set_offline(False)
    page.locator("[data-queue]").wait_for(state="hidden")
    assert found.answers.count() == 2
    page.reload()
    page.get_by_text("Question 1 sur 14").wait_for()
    assert found.answers.count() == 2
    assert page.evaluate("JSON.parse(localStorage.getItem(`diagnostic:${location.pathname}`)).length") == 0


def test_someone_answers_alone_with_a_code(open_page, campaign):
    found = campaign(self_service=True)
    page = open_page("/diagnostic/")
    page.get_by_label("Votre code").fill(own_code(found).lower())
    page.get_by_role("button", name="Répondre aux questions").click()
    with page.expect_response(lambda response: response.request.method == "POST"):
        answer_everything(page)
    page.get_by_role("heading", name="Merci").wait_for()
    page.wait_for_function("document.querySelector('[data-queue]').hidden")
    assert found.answers.count() == 1
    assert page.context.cookies() == []


def test_the_questions_can_be_read_aloud_only_where_the_device_has_a_voice(open_page, campaign):
    found = campaign(self_service=True)
    address = f"/diagnostic/repondre/{own_code(found)}/"
    page = open_page(address)
    assert page.get_by_role("button", name="Écouter").count() == 1
    assert open_page(address, javascript=False).get_by_role("button", name="Écouter").count() == 0


def test_someone_answers_without_script_and_goes_back(open_page, campaign):
    found = campaign(self_service=True)
    page = open_page(f"/diagnostic/repondre/{own_code(found)}/", javascript=False)
    page.get_by_label("Oui, un smartphone").check()
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Retour").click()
    assert page.get_by_label("Oui, un smartphone").is_checked()
    answer_everything(page)
    page.get_by_role("heading", name="Merci").wait_for()
    assert found.answers.count() == 1


def test_the_ticks_of_my_public_stay_on_the_device(open_page):
    page = open_page("/diagnostic/mon-public/")
    page.get_by_label("Un smartphone").check()
    page.get_by_role("button", name="Voir les fiches faisables").click()
    assert page.url.endswith("/pratiques/?manque=smartphone")
    page.goto("/diagnostic/mon-public/")
    assert page.get_by_label("Un smartphone").is_checked()


def _sample():
    return DiagnosticCampaign.objects.filter(structure__name="Les Jardins du Canal").latest("pk").pk


ADDRESSES = {
    "home": ("/diagnostic/", None),
    "home, wrong code": ("/diagnostic/?code=faux", None),
    "rules": ("/diagnostic/regles/", None),
    "lift": ("/diagnostic/conditions/smartphone/", None),
    "my public": ("/diagnostic/mon-public/", "membre"),
    "campaign": (lambda: f"/diagnostic/{_sample()}/", "membre"),
    "result": (lambda: f"/diagnostic/{_sample()}/resultat/", "membre"),
    "team": (lambda: f"/diagnostic/{_sample()}/equipe/", "membre"),
    "question": (lambda: f"/diagnostic/repondre/{_open_code()}/", None),
    "compare": ("/outils/comparer/?outil=zoom&outil=signal", None),
    "compare, wrong": ("/outils/comparer/?mo=0", None),
    "compare, nothing": ("/outils/comparer/?gratuit=on&ue=on&telephone=on&chiffre=on&mo=1", None),
    "plot": ("/outils/confidentialite/", None),
    "calculate": ("/outils/calculer/", None),
    "calculate, wrong": ("/outils/calculer/?personnes=0", None),
    "observatory": ("/besoins/", "coordination"),
    "report": ("/besoins/rapport/", "coordination"),
}


def _open_code():
    return own_code(DiagnosticCampaign.objects.open().get(self_service=True))


@pytest.mark.usefixtures("site")
def test_axe_finds_nothing_on_pages_that_stay_small(wrong_on_pages):
    def is_small(page):
        assert page.evaluate("document.querySelectorAll('body *, body').length") <= 250, page.url

    pages = [(role, address() if callable(address) else address) for address, role in ADDRESSES.values()]
    assert wrong_on_pages(pages, before=is_small) == []


def test_axe_finds_nothing_where_things_are_told_and_entered(open_page, axe_at_both_widths, campaign):
    from practices.models import PracticePage

    found = campaign()
    services.print_sheets(campaign=found, number=3)
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi").pk
    page = open_page(f"/diagnostic/{found.pk}/saisie/", role="membre")
    page.locator('input[name="ligne"]').first.fill("123")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Il faut 14 chiffres").wait_for()
    assert axe_at_both_widths(page) == []
    for address in (
        f"/diagnostic/{_sample()}/resultat/{card}/",
        f"/experiences/fiche/{card}/",
        f"/diagnostic/{found.pk}/papier/?feuilles=2",
        f"/diagnostic/{found.pk}/resultat/",
    ):
        page.goto(address)
        assert axe_at_both_widths(page) == []
    page.goto(f"/experiences/fiche/{card}/raconter/")
    page.get_by_label("Réussi", exact=True).check()
    page.get_by_label("Ce qui a coincé").fill("Mme Durand au 06 12 34 56 78")
    page.get_by_role("button", name="Envoyer mon retour").click()
    page.get_by_text("J’ai relu").wait_for()
    assert axe_at_both_widths(page) == []


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_the_title_of_the_shares_of_a_plan_stands_on_one_line(open_page, phone):
    caption = open_page("/outils/calculer/", phone=phone).locator("caption")
    assert caption.bounding_box()["height"] < 60
