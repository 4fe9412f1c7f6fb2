"""Takes signatures out of the writer's lines: what is under « -- » or marked by a program, what programs and gateways add,
and, at the end, a formal closing with the name, the work and the telephone of whoever signs.

Words are kept when in doubt: a name alone is cut only where it is the account's own, a telephone only within a signature.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from kb_site.french.letters import strip_accents

from .lines import SIGNATURE_ENDS, Line, Pile

_DELIMITER = re.compile(r"^[\s*]*(?:--|—|–|__)[\s*]*$")
_DEVICE = (
    r"iphone|ipad|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|pixel|mobile|smartphone|téléphone|portable|tablette|ordinateur|"
    r"appareil|outlook|courrier|mails?\b|e-?mail|courriel|messagerie|webmail|yahoo|orange|la\s?poste|sfr|free|gmail|appli\b|"
    r"application|l[’']app\b|app\b|proton|k-?9|thunderbird|windows|blackberry|bluemail|spark|tuta|ios\b|mailo|infomaniak"
)
_SENT_FROM = re.compile(
    r"^[\s*<_]*(?:(?:(?:message|courriel|e-?mail|mail)\s+)?(?:envoyée?|expédiée?|sent|gesendet|enviado|inviato|verzonden)\s+"
    r"(?:de\s|depuis|à\s+partir|avec|par\s+l|via|à\s+l[’']aide|grâce\s+à|from|with|using|von|desde|da\s|vanaf|mit)"
    r"|(?:obtene[zr]|obtenir|télécharge[zr]|get|download)\s)"
    rf"(?=.{{0,60}}(?:{_DEVICE}))(?!.*\b(?:je|nous|vous|ils?|elles?|on)\b).{{1,160}}$",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"^[\s*]*(?:garanti\s*sans\s*virus|sans\s+virus|virus-free|(?:cet?|ce)\s+(?:e-?mail|courriel|message|courrier(?:\s+électronique)?)\s+"
    r"(?:a\s+été\s+(?:vérifié|analysé|contrôlé)|ne\s+contient\s+aucun\s+virus)|l[’']absence\s+de\s+virus|yahoo\s+mail\s?:|"
    r"analyse\s+antivirus|.{0,40}\bavast\.com)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"^\s*(?:\[(?:cid:|image\b|logo)[^\]]{0,200}\]|<(?:https?://|#|mailto:)[^>]{1,2000}>|\ufffc|\[?image\d{3}\.\w{3,4}\]?)\s*$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"^[\s*]*[-–—_=*~·.]{3,}\s*$")
_LEGAL = re.compile(
    r"^[\s*🌳🌱♻️]*(?:P\s+)?(?:(?:ce|cet|cette)\s+(?:message|e-?mail|mail|courriel|courrier|communication|transmission)\b.{0,400}"
    r"(?:confidenti|destinat|intégrité|erreur)|les\s+informations\s+(?:contenues|figurant).{0,300}(?:confidenti|destinat)|"
    r"this\s+(?:e-?mail|message|communication)\b.{0,300}(?:confidential|intended)|avis\s+de\s+confidentialité|confidentiality\s+notice|"
    r"(?:avant\s+d[’']imprimer|pensez\s+à\s+l[’']environnement|n[’']imprime[zr]|merci\s+de\s+n[’']imprimer|devez-vous\s+vraiment|"
    r"please\s+consider\s+the\s+environment|afin\s+de\s+(?:contribuer|préserver)|préserv(?:ons|ez)|soyons\s+éco|adoptez\s+l[’']éco).{0,300})",
    re.IGNORECASE | re.DOTALL,
)
# What people add under their name, in sentences: a slogan, the hours when they answer, the rights over data.
_FOOT = re.compile(
    r"^[\s*]*(?:(?:«.{3,100}»|[\"“].{3,100}[\"”])[\s*.]*$|conformément\s+(?:à|au)x?\b.{0,60}\b(?:rgpd|règlement|informatique|données)"
    r"|.{0,40}\bdroit\s+à\s+la\s+déconnexion|.{0,60}\b(?:hors|en\s+dehors)\s+(?:de\s+)?(?:vos|mes|des|nos)\s+(?:heures|horaires|jours)\b"
    r"|.{0,40}\bne\s+(?:lis|consulte|traite)\s+pas\s+mes\s+(?:mails|messages|courriels)|(?:suivez|retrouvez|rejoignez)[\s-]nous\b"
    r"|(?:pour\s+)?(?:vous\s+)?(?:désabonner|vous\s+désinscrire)\b|[>\-–—*~]{2,}\s*\w.{0,120}[<\-–—*~]{2,}\s*$)",
    re.IGNORECASE,
)
_FORMAL = (
    r"(?:(?:bien|très|tr[èe]s|sincèrement|avec)\s+)?(?:cordialement|cordiales\s+salutations|c(?:or)?d(?:ia)?le?ment|cdt|cdlt|"
    r"amicalement|respectueusement|sincèrement|chaleureusement|solidairement|fraternellement|associativement|amitiés)"
    r"|bien\s+à\s+(?:vous|toi)(?:\s+tou(?:te)?s)?|(?:mes\s+|sincères\s+|meilleures\s+|cordiales\s+)*salutations(?:\s+\w+){0,2}"
    r"|(?:best|kind|warm)?\s*regards"
)
_CLOSING = re.compile(rf"^[\s*]*(?:{_FORMAL})[\s*,.!;]*$", re.IGNORECASE)
_CLOSING_AND_NAME = re.compile(rf"^[\s*]*(?:{_FORMAL})[\s*,.!;–—-]+(?P<name>\S.{{0,60}})$", re.IGNORECASE)
# Kept, they are words of the writer; what follows them may be a signature all the same.
_WISH = re.compile(
    r"^[\s*]*(?:(?:merci|et)\b.{0,40}[,\s])?(?:(?:très\s+)?(?:bonne|belle|excellente)\s+(?:journée|soirée|semaine|fin\s+de\s+\w+|suite|après-midi|matinée)"
    r"|à\s+(?:bientôt|très\s+bientôt|plus\s+tard|demain|\w+di)|merci(?:\s+(?:d[’']avance|à\s+tous|beaucoup))?)\b.{0,40}$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:\+\d{1,3}|00\d{2}|0)[ .\u00a0-]?(?:\(0\))?\d(?:[ .\u00a0-]?\d{2}){4}(?!\d)")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|https?://|\bwww\.|\b\d{5}\s+[A-ZÀ-Ü]", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?-?s\.?\s?[:.\s-]", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!\.[A-Z])[.!?…:;,»]\s*$|[.!?]\s+[A-ZÀ-Ü]")
LONGEST_LINE = 90  # characters of a line of a signature
MOST_LINES = 14
LINES_OF_PROGRAM = 3  # on which « Envoyé de … » may be folded
WORDS_OF_NAME = 3
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Own:
    """What the account says of its person, and the name that their mail program signs with."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    structure: str = ""
    shown_as: str = ""

    @cached_property
    def names(self) -> frozenset[str]:
        first, last = _plain(self.first_name), _plain(self.last_name)
        both = {
            first,
            f"{first} {last}",
            f"{last} {first}",
            f"{first} {last[:1]}",
            f"{first[:1]} {last}",
            _plain(self.shown_as),
        }
        return frozenset(name for name in both if len(name.replace(" ", "")) > SHORTEST_NAME)

    def is_named(self, text: str) -> bool:
        """Whether a line is this person's name, alone or before their work."""
        if re.match(r"\s*[-*•·]\s", text):  # an item of a list
            return False
        return _plain(text) in self.names or any(
            " " in name and re.match(rf"{re.escape(name)}\b", _plain(text)) and not _SENTENCE.search(text)
            for name in self.names
        )


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", strip_accents(text.casefold())).strip()


