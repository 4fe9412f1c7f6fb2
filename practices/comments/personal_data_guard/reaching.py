"""Where one person may be reached: e-mail addresses, profiles of social networks, postal addresses."""

import re
from collections.abc import Iterator

from kb_site.french.lexicon import is_word

from .name_lists import Says, says_of
from .normalised import Normalised
from .numbers import Passage

_AT = r"(?: ?@ ?| ?[(\[{] ?(?:at|arobase|a|@) ?[)\]}] ?| (?:arobase|arobas) )"
_DOT = r"(?:\.| ?[(\[]? ?\b(?:point|dot)\b ?[)\]]? ?)"
_MAIL = re.compile(
    rf"(?<![\w.@/])(?P<who>(?:\w{{1,40}} (?:point|tiret) )?[\w.+\-]{{1,64}}){_AT}(?P<domain>[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{2,63}}){{1,4}})"
)
_MAIL_AT = re.compile(
    r"(?<![\w.@/])(?P<who>[\w.+\-]{2,64}) (?:at|chez) (?P<domain>(?:gmail|outlook|hotmail|yahoo|orange|free|sfr|laposte|live|icloud)"
    r"(?: ?\.| point )(?:com|fr|net))"
)
_ROLE = re.compile(
    r"(?:contact|accueil|infos?|bonjour|secretariat|direction|rh|recrutement|formations?|support|aide|assistance|dpo|rgpd"
    r"|communication|com|inscriptions?|admin\w*|webmaster|no-?reply|ne-?pas-?repondre|service\w*|numerique|comptabilite|paie"
    r"|coordination|equipe|asso\w*|mediation|presse|moderation|siae|insertion|emploi|prenom[._]nom)(?:[._\-]\w+)?$|exemple$"
)


def mails(read: Normalised) -> Iterator[Passage]:
    for pattern in (_MAIL, _MAIL_AT):
        for match in pattern.finditer(read.bare):
            if not _ROLE.match(match["who"]):
                yield "courriel", match.start(), match.end()


_SITES = (
    r"(?:facebook\.com|fb\.com|fb\.me|m\.me|instagram\.com|linkedin\.com/in|linkedin\.com/pub|tiktok\.com|snapchat\.com/add|t\.me"
    r"|wa\.me|x\.com|twitter\.com|vinted\.fr/member|leboncoin\.fr/profile?|copainsdavant\.linternaute\.com/p|threads\.net|pinterest\.fr"
    r"|discord(?:app)?\.com/users|youtube\.com/@?user)"
)
_PROFILE = re.compile(rf"(?:https?://)?(?:www\.|m\.|fr-fr\.|fr\.)?{_SITES}/(?P<who>[^\s<>()\"'»,;]{{2,}})")
_NOBODYS = re.compile(
    r"(?:groups?|pages?|events?|watch|hashtag|share|sharer\w*|reel|reels|p|tv|explore|help|business|legal|login|company|school|i|intent"
    r"|search|marketplace|policies|privacy|settings|stories|joinchat|c|tag)(?:[/?]|$)"
)
_BODY = re.compile(
    r"francetravail|missionlocale|emmaus|asso|mairie|ville|departement|region|gouv|emploi|insertion|chantier|ressourcerie|siae"
)
_NETWORK = r"(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|facebook|fb|messenger|telegram|discord|twitter|linkedin|viber|skype|pseudo)"
_HANDLE = re.compile(
    rf"\b{_NETWORK}\b[ :=]{{1,4}}(?:c'est |de \w+ )?(?P<who>@[\w.]{{3,}}|(?=[\w.]*[\d_])[a-z][\w.]{{4,}})"
)
_PSEUDONYM = re.compile(rf"\bpseudo(?: {_NETWORK})?[ :=]{{1,4}}(?P<who>[A-Z][\w.]+(?: [A-Z][\w.]+)?)")


def profiles(read: Normalised) -> Iterator[Passage]:
    for match in _PROFILE.finditer(read.bare):
        if not _NOBODYS.match(match["who"]) and not _BODY.search(match["who"]):
            yield "profil", match.start(), match.end()
    for match in _HANDLE.finditer(read.bare):
        if not _BODY.search(match["who"]):
            yield "profil", match.start("who"), match.end("who")
    for match in _PSEUDONYM.finditer(read.text):
        yield "profil", match.start("who"), match.end("who")


