"""Closed lists of the practice knowledge (codes are stored, labels are shown)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb_site.search_documents import YES, Facet


class Kind(models.TextChoices):
    LIEN_COLLECTIF = "lien_collectif", _("Garder le lien en groupe")
    SUIVI_INDIVIDUEL = "suivi_individuel", _("Suivi individuel")
    FORMATION_DISTANCE = "formation_distance", _("Formation à distance")
    ATELIER_NUMERIQUE = "atelier_numerique", _("Atelier numérique")
    DEMARCHE = "demarche", _("Démarche administrative")
    ORGANISATION = "organisation", _("Organisation de l’équipe")
    ORIENTATION = "orientation", _("Choisir et orienter")


KIND_OF_PRACTICE = Facet("nature", _("Nature"), Kind)


class Challenge(models.TextChoices):
    ISOLEMENT = "isolement", _("Isolement")
    RUPTURE_SUIVI = "rupture_suivi", _("Rupture du suivi")
    NON_EQUIPEMENT = "non_equipement", _("Pas d’équipement")
    CONNEXION_INSUFFISANTE = "connexion_insuffisante", _("Connexion insuffisante")
    ILLECTRONISME = "illectronisme", _("Illectronisme")
    ILLETTRISME = "illettrisme", _("Illettrisme")
    BARRIERE_LANGUE = "barriere_langue", _("Barrière de la langue")
    CONFIDENTIALITE = "confidentialite", _("Confidentialité")
    DOSSIER_ADMINISTRATIF = "dossier_administratif", _("Dossier administratif")
    FORMATION_INTERROMPUE = "formation_interrompue", _("Formation interrompue")
    AUTONOMIE = "autonomie", _("Autonomie")
    CHARGE_EQUIPE = "charge_equipe", _("Charge de l’équipe")
    RECHERCHE_EMPLOI = "recherche_emploi", _("Recherche d’emploi")


CHALLENGE = Facet("probleme", _("Problème"), Challenge)


class Function(models.TextChoices):
    ACCUEIL_INTEGRATION = "accueil_integration", _("Accueil et intégration")
    ACCOMPAGNEMENT_SOCIAL = "accompagnement_social", _("Accompagnement social")
    ACCOMPAGNEMENT_PROFESSIONNEL = "accompagnement_professionnel", _("Accompagnement professionnel")
    FORMATION = "formation", _("Formation")
    ENCADREMENT_PRODUCTION = "encadrement_production", _("Encadrement de la production")
    ORGANISATION_INTERNE = "organisation_interne", _("Organisation interne")


FUNCTION = Facet("fonction", _("Fonction"), Function)


class Audience(models.TextChoices):
    TOUS = "tous", _("Tous les publics")
    ALLOPHONES = "allophones", _("Personnes allophones")
    PETITS_LECTEURS = "petits_lecteurs", _("Petits lecteurs")
    SANS_SMARTPHONE = "sans_smartphone", _("Sans smartphone")
    SANS_ORDINATEUR = "sans_ordinateur", _("Sans ordinateur")
    SANS_FORFAIT = "sans_forfait", _("Sans forfait data")
    JEUNES = "jeunes", _("Jeunes")
    SENIORS = "seniors", _("Seniors")
    PARENTS_ISOLES = "parents_isoles", _("Parents isolés")
    HANDICAP = "handicap", _("Personnes en situation de handicap")
    HEBERGEMENT_PRECAIRE = "hebergement_precaire", _("Hébergement précaire")
    RURAL = "rural", _("Territoire rural")
    QPV = "qpv", _("Quartier prioritaire (QPV)")


AUDIENCE = Facet("public", _("Public"), Audience)


class Modality(models.TextChoices):
    DISTANCE_DIRECT = "distance_direct", _("À distance, en direct")
    DISTANCE_DIFFERE = "distance_differe", _("À distance, en différé")
    HYBRIDE = "hybride", _("Hybride")
    PRESENTIEL = "presentiel", _("En présence")


MODALITY = Facet("modalite", _("Modalité"), Modality)


class Channel(models.TextChoices):
    TELEPHONE = "telephone", _("Téléphone")
    SMS = "sms", _("SMS")
    MESSAGERIE = "messagerie", _("Messagerie")
    VISIO = "visio", _("Visio")
    AUDIOCONFERENCE = "audioconference", _("Audioconférence")
    COURRIEL = "courriel", _("Courriel")
    COURRIER = "courrier", _("Courrier postal")
    PLATEFORME_FORMATION = "plateforme_formation", _("Plateforme de formation")
    PRESENTIEL = "presentiel", _("En présence")


CHANNEL = Facet("canal", _("Canal"), Channel)


# Channels that need a connection: a card that uses one must say what to do without (content model, « fallback »).
CHANNELS_NEEDING_DATA = frozenset({Channel.VISIO, Channel.MESSAGERIE, Channel.PLATEFORME_FORMATION})


class SkillLevel(models.IntegerChoices):
    AUCUN = 0, _("aucun")
    AIDE = 1, _("avec de l’aide")
    DEBUTANT = 2, _("débutant")
    INTERMEDIAIRE = 3, _("intermédiaire")
    AUTONOME = 4, _("autonome")


class Frequency(models.TextChoices):
    PONCTUELLE = "ponctuelle", _("une fois")
    QUOTIDIENNE = "quotidienne", _("chaque jour")
    HEBDO = "hebdo", _("chaque semaine")
    QUINZAINE = "quinzaine", _("tous les quinze jours")
    MENSUELLE = "mensuelle", _("chaque mois")
    A_LA_DEMANDE = "a_la_demande", _("à la demande")


class SetupTime(models.TextChoices):
    MOINS_1H = "moins_1h", _("moins d’une heure")
    DEMI_JOURNEE = "demi_journee", _("une demi-journée")
    UN_A_TROIS_JOURS = "1_3_jours", _("1 à 3 jours")
    PLUS_1_SEMAINE = "plus_1_semaine", _("plus d’une semaine")


class Cost(models.TextChoices):
    GRATUIT = "gratuit", _("gratuit")
    MOINS_50_MOIS = "moins_50_mois", _("moins de 50 € par mois")
    DE_50_A_500 = "50_500", _("50 à 500 €")
    PLUS_500 = "plus_500", _("plus de 500 €")


class DataProcessed(models.TextChoices):
    AUCUNE = "aucune", _("aucune donnée")
    CONTACT = "contact", _("coordonnées")
    SUIVI = "suivi", _("données de suivi")
    SENSIBLES = "sensibles", _("données sensibles")


class Evidence(models.TextChoices):
    A_EPROUVER = "a_eprouver", _("À éprouver")
    TEMOIGNAGE = "temoignage", _("Témoignage")
    UNE_STRUCTURE = "une_structure", _("Éprouvée dans une structure")
    PLUSIEURS_STRUCTURES = "plusieurs_structures", _("Éprouvée dans plusieurs structures")
    EVALUE = "evalue", _("Évaluée")
    RECOMMANDE_RESEAU = "recommande_reseau", _("Recommandée par le réseau")


EVIDENCE = Facet("preuve", _("Niveau de preuve"), Evidence)


class Provenance(models.TextChoices):
    """Where what a card says was learnt: readers are told of it first."""

    TERRAIN = "terrain", _("vécue dans une structure")
    SOURCES = "sources", _("écrite d’après des sources publiques, pas encore essayée")
    DEMONSTRATION = "demonstration", _("exemple fictif")


class Maturity(models.TextChoices):
    IDEE = "idee", _("idée")
    EXPERIMENTATION = "experimentation", _("en expérimentation")
    EPROUVEE = "eprouvee", _("éprouvée")
    ABANDONNEE = "abandonnee", _("abandonnée")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Tout le monde")
    MEMBRES = "membres", _("Membres seulement")


class ReuseLicence(models.TextChoices):
    """Under which licence others may reuse the text of a card; empty: they must ask."""

    LICENCE_OUVERTE = "lov2", _("Licence Ouverte 2.0 (Etalab)")
    CC_BY_SA = "cc-by-sa-4.0", _("CC BY-SA 4.0")


LICENCE_ADDRESSES: dict[str, str] = {
    ReuseLicence.LICENCE_OUVERTE: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ReuseLicence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
}


class Strength(models.TextChoices):
    INDISPENSABLE = "indispensable", _("indispensable")
    RECOMMANDEE = "recommandee", _("recommandée")


class Usage(models.TextChoices):
    PRINCIPAL = "principal", _("outil principal")
    ALTERNATIVE = "alternative", _("autre choix")
    REPLI = "repli", _("repli")


class Dimension(models.TextChoices):
    EQUIPEMENT = "equipement", _("Équipement")
    CONNEXION = "connexion", _("Connexion")
    COMPETENCE_SALARIE = "competence_salarie", _("Compétence de la personne")
    COMPETENCE_PERMANENT = "competence_permanent", _("Compétence du permanent")
    ESPACE_TRAVAIL = "espace_travail", _("Espace de travail")
    TEMPS = "temps", _("Temps")
    LANGUE = "langue", _("Langue")
    CADRE_JURIDIQUE = "cadre_juridique", _("Cadre juridique")
    ORGANISATION = "organisation", _("Organisation")
    ANIMATION = "animation", _("Animation")


class DiagnosticQuestion(models.TextChoices):
    """Questions of the digital diagnostic that a condition's rule may read."""

    PHONE = "phone", _("Personne : téléphone (0 aucun, 1 simple, 2 smartphone)")
    COMPUTER = "computer", _("Personne : ordinateur ou tablette (0 non, 1 partagé, 2 oui)")
    CONNECTION = "connection", _("Personne : connexion (0 aucune, 1 mobile seule, 2 Wi-Fi)")
    MOBILE_DATA = "mobile_data", _("Personne : data par mois (0 rien, 1 moins de 5 Go, 2 de 5 à 20, 3 plus de 20)")
    SHARED_DEVICE = "shared_device", _("Personne : appareil partagé (0 non, 1 oui)")
    QUIET_PLACE = "quiet_place", _("Personne : endroit calme (0 non, 1 oui)")
    CALLS_TEXTS = "calls_texts", _("Personne : appelle et envoie des SMS (0 à 2)")
    PHOTO_VOICE = "photo_voice", _("Personne : envoie une photo ou un message vocal (0 à 2)")
    VIDEO_CALL = "video_call", _("Personne : rejoint une visio (0 à 2)")
    EMAIL = "email", _("Personne : lit et envoie un courriel (0 à 2)")
    ONLINE_PROCEDURE = "online_procedure", _("Personne : fait seule une démarche en ligne (0 à 2)")
    FRENCH = "french", _("Personne : lit et écrit le français (0 à 2)")
    PRO_EQUIPMENT = "pro_equipment", _("Équipe : équipement professionnel (0 à 2)")
    PRO_NUMBER = "pro_number", _("Équipe : numéro professionnel (0 à 2)")
    DATA_PLAN = "data_plan", _("Équipe : forfait data (0 à 2)")
    ROOM = "room", _("Équipe : salle (0 à 2)")
    TRAINED = "trained", _("Équipe : formée à transmettre (0 à 2)")
    DIGITAL_REFERENT = "digital_referent", _("Équipe : référent numérique (0 à 2)")
    GDPR_RULES = "gdpr_rules", _("Équipe : règles RGPD (0 à 2)")
    DEDICATED_TIME = "dedicated_time", _("Équipe : temps dédié (0 à 2)")


