"""What accompanying people ask most: a practice answers, or an orientation says where to go. And no card is without its sources."""

import re
import tomllib
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

# What is typed → the pages of which one at least is among the first results.
NEEDS = {
    "pass iae": {"pass-iae"},
    "prolonger un pass iae": {"prolonger-un-pass-iae"},
    "pmsmp": {"pmsmp"},
    "titre de séjour qui expire": {"titre-de-sejour"},
    "elle n’a pas où dormir ce soir": {"sans-logement-ce-soir", "numeros-d-urgence"},
    "loyer impayé": {"loyer-impaye-et-fsl"},
    "permis de conduire": {"se-deplacer-et-permis"},
    "il a des dettes": {"dettes-et-surendettement"},
    "garde d’enfant": {"garde-d-enfant"},
    "il boit": {"alcool-drogues"},
    "santé mentale": {"souffrance-psychique"},
    "violences conjugales": {"violences-conjugales", "numeros-d-urgence"},
    "inscription france travail": {"s-inscrire-a-france-travail"},
    "préparer la sortie du parcours": {"preparer-la-sortie-six-mois-avant", "appel-apres-la-sortie"},
    "il ne répond plus": {"echelle-de-relance", "tour-d-appels-premiere-semaine", "absence-le-jour-meme"},
    "il parle mal le français": {"appel-avec-interprete", "message-vocal-traduit", "mots-du-chantier-en-images"},
    "il ne sait pas lire": {"consigne-sans-ecrit", "papier-lu-a-deux", "apprendre-a-lire-et-a-ecrire"},
    "arnaque par sms": {"atelier-faux-sms", "arnaque-et-piratage"},
    "prêter un téléphone": {"preter-un-telephone"},
    "intelligence artificielle": {"ia-sans-donnees-de-personnes"},
}
FIRST = 5


def first_results(words: str) -> list[str]:
    """Return the last part of the address of each of the first results."""
    html = Client().get("/recherche/", {"q": words}).content.decode()
    return [address.strip("/").rpartition("/")[2] for address in re.findall(r'<h3><a href="([^"]+)"', html)][:FIRST]


@pytest.mark.django_db
def test_each_of_the_twenty_needs_is_answered_or_oriented():
    found = {words: first_results(words) for words in NEEDS}
    assert {words: slugs for words, slugs in found.items() if not NEEDS[words] & set(slugs)} == {}


def test_each_sample_card_has_two_exact_sources_or_says_that_it_is_made_up():
    lacking = []
    for path in sorted((settings.BASE_DIR / "fixtures" / "cards").glob("*.toml")):
        card = tomllib.loads(path.read_text("utf-8"))
        exact = [one for one in card.get("sources", []) if urlsplit(one.get("url", "")).path.strip("/")]
        if card.get("provenance") != "demonstration" and len(exact) < 2:  # noqa: PLR2004
            lacking.append(path.stem)
    assert lacking == []