_STREET = (
    r"(?:rue|avenue|av\.?|boulevard|bld|bd|boul|allees?|impasse|chemin|quai|square|sq\.?|villa|ruelle|sentier|faubourg|fbg|lotissement"
    r"|imp\.?|all\.|chem\.|rte\.?|fg\.?|lot\.|hameau|montee|esplanade|promenade|rond-point|traverse|chaussee|venelle)"
)
_OFTEN_NO_STREET = r"(?:place|pl\.?|cours|passage|route|residence|cite|mail|cote|parc|port)"
_NUMBER = r"(?<![\d,.])\d{1,4}(?: ?(?:bis|ter|quater|[abc])\b)?,?\s{1,2}"
_REST = r"[^\n,.;:!?()]{2,45}"
_ADDRESS = re.compile(rf"{_NUMBER}(?P<street>{_STREET}|(?P<doubtful>{_OFTEN_NO_STREET}))\s(?P<name>{_REST})")
_NUMBER_AFTER = re.compile(
    rf"\b(?:{_STREET}|{_OFTEN_NO_STREET})\s[^\n.;:!?]{{2,40}}?(?:,? (?:au|n ?°|numero|no) ?|,? )\d{{1,4}}(?: ?(?:bis|ter))?\b"
)
_BLOCK = re.compile(
    r"\b(?:bat(?:iment)?\.? ?[\w]{1,3},? |(?:tour|hall|escalier|entree) [\w]{1,10},? )?(?:cite|residence|tour|foyer|hotel|camping)\b"
    r"(?P<name>[^\n.;:!?]{2,40})"
)
_DOOR = re.compile(
    r"\b(?:app(?:t|artement)?|hall|porte|escalier|etage|digicode|chambre|bat(?:iment)?|interphone|boite aux lettres)\b|\b\d{5}\b"
)
_PART = re.compile(
    r",? ?(?:(?:app(?:t|artement)?|hall|porte|esc(?:alier)?|chambre|bat(?:iment)?|studio)\.? ?\w{1,6}|\d{1,2} ?(?:er|e|eme) etage"
    r"|\d{5}(?: [a-z\-]+)?)"
)
_LIVES = re.compile(
    r"\b(?:habit\w+|log(?:e|ent|ee?s?)|vi(?:t|vent|vait)|domicil\w+|heberg\w+|demeur\w+|resid(?:e|ent|ant)|dort|dorment|chez|squat\w*"
    r"|adresse perso\w*|adr|son adresse|courrier|pavillon|digicode|appt|appartement)\b"
)
_WORKPLACE = re.compile(
    r"\b(?:chantiers?|bureaux?|agence|ateliers?|siege|locaux|local|boutique|association|asso|mairie|permanence|reunion|seance"
    r"|salle|formation|depot|entrepot|magasin|ressourcerie|centre|site|antenne|ramassage|rendez-vous|rdv|nous sommes|caf|france travail"
    r"|mission locale|restaurant|epicerie|accueil|equipe|structure|gymnase|mediatheque|bibliotheque|travaux|manif\w*|rassemblement|visite\w*|musee|theatre|cinema|salon|forum)\b"
)


def _parts(read: Normalised, end: int) -> int:
    """Return where an address ends, with its flat, door or town."""
    for _count in range(4):
        part = _PART.match(read.bare, end)
        if part is None:
            break
        end = part.end()
    return end


def _trimmed(read: Normalised, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of an address without what the sentence goes on to say."""
    words = re.compile(
        r" (?:avec|depuis|mais|et (?:elle|il|on)|ou|pour|chez|jusqu|car|qui|avant|apres|est|n'|ne|on|il|elle|se)\b"
    )
    stop = words.search(read.bare, start + 6, end)
    return start, stop.start() if stop else end


def _says_a_thing(after: str) -> bool:
    """Whether what follows « 2 rue » is a word that no street bears: « 2 rue barrées »."""
    first = re.match(r"[a-z]+", after)
    return bool(first and is_word(first[0]) and not says_of(first[0]) & (Says.FIRST | Says.FAMILY | Says.PLACE))


def postal_addresses(read: Normalised) -> Iterator[Passage]:
    for match in _ADDRESS.finditer(read.bare):
        around = read.around(*match.span())
        lives = _LIVES.search(around)
        name = read.text[match.start("name") : match.end("name")]
        named = re.match(r"(?:(?:de|du|des|d'|de la|de l')\s?)?[A-ZÀ-Ý]", name)
        if match["doubtful"] and not named and not (lives and re.match(r"(?:de|du|des|d'|la|les)\b", match["name"])):
            continue
        if not lives and not named and _says_a_thing(match["name"]):
            continue
        if re.match(r"(?:et|ou|en|par|sur|jeudi|sociale)\b", match["name"]) or (
            _WORKPLACE.search(around) and not lives
        ):
            continue
        start, end = _trimmed(read, *match.span())
        yield "adresse", start, _parts(read, end)
    for match in _NUMBER_AFTER.finditer(read.bare):
        if _LIVES.search(read.around(*match.span())):
            yield "adresse", match.start(), match.end()
    for match in _BLOCK.finditer(read.bare):
        around = read.around(*match.span())
        lives, door = _LIVES.search(around), _DOOR.search(around)
        known_door = door and not _WORKPLACE.search(around)
        if known_door or (lives and door):
            start, end = _trimmed(read, *match.span())
            yield "adresse", start, _parts(read, end)