class RuleOperator(models.TextChoices):
    GTE = "gte", _("au moins")
    LTE = "lte", _("au plus")
    EQ = "eq", _("égal à")


class ToolCategory(models.TextChoices):
    VISIO = "visio", _("Visio")
    AUDIO = "audio", _("Audio")
    MESSAGERIE = "messagerie", _("Messagerie")
    SMS = "sms", _("SMS")
    PAD = "pad", _("Écriture à plusieurs")
    SONDAGE_DATE = "sondage_date", _("Sondage de dates")
    FORMATION = "formation", _("Formation")
    DIAGNOSTIC = "diagnostic", _("Diagnostic")
    COFFRE_FORT = "coffre_fort", _("Coffre-fort numérique")
    PARTAGE_FICHIER = "partage_fichier", _("Partage de fichiers")


# With these one may talk, or be seen: what an hour of it takes is said, even when nobody measured it.
SPEAKING = frozenset({ToolCategory.VISIO, ToolCategory.AUDIO, ToolCategory.MESSAGERIE, ToolCategory.FORMATION})
SEEING = SPEAKING - {ToolCategory.AUDIO}

TOOL_CATEGORY = Facet("categorie", _("Catégorie"), ToolCategory)


class Free(models.TextChoices):
    OUI = "oui", _("gratuit")
    LIMITE = "limite", _("gratuit avec limites")
    NON = "non", _("payant")


