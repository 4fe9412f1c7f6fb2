"""Numbers that reach or name one person: telephones, NIR, IBAN, birth dates, files, plates. Each yields passages to point at.

A number alone says little: checksums and numbering plans decide where there are some, labels where there are none.
"""

import re
from collections.abc import Iterator

import phonenumbers
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as stdnum_nir

from .normalised import Normalised

Passage = tuple[str, int, int]
MAX_MATCHES = 50  # of one pattern: a hostile text must not cost more than a long one

# Telephones: the numbering plan of France and of its overseas departments, or a country's own after « + » or « 00 ».
REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "NC", "PF")
_S = r"[ .\-/\n]{0,3}"
_FRENCH = re.compile(rf"(?<![\w+])[0oO]{_S}[1-9](?:{_S}[\doO]){{8}}(?![\w*])")
_ABROAD = re.compile(rf"(?<![\w+])(?:\+ ?|00)[1-9]\d{{0,2}}(?:{_S}\(0\))?(?:{_S}\d){{6,12}}(?![\d*])")
_SPELT = re.compile(rf"\bz[eé]ro[ -](?:un|deux|trois|quatre|cinq|six|sept|neuf)(?:{_S}\d\d){{4}}(?!\d)", re.IGNORECASE)
_NO_ZERO = re.compile(rf"(?:tel|telephone|portable|numero|num|port|mobile)[ .:]{{1,4}}([67](?:{_S}\d\d){{4}})(?!\d)")
_OPEN_TO_ALL = {
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.UAN,
}
_SERVICE = re.compile(
    r"\b(?:standard|accueil|secretariat|permanence|plateforme|hotline|service|agence|mairie|prefecture|mission locale"
    r"|caf|cpam|pole emploi|france travail|siao|ccas|association|hopital|urgences?|ecoute|numero vert|centre)\b"
)
_REFERENCE_BEFORE = re.compile(
    r"\b(?:conventions?|marches?|factures?|devis|contrat|commande|bordereau|siret|siren|code|ref|reference|article|lot|ean"
    r"|agrement|cerfa)\b[^\n.;]{0,15}$"
)
_REFERENCE_AFTER = re.compile(r" ?(?:de|du) (?:convention|marche|facture|devis|commande|contrat|subvention)")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_DATE = re.compile(r"(?<![\d/.\-])\d{1,2}([/.\-])\d{1,2}\1(?:19|20)\d\d(?![/.\-]?\d)")


def _inside(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


def _touches(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < last and end > first for first, last in spans)


def _is_reference(read: Normalised, start: int, end: int) -> bool:
    before = read.bare[max(0, start - 40) : start]
    return bool(_REFERENCE_BEFORE.search(before) or _REFERENCE_AFTER.match(read.bare, end))


def _phone(written: str) -> phonenumbers.PhoneNumber | None:
    digits = re.sub(r"[ .\-/\n]", "", written.replace("(0)", "")).replace("O", "0").replace("o", "0")
    for region in REGIONS:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            return None
        if phonenumbers.is_valid_number(number) or (digits.startswith("+") and phonenumbers.is_possible_number(number)):
            return number
    return None


def telephones(read: Normalised) -> Iterator[Passage]:
    elsewhere = _inside(_LINK, read.text) + _inside(_DATE, read.text)
    for pattern in (_ABROAD, _FRENCH):
        for count, match in enumerate(pattern.finditer(read.text)):
            if count >= MAX_MATCHES:
                break
            start, end = match.span()
            if _touches(start, end, elsewhere):
                continue
            number = _phone(match[0])
            # A plan of numbers knows those in use; one that looks like a mobile is pointed at all the same.
            if number is None and not re.match(r"[0oO][ .\-/]?[67]", match[0]):
                continue
            kind = phonenumbers.number_type(number) if number else phonenumbers.PhoneNumberType.MOBILE
            mobile = kind == phonenumbers.PhoneNumberType.MOBILE
            if kind in _OPEN_TO_ALL or (not mobile and _SERVICE.search(read.around(start, end))):
                continue
            if _is_reference(read, start, end):
                continue
            yield "telephone", start, end
    for match in _SPELT.finditer(read.text):
        yield "telephone", match.start(), match.end()
    for match in _NO_ZERO.finditer(read.bare):
        yield "telephone", match.start(1), match.end(1)


_N = r"[ .\-\n]?"
_NIR = re.compile(
    rf"(?<![\w])[1-478]{_N}\d{_N}\d{_N}\d{_N}\d{_N}(?:\d{_N}\d|2{_N}[abAB])(?:{_N}\d){{6}}(?:{_N}\d{_N}\d)?(?![\d\w])"
)
_NIR_GROUPS = re.compile(
    r"[1-478][ .\-]\d\d[ .\-]\d\d[ .\-](?:\d\d|2[abAB]|\d{3})[ .\-]?\d{2,3}[ .\-]?\d{3}([ .\-]?\d\d)?$"
)
_NIR_LABEL = re.compile(r"\b(?:nir|secu\w*|sec soc|n ?° ?ss|ss|vitale|assure\w*|immatricul\w*|ameli)\b")


def social_security(read: Normalised) -> Iterator[Passage]:
    for match in _NIR.finditer(read.text):
        start, end = match.span()
        labelled = _NIR_LABEL.search(read.bare, max(0, start - 40), start)
        if labelled or _NIR_GROUPS.match(match[0]) or stdnum_nir.is_valid(re.sub(r"[ .\-\n]", "", match[0]).upper()):
            yield "nir", start, end


_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ .\-\n]?[a-z0-9]){11,30}")
_IBAN_FRENCH = re.compile(r"fr\d{2}(?:[ .\-\n]?[a-z0-9]){23}(?![a-z0-9])")