def without_signatures(pile: Pile, own: Own) -> Pile:
    """Return the writer's words alone, piece by piece."""
    kept = Pile(cuts=pile.cuts)
    piece: list[Line] = []
    for line in [*pile.lines, Line(quoted=True)]:
        if not line.quoted:
            piece.append(line)
            continue
        words = _trimmed(_without_marked(piece, kept), own, kept)
        if words and kept.lines:
            kept.lines.append(Line())
        kept.lines += words
        piece = []
    return kept


def _without_marked(piece: list[Line], pile: Pile) -> list[Line]:
    """Leave out what stands under « -- », or what a program marked."""
    kept: list[Line] = []
    index = 0
    while index < len(piece):
        if not _DELIMITER.match(piece[index].text):
            kept.append(piece[index])
            index += 1
            continue
        ends = next((at for at in range(index, len(piece)) if piece[at].text == SIGNATURE_ENDS), len(piece))
        pile.cut("signature", piece[index + 1 : ends])
        index = ends + 1
    return kept


def _trimmed(piece: list[Line], own: Own, pile: Pile) -> list[Line]:
    lines = _without_added(list(piece), pile)
    start = _signature_start(lines, own)
    if start is not None:
        after = [line for line in lines[start:] if not line.blank]
        kept, signed = lines[:start], lines[start:]
        alone = len(after) == 1 and own.is_named(after[0].text)
        if alone and not any(not line.blank for line in kept):
            return lines  # a name may be the whole answer
        pile.cut("signature", signed)
        lines = _without_added(kept, pile)
    return lines


