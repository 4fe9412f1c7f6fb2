"""A card told to the employee in very plain words: one short sentence for each answer of a closed list.

Nobody has to write them card by card: no card is without them, and a sentence that is not plain enough is mended once. Words
that editors write for one card (PracticePage.words_for_the_person) take their place on its sheet.
"""

from django.utils.translation import gettext_lazy as _

from .choices import Channel, DataProcessed, Dimension, Kind

WHAT_IT_IS = {
    Kind.LIEN_COLLECTIF: _("On se retrouve à plusieurs, pour garder le contact."),
    Kind.SUIVI_INDIVIDUEL: _("On fait le point à deux : vous et la personne qui vous accompagne."),
    Kind.FORMATION_DISTANCE: _("Vous apprenez quelque chose, à distance."),
    Kind.ATELIER_NUMERIQUE: _("Vous apprenez à vous servir d’un téléphone, d’un ordinateur ou d’internet."),
    Kind.DEMARCHE: _("On vous aide pour un papier ou une demande."),
    Kind.ORGANISATION: _("C’est l’équipe qui s’organise. Vous n’avez rien à préparer."),
    Kind.ORIENTATION: _("On choisit avec vous ce qui vous convient."),
}
HOW = {
    Channel.TELEPHONE: _("Vous parlez au téléphone."),
    Channel.SMS: _("Vous recevez et vous envoyez des SMS."),
    Channel.MESSAGERIE: _("Vous écrivez dans une application de messages."),
    Channel.VISIO: _("Vous parlez avec l’image, sur un téléphone ou un ordinateur."),
    Channel.AUDIOCONFERENCE: _("Vous appelez un numéro. Plusieurs personnes parlent ensemble."),
    Channel.COURRIEL: _("Vous recevez des mails."),
    Channel.COURRIER: _("Vous recevez une lettre."),
    Channel.PLATEFORME_FORMATION: _("Vous allez sur un site internet pour apprendre."),
    Channel.PRESENTIEL: _("Vous venez sur place."),
}
# By how much data an hour takes (templatetags/practices.py, data_level).
DATA = {
    "none": _("Cela n’utilise pas internet. Votre forfait internet ne bouge pas."),
    "light": _("Cela prend un peu de votre forfait internet."),
    "medium": _("Cela prend une bonne part de votre forfait internet. Le Wi-Fi, c’est mieux."),
    "heavy": _("Cela vide vite votre forfait internet. Prenez le Wi-Fi."),
    "unknown": _("On ne sait pas ce que cela prend sur votre forfait internet. Demandez avant."),
}
KEPT = {
    DataProcessed.AUCUNE: _("On n’écrit rien sur vous."),
    DataProcessed.CONTACT: _("On garde votre nom et votre numéro, pour vous joindre."),
    DataProcessed.SUIVI: _("On note où vous en êtes. Vous pouvez demander à le lire."),
    DataProcessed.SENSIBLES: _("On peut parler de choses privées. On vous demande votre accord avant d’écrire."),
    "": _("Demandez ce qu’on écrit sur vous."),
}
# What of the conditions is the person's own, and not the team's to bring.
OF_THE_PERSON = frozenset(
    {
        Dimension.EQUIPEMENT,
        Dimension.CONNEXION,
        Dimension.COMPETENCE_SALARIE,
        Dimension.ESPACE_TRAVAIL,
        Dimension.LANGUE,
    }
)