def bank_accounts(read: Normalised) -> Iterator[Passage]:
    for match in _IBAN.finditer(read.bare):
        places = [place for place in range(*match.span()) if read.bare[place].isalnum()]
        compact = "".join(read.bare[place] for place in places).upper()
        for length in range(len(compact), 14, -1):
            try:
                stdnum_iban.validate(compact[:length])
            except ValidationError:
                continue
            yield "iban", match.start(), places[length - 1] + 1
            break
        else:
            if french := _IBAN_FRENCH.match(read.bare, match.start()):  # a slip in it: still the account of somebody
                yield "iban", french.start(), french.end()


_MONTH = (
    r"(?:janvier|janv?|fevrier|fevr?|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|sept?|octobre|oct|novembre|nov"
    r"|decembre|dec)\b\.?"
)
_DAY = (
    r"(?:\d{1,2}(?:er)?|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:[ -](?:sept|huit|neuf))?|onze|douze|treize|quatorze"
    r"|quinze|seize|vingt(?:[ -](?:et[ -]un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?:[ -]et[ -]un)?)"
)
_D = r"[ /.\-]{1,3}"
_ANY_DATE = (
    rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|{_DAY}(?:{_D}et{_D}{_DAY})?{_D}(?:\d{{1,2}}|{_MONTH}){_D}(?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|{_MONTH} \d{{4}})"
)
_BORN = re.compile(
    rf"(?:\bne(?:\(?e\)?|\.e|e)?s?\b|\bnee?\(e\)|\bddn\b|\bd\.d\.n\.?|\b(?:d\.?|date)? ?(?:de )?(?:naissance|naiss?)\b\.?)"
    rf"[ :=(]{{0,4}}(?:les? |l'|un |en |la |du )?(?P<date>{_ANY_DATE})"
)
_BORN_SOMEWHERE = re.compile(r"\bnee?s? en (?P<date>(?:19|20)\d\d (?:a|au|en|aux) [\w\-]{3,})")
_AGE = re.compile(
    rf"(?:\b\d\d ans|\banniversaire)\b[^\n.;]{{0,20}}?\b(?:le|:) ?(?P<date>{_DAY}{_D}(?:\d{{1,2}}|{_MONTH})(?:{_D}\d{{2,4}})?)"
)
_HAS_AGE = re.compile(r"\b(?:fete|aura|a eu|ses|son|sa)\b")
_IN_BRACKETS = re.compile(r"\((?P<date>\d{1,2}[/.\-]\d{1,2}[/.\-](?:19[3-9]\d|200\d))\)")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Ý][\w'\-.]*,? ?$")
_THING_BORN = re.compile(
    r"\b(?:association|asso|structure|projet|idee|groupe|reseau|atelier|entreprise|cooperative|dispositif|chantier|site|loi"
    r"|outil|fiche|initiative|collectif|action|plateforme|revue|demarche|partenariat|methode|formation|programme|epicerie"
    r"|ressourcerie|service|metier|equipe)s?\b[^\n.;,]{0,25}$"
)


def birth_dates(read: Normalised) -> Iterator[Passage]:
    for pattern in (_BORN, _BORN_SOMEWHERE):
        for match in pattern.finditer(read.bare):
            if not _THING_BORN.search(read.bare[max(0, match.start() - 60) : match.start()]):
                yield "naissance", match.start("date"), match.end("date")
    for match in _IN_BRACKETS.finditer(read.text):
        before = max(0, match.start() - 40)
        if _NAME_BEFORE.search(read.text, before, match.start()) and not _BODY_MATTER.search(
            read.bare, before, match.start()
        ):
            yield "naissance", match.start("date"), match.end("date")
    for match in _AGE.finditer(read.bare):
        aged = _HAS_AGE.search(read.bare, max(0, match.start() - 15), match.start()) or "anniversaire" in match[0]
        if aged and not _THING_BORN.search(read.bare[max(0, match.start() - 60) : match.start()]):
            yield "naissance", match.start("date"), match.end("date")


_FILE_LABEL = (
    r"(?:titres? de sejour|cartes? de (?:resident|sejour)|agdref|etranger|recepisse|allocataire|alloc|caf|france travail"
    r"|pole emploi|\bft|identifiant|\bid|mdph|rqth|passeport|carte (?:nationale )?d'identite|cni|permis(?: de conduire)?"
    r"|fiscal|\bspi|ecrou|ofpra|ofii|anef|cnda|ameli|surendettement|banque de france|\bsne|dalo|numero unique|cpam|\bapl"
    r"|\brsa|matricule|\bada|demandeur d'emploi|agefiph|dossier (?:social|medical|aide sociale|ase)|visa|aide sociale)"
)
_FILE = re.compile(
    rf"(?<!\w){_FILE_LABEL}\b(?P<between>[^\n;]{{0,40}}?)(?<![\w./\-])"
    r"(?P<number>[a-z]{0,3}\d[a-z0-9]*(?:[ ./\-]\d[\da-z]*|[ ]?[a-z](?![\w']))*|[a-z]\d[a-z0-9]{5,}|[a-z0-9]{9,12}(?<=\d[a-z0-9]))(?!\w)"
)
LEAST_OF_PAPERS = 9  # letters and digits of the number of an identity card or a passport
_COUNTED = re.compile(r" ?(?:€|euros?|ans?|mois|jours?|semaines?|personnes?|agences?|chiffres?|heures?|h\b|%|salarie)")
_BODY_MATTER = re.compile(r"\b(?:subvention|convention|marche|appel|cerfa|agrement|siret|siren|article|loi|decret)\b")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ /\-](?:19|20)\d\d)?$|\d{1,2}[ /.\-]\d{1,2}[ /.\-](?:19|20)?\d\d$")


