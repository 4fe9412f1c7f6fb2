"""axe finds nothing on any kind of page, at phone and desktop width."""

import pytest

CARD = "/pratiques/chantiers-idf/cafe-visio-du-jeudi/"
PAGES = [
    (None, "/"),
    (None, "/pratiques/"),
    (None, "/outils/"),
    (None, "/ressources/"),
    (None, "/recherche/"),
    (None, "/recherche/?q=que+faire+sans+wifi"),
    (None, "/recherche/?q=xyzxyz"),
    (None, CARD),
    ("membre", CARD),
    (None, CARD + "pas-a-pas/"),
    (None, CARD + "conditions/"),
    (None, CARD + "pour-la-personne/"),
    (None, "/outils/zoom/"),
    (None, "/ressources/annoncer-la-data/"),
    (None, "/ressources/sans-wifi-sans-forfait/"),
    (None, "/charte/"),
    (None, "/accessibilite/"),
    (None, "/accessibilite/criteres/11/"),
    (None, "/donnees-personnelles/"),
    (None, "/aide/"),
    (None, "/ressources/copies-et-durees/"),
    (None, "/rien/du/tout/"),
    (None, "/compte/connexion/"),
    (None, "/compte/inscription/"),
    ("membre", "/compte/"),
    ("membre", "/compte/notifications/"),
    ("membre", "/compte/courriels/"),
    (None, "/compte/courriels/arreter/inconnu/"),
    ("coordination", "/compte/demandes/"),
    ("edition", "/commentaires/moderation/"),
    (None, "/composants/"),
    (None, "/recherche/?q=pmsmp"),
    (None, "/recherche/?q=il+parle+de+suicide"),
    (None, "/recherche/?q=suivi+sans+smartphone"),
    (None, "/ce-que-nous-gardons/"),
    ("animation", "/groupes/paroles-de-permanents/decisions/"),
    ("animation", "/groupes/paroles-de-permanents/decisions/confidentialite/"),
    ("coordination", "/compte/journal/"),
    ("coordination", "/besoins/"),
]


@pytest.mark.parametrize("role", sorted({role for role, _address in PAGES}, key=str))
def test_axe_finds_nothing(wrong_on_pages, role):
    assert wrong_on_pages((of, address) for of, address in PAGES if of == role) == []


def test_nothing_is_wider_than_a_small_phone(open_page):
    wider = []
    for role in {role for role, _address in PAGES}:
        page = open_page("/healthz", role=role)
        page.set_viewport_size({"width": 320, "height": 640})
        for address in (address for of, address in PAGES if of == role):
            page.goto(address)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wider.append(address)
    assert wider == []
