"""Two spellings of one thing find the same entries in the same order, on every engine."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .small_site import SmallSite
from .test_engine_contract import engine, site  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

SAME = [
    ("C.I.P", "CIP", "cip", "C.I.P.", "C I P"),
    ("A.C.I", "ACI", "aci", "A. C. I."),
    ("S.I.A.E", "SIAE", "siae"),
    ("téléphone", "te\u0301le\u0301phone", "telephone", "TÉLÉPHONE"),
    ("référent numérique", "re\u0301fe\u0301rent nume\u0301rique", "referent numerique"),
    ("what's app", "what’s app", "whatsapp", "whats app", "WhatsApp"),
    ("Wi-Fi", "wifi", "wi fi", "WI‑FI"),
    ("formatrice", "formateur", "formatrices", "formateur·rice", "formateur/trice", "formateur·rices"),
    ("conseillère", "conseiller", "conseiller·ère", "conseiller/ère", "conseillere"),
    ("salarié", "salariés", "salariée", "salarié(e)s", "salarié·e·s", "salarié.e", "salarié-e-s"),
    ("rendez-vous", "rendez vous", "rendezvous", "Rendez‑vous"),
    ("co-développement", "codéveloppement", "co développement", "codeveloppement"),
    ("socio-professionnel", "socioprofessionnel", "socio professionnel"),
    ("compte-rendu", "compte rendu", "comptes rendus"),
    ("coffre-fort", "coffre fort"),
    ("e-mail", "email", "e mail"),
    ("coeur", "cœur", "CŒUR"),
    ("ﬁn de mois", "fin de mois"),
    ("demi-journée", "demi journée"),
    ("coiffeuse", "coiffeur"),
    ("animatrice de groupe", "animateur de groupe"),
]
ORDINARY = "Chacun raconte sa semaine, puis le groupe cherche comment avancer."


def fill(of: SmallSite) -> None:
    """Write of each thing in several spellings, in titles and in texts of several lengths."""
    entries = {}
    for number, spellings in enumerate(SAME):
        for place, spelling in enumerate(spellings):
            title, text = f"{spelling} au chantier", f"On y parle de {spelling} chaque mois. {ORDINARY}"
            entries[f"title-{number}-{place}"] = {"title": title, "body": ORDINARY * (place + 1)}
            entries[f"text-{number}-{place}"] = {"title": f"Fiche {place}", "body": f"{ORDINARY * place} {text}"}
    of.add_all(entries)


def test_two_spellings_give_the_same_first_five(site):  # noqa: F811
    fill(site)
    different = {}
    for spellings in SAME:
        answers = {spelling: site.keys(spelling)[:5] for spelling in spellings}
        if len({tuple(keys) for keys in answers.values()}) > 1 or len(answers[spellings[0]]) < 4:
            different[spellings[0]] = answers
    assert different == {}


def written(text: str, how: list[str]) -> str:
    """Return a text in another spelling."""
    for change in how:
        text = {
            "capitals": text.upper,
            "decomposed": lambda text=text: unicodedata.normalize("NFD", text),
            "no break": lambda text=text: text.replace("-", "‑"),
            "curly": lambda text=text: text.replace("'", "’"),
            "spaces": lambda text=text: f"  {text}  ",
        }[change]()
    return text


HOW = st.lists(st.sampled_from(["capitals", "decomposed", "no break", "curly", "spaces"]), max_size=3, unique=True)


def test_capitals_decomposed_letters_and_signs_of_typesetting_change_nothing(site):  # noqa: F811
    fill(site)

    @settings(max_examples=40)
    @given(thing=st.sampled_from([one for one in SAME if "formateur" not in one]), how=HOW, data=st.data())
    def same(thing, how, data):
        spelling = data.draw(st.sampled_from(thing))
        assert site.keys(written(spelling, how))[:5] == site.keys(thing[0])[:5]

    same()