def _without_added(lines: list[Line], pile: Pile) -> list[Line]:
    """Take from the end what programs, gateways and lawyers put there."""
    while lines:
        last = lines[-1]
        if last.blank:
            lines.pop()
            continue
        if any(rule.match(last.text) for rule in (_SENT_FROM, _ADDED, _PICTURE, _SIGNS)):
            pile.cut("machine", [lines.pop()])
            continue
        start = len(lines) - 1
        while start and not lines[start - 1].blank:
            start -= 1
        for begin in range(start, len(lines)):
            rest = [line for line in lines[begin:] if not _PICTURE.match(line.text)]
            words = " ".join(line.text.strip() for line in rest)
            if (
                _LEGAL.match(words)
                or _ADDED.match(words)
                or (len(rest) <= LINES_OF_PROGRAM and _SENT_FROM.match(words))
            ):
                pile.cut("machine", lines[begin:])
                del lines[begin:]
                break
        else:
            return lines
    return lines


def _signature_start(lines: list[Line], own: Own) -> int | None:
    """Return where the signature begins; None when nothing says that there is one."""
    start: int | None = None
    phone = False
    count = 0
    index = len(lines)
    while index and count < MOST_LINES:
        index -= 1
        text = lines[index].text
        if lines[index].blank:
            continue
        count += 1
        if _CLOSING.match(text) or (
            (said := _CLOSING_AND_NAME.match(text))
            and (own.is_named(said["name"]) or len(said["name"].split()) <= WORDS_OF_NAME)
        ):
            start = index
            continue
        if _WISH.match(text):
            break
        if _FOOT.match(text):
            continue
        on_a_line = own.is_named(text) and bool(_PHONE.search(text) or _CONTACT.search(text))
        if _POSTSCRIPT.match(text) or (len(text) > LONGEST_LINE and not on_a_line):
            break
        above = next((line.text for line in reversed(lines[:index]) if not line.blank), "")
        if own.is_named(text) and not above.rstrip().endswith(":"):
            start = index
            continue
        if _PHONE.search(text) or (own.email and own.email.casefold() in text.casefold()):
            phone = phone or not _SENTENCE.search(text)
            continue
        if own.structure and _plain(own.structure) in _plain(text):
            continue
        if _CONTACT.search(text) or _PICTURE.match(text) or not _SENTENCE.search(text):
            continue
        break
    if start is None and phone:
        return _paragraph_of_contact(lines)
    return start


def _paragraph_of_contact(lines: list[Line]) -> int | None:
    """Return where the last paragraph begins, when it holds a telephone and nothing but lines of a signature."""
    start = len(lines)
    while start and not lines[start - 1].blank:
        start -= 1
    block = [line.text for line in lines[start:]]
    several = len(block) > 1 and start > 0
    if several and all(len(text) <= LONGEST_LINE and not _SENTENCE.search(text) for text in block):
        return start
    return None