FREE = Facet("gratuit", _("Prix"), Free)


class Smartphone(models.TextChoices):
    NAVIGATEUR = "navigateur", _("dans le navigateur")
    APPLICATION = "application", _("avec une application")
    NON = "non", _("non")


class ParticipantAccount(models.TextChoices):
    AUCUN = "aucun", _("aucun compte")
    TELEPHONE = "telephone", _("numéro de téléphone")
    COURRIEL = "courriel", _("adresse e-mail")
    OUI = "oui", _("compte à créer")


ACCOUNT = Facet("compte", _("Compte du participant"), ParticipantAccount)


class NumberShown(models.TextChoices):
    """Whether the other people of a conversation see the number of each."""

    VISIBLE = "visible", _("visible des autres")
    CACHE = "cache", _("caché aux autres")


NUMBER_SHOWN = Facet("numero", _("Numéro de téléphone"), NumberShown)


class Hosting(models.TextChoices):
    FRANCE = "france", _("France")
    UE = "ue", _("Union européenne")
    HORS_UE = "hors_ue", _("hors Union européenne")
    AU_CHOIX = "au_choix", _("au choix de la structure")


class EndToEnd(models.TextChoices):
    OUI = "oui", _("oui")
    OPTION = "option", _("en option")
    NON = "non", _("non")
    INCONNU = "inconnu", _("inconnu")


