"""What people of the trade type brings the right page among the first three of the sample site."""

import pytest

from kb_site.accounts.principals import principals_of
from search.queries import SearchQuery
from search.services import run_search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("comment garder le lien avec les salariés confinés", "Le café visio du jeudi"),
        ("cafe zoom", "Le café visio du jeudi"),
        ("aide démarche administrative en ligne mandat", "Aidants Connect"),
        ("former à distance conditions", "Réunir les conditions d’une formation en ligne"),
        ("CIP réunion entre collègues", "Lean coffee de CIP en 60 minutes"),
        ("codev", "Codéveloppement entre encadrants techniques"),
        ("envoyer photo document", "Photo d’un document : envoyer sans exposer"),
        ("whatsapp RGPD", "WhatsApp"),
        ("groupe watsap règles", "Groupe de messagerie du chantier : règles du jeu"),
        ("appel telephonique regulier", "Téléphone (appel simple)"),
        ("outil libre sans compte", "Jitsi Meet"),
        ("quel outil visio consomme le moins de data", "Choisir entre audio, messagerie et visio"),
        ("diag numérique", "ABC Diag"),
        ("référent numerique", "Référent numérique d’équipe : mission et limites"),
        ("visioconférance gratuite", "Zoom"),
        ("coffre fort papiers", "Coffre-fort numérique"),
        ("sms de rappel", "SMS"),
        ("chantier d'insertion numérique production", "Le temps numérique dans la semaine de production"),
        ("audioconférence sans data", "Téléphone (appel simple)"),
        ("tour d'appels première semaine", "Tour d’appels de la première semaine"),
        ("quand la distance ne suffit pas", "Quand le distanciel ne suffit pas"),
        ("repeter visio avant", "Répéter la visio avant la visio"),
        ("salle relai", "Salle relais dans la structure"),
        ("sondage date", "Sondage de dates (Framadate)"),
    ],
)
def test_the_wanted_page_is_among_the_first_three(typed, wanted, account):
    member = account("membre")
    hits = run_search(SearchQuery(text=typed, principals=principals_of(member)), user=member).hits
    assert wanted in [hit.entry.title.replace("\xa0", " ") for hit in hits[:3]]


@pytest.mark.parametrize(
    "typed", ["comment faire ?", "pas d’internet à la maison", "salarié qui ne répond plus", "FLE"]
)
def test_common_needs_never_end_empty(typed, account):
    member = account("membre")
    assert run_search(SearchQuery(text=typed, principals=principals_of(member)), user=member).hits