def file_numbers(read: Normalised) -> Iterator[Passage]:
    for match in _FILE.finditer(read.bare):
        number = match["number"]
        start, end = match.span("number")
        digits = sum(letter.isdigit() for letter in number)
        least = 4 if "ecrou" in match[0] or any(letter.isalpha() for letter in number) else 5
        if len(number) >= LEAST_OF_PAPERS and number.isalnum():
            least = 2
        if digits < least or _YEARS.match(number) or _COUNTED.match(read.bare, end):
            continue
        if not _BODY_MATTER.search(match["between"]) and not _is_reference(read, match.start(), end):
            yield "dossier", start, end


_L = r"[A-HJ-NP-TV-Z]"
_PLATE = re.compile(rf"(?<![\w\-]){_L}{{2}}(?P<sep>[ \-.]?)\d{{3}}(?P=sep){_L}{{2}}(?![\w\-])", re.IGNORECASE)
_OLD_PLATE = re.compile(r"(?<![\w\-])\d{2,4}[ \-]?[A-Z]{2,3}[ \-]?(?:97\d|2[AB]|\d\d)(?![\w\-])", re.IGNORECASE)
_VEHICLE = re.compile(
    r"\b(?:voitures?|vehicules?|plaques?|im+at\w*|scooter|moto|fourgon\w*|camion\w*|clio|twingo|kangoo|auto|garee?|fourriere"
    r"|utilitaire|berline|caravane|carte grise)\b"
)
_PRODUCT = re.compile(
    r"\b(?:ref|reference|modele|produit|code|module|salle|lot|version|cle|licence)\b[ .:n°]{0,4}(?:\w+ )?$"
)


def plates(read: Normalised) -> Iterator[Passage]:
    for match in _PLATE.finditer(read.text):
        if _PRODUCT.search(read.bare[max(0, match.start() - 25) : match.start()]):
            continue
        sure = match["sep"] == "-" or match[0].isupper()
        if sure or _VEHICLE.search(read.around(*match.span())):
            yield "plaque", match.start(), match.end()
    for match in _OLD_PLATE.finditer(read.text):
        if _VEHICLE.search(read.around(*match.span())):
            yield "plaque", match.start(), match.end()