class Licence(models.TextChoices):
    LIBRE = "libre", _("logiciel libre")
    PROPRIETAIRE = "proprietaire", _("propriétaire")


class GdprAdvice(models.TextChoices):
    RECOMMANDE = "recommande", _("recommandé")
    SOUS_CONDITIONS = "sous_conditions", _("sous conditions")
    DECONSEILLE_SUIVI = "deconseille_suivi", _("déconseillé pour le suivi")
    NON_EVALUE = "non_evalue", _("non évalué")


class Accessibility(models.TextChoices):
    CONFORME_DECLAREE = "conforme_declaree", _("conformité déclarée")
    PARTIELLE = "partielle", _("partielle")
    INCONNUE = "inconnue", _("inconnue")


class ResourceType(models.TextChoices):
    ARTICLE = "article", _("Article")
    GUIDE = "guide", _("Guide")
    VIDEO = "video", _("Vidéo")
    PARTNER = "partner", _("Partenaire")
    MODEL = "modele", _("Modèle à remplir")


RESOURCE_TYPE = Facet("ressource", _("Genre"), ResourceType)


# What a card and a tool have in common, read from several of their answers (search_documents.py).
NO_DATA = Facet("sans-data", _("Sans data"), {YES: _("Sans data")})
SMARTPHONE = Facet("smartphone", _("Smartphone"), {YES: _("Smartphone suffit")})


class Gesture(models.TextChoices):
    """What the drawings of the site show (static/kb_site/drawings.svg), one a gesture."""

    APPELER = "appeler", _("Appeler")
    SMS = "sms", _("Écrire un SMS")
    VOCAL = "vocal", _("Laisser un message vocal")
    CADRER = "cadrer", _("Cadrer un document")
    ENVOYER_PHOTO = "envoyer_photo", _("Envoyer une photo")
    COUPER_MICRO = "couper_micro", _("Couper le micro")
    CAMERA = "camera", _("Allumer la caméra")
    CASQUE = "casque", _("Mettre un casque")
    PARTAGER_ECRAN = "partager_ecran", _("Montrer son écran")
    SCANNER = "scanner", _("Scanner un code")
    RECHARGER = "recharger", _("Recharger le téléphone")
    WIFI = "wifi", _("Se connecter au Wi-Fi")
    HORAIRE = "horaire", _("Choisir un horaire")
    ATTENDRE = "attendre", _("Attendre, laisser du temps")
    SE_REUNIR = "se_reunir", _("Se réunir en cercle")
    ECOUTER = "ecouter", _("Écouter une personne")
    MONTRER = "montrer", _("Montrer du doigt")
    NOTER = "noter", _("Prendre des notes")
    LIRE = "lire", _("Lire ensemble")
    REMETTRE = "remettre", _("Remettre un papier")
    ACCORD = "accord", _("Demander l’accord")
    PROTEGER = "proteger", _("Protéger un mot de passe")
