"""Takes the message answered to out of the lines of a mail, by what introduces it in words.

Three shapes, in the languages of the mail programs that people have here: an attribution (« Le … a écrit : », on up to four
lines), a block of headers (« De : … Envoyé : … Objet : … »), a rule (« ----- Message d’origine ----- »). Each needs a proof
that it is a machine's: an address, the name of this site, a date with its hour. « De : 9 h à 12 h », « Le groupe a essayé. Un
salarié a écrit : » are words of the writer.
"""

import re
from collections.abc import Iterable

from .lines import MARKER, Line, Pile

_FROM = r"de|from|von|expéditeur|da|van|od"
_SENT = r"envoyée?(?:\s+le)?|date|sent|gesendet|enviado(?:\s+el)?|fecha|data|datum|inviato|message\s+du"
_TO = r"à|a|to|an|para|pour|aan|destinataires?"
_SUBJECT = r"objet|sujet|subject|betreff|asunto|assunto|oggetto|onderwerp"
_OTHER = (
    r"cc|cci|bcc|copie(?:\s+à)?|répondre\s+à|reply-to|importance|priorité|pièces?\s+jointes?|attachments?|organisation"
)
_HEADER = re.compile(
    rf"^[\s*|>]{{0,20}}(?:(?P<sender>{_FROM})|(?P<sent>{_SENT})|(?P<to>{_TO})|(?P<subject>{_SUBJECT})|(?P<other>{_OTHER}))"
    r"[\s*|]{0,10}:[\s*|]{0,10}(?P<value>.{0,400})$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}")
_HOUR = re.compile(r"\b\d{1,2}\s?[:h]\s?\d{2}\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}\s\w{3,9}\.?\s\d{2}\b")
_VERB = r"(?:(?:a|avez|as)\s+(?:écrit|ecrit|répondu)|wrote|schrieb|escribió|escreveu|ha\s+scritto|schreef|skrev|napisał\(?a?\)?)"
_SAYS = re.compile(rf"\b{_VERB}\b", re.IGNORECASE)
_ENDS = re.compile(rf"(?::|{_VERB}\s*(?:\([^)]{{0,60}}\))?)\s*[-–—]*\s*:?\s*$", re.IGNORECASE)
_BEGINS = re.compile(
    r"^[\s>*]*[-–—]*\s*(?:le|on|am|el|em|il|op|den|il\s+giorno|w\s+dniu|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\b|^[\s>*]*[-–—]*\s*(?:\w+[.,]?\s)?\d{1,4}[\s./-]",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"^[\s>*]*(?:[-–—_=]{2,}\s*)(?:message\s+d[’'`]origine|message\s+original|mail\s+original|courriel\s+original|message\s+initial|"
    r"original\s+message|message\s+(?:transféré|réexpédié)|forwarded\s+message|mail\s+transféré|original-nachricht|"
    r"ursprüngliche\s+nachricht|weitergeleitete\s+nachricht|mensaje\s+original|messaggio\s+originale|e-?mail\s+d[’'`]origine)"
    r"[\s*]*[-–—_=]*\s*:?\s*$|^[\s>*]*(?:début\s+du\s+message\s+(?:réexpédié|transféré)|begin\s+forwarded\s+message|"
    r"message\s+transféré|------+\s*forwarded\s+by.{0,80})\s*:\s*$|^[\s>]*message\s+du\s+\d{1,2}/\d{1,2}/\d{2,4}.{0,20}$",
    re.IGNORECASE,
)
_LINE_OF_SIGNS = re.compile(r"^[\s>]*[-–—_=*#]{3,}\s*$")
_BELOW = re.compile(
    r"(?:réponses?|réponds|commentaires?|remarques?)\b.{0,60}\b(?:ci-dessous|plus\s+bas|en\s+(?:rouge|bleu|vert|couleur|gras)|"
    r"dans\s+(?:le|votre|ton)\s+(?:texte|message|mail|corps))|\bci-dessous\s+en\s+(?:rouge|bleu|vert)",
    re.IGNORECASE,
)
NARROWEST = 60  # characters under which no program breaks a line
FOLDED = 4  # lines on which an attribution may be folded
LONGEST_HEADER = 500  # characters of an attribution, all its lines
HEADERS_WITHIN = 12  # lines that a block of headers may take


def without_quotations(lines: list[Line], *, site: str, sure_names: Iterable[str] = ()) -> Pile:
    """Return what the writer wrote, above, between or below what is quoted. `site`: how this site signs its mails."""
    pile = Pile()
    lines = list(_split_at_marker(lines))
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.quoted:
            index = _skip_quoted(lines, index, pile)
        elif line.end or MARKER in line.text:
            return _ended(pile, lines, index, sure=True)
        elif length := _attribution(lines, index, site):
            _drop_lines_of_signs(pile)
            after = index + length
            if _next_is_quoted(lines, after):
                index = after
            else:
                return _ended(pile, lines, index, sure=True)
        elif _RULE.match(line.text):
            if _next_is_quoted(lines, index + 1):
                index += 1
            else:
                return _ended(pile, lines, index, sure=True)
        elif _headers(lines, index, site):
            return _ended(pile, lines, index, sure=True)
        else:
            pile.lines.append(line)
            index += 1
    return pile


def _split_at_marker(lines: list[Line]) -> Iterable[Line]:
    """Some programs put the quoted message on the line of its attribution."""
    for line in lines:
        before, found, after = line.text.partition(MARKER)
        if found and not line.quoted and (before := before.rstrip("— \u00a0>")):
            yield Line(before)
            yield Line(found + after)
        else:
            yield line


def _ended(pile: Pile, lines: list[Line], index: int, *, sure: bool) -> Pile:
    """Leave out all the rest."""
    _drop_lines_of_signs(pile)
    above = "\n".join(line.text for line in pile.lines)
    # Answers written within a message that nothing marks as quoted cannot be told from it.
    pile.cut("quotation", lines[index:], sure=sure and not _BELOW.search(above))
    return pile


def _drop_lines_of_signs(pile: Pile) -> None:
    while (
        pile.lines and not pile.lines[-1].quoted and (pile.lines[-1].blank or _LINE_OF_SIGNS.match(pile.lines[-1].text))
    ):
        pile.lines.pop()


def _skip_quoted(lines: list[Line], index: int, pile: Pile) -> int:
    """Pass what is quoted, with the ends of quoted lines that a program broke without marking them."""
    start = index
    while index < len(lines):
        if lines[index].quoted or (
            not lines[index].blank
            and len(lines[index - 1].text) > NARROWEST
            and index + 1 < len(lines)
            and lines[index + 1].quoted
            and len(lines[index].text) < NARROWEST
        ):
            index += 1
        else:
            break
    pile.cut("quotation", lines[start:index])
    pile.lines.append(Line(quoted=True))  # the writer's lines above and below are two pieces
    return index


def _next_is_quoted(lines: list[Line], index: int) -> bool:
    following = (line for line in lines[index : index + 4] if not line.blank)
    return next((line.quoted for line in following), False)


def _attribution(lines: list[Line], index: int, site: str) -> int:
    """Return on how many lines « Le …, … a écrit : » stands from here; 0 when it does not."""
    joined = ""
    for count in range(1, FOLDED + 1):
        if index + count > len(lines) or lines[index + count - 1].quoted:
            return 0
        part = lines[index + count - 1].text.strip()
        if not part and count > 1:
            return 0
        if count > 1 and _BEGINS.match(part) and _YEAR.search(part):
            return 0  # the attribution begins here, what stands above is the writer's
        joined = f"{joined} {part}".strip()
        if len(joined) > LONGEST_HEADER:
            return 0
        if _is_attribution(joined, site, followed=_next_is_quoted(lines, index + count)):
            return count
    return 0


def _is_attribution(text: str, site: str, *, followed: bool) -> bool:
    text = text.strip("* ")
    if not _ENDS.search(text):
        return False
    machine = bool(_ADDRESS.search(text)) or bool(site and site.casefold() in text.casefold())
    dated = bool(_YEAR.search(text) and (_HOUR.search(text) or machine))
    if _SAYS.search(text):
        if _BEGINS.match(text) and (dated or machine):
            return True
        # « Passe-relais <…> a écrit : », « ---- Passe-relais a écrit ---- »
        return (
            machine
            and len(text) < LONGEST_HEADER // 2
            and (followed or bool(re.search(rf"{_VERB}\s*[-–—:]*\s*(?:\(.*\))?\s*:?\s*$", text, re.IGNORECASE)))
        )
    # In a language that is not known here, its shape tells: an hour, an address, then what is quoted, or a date and the hour.
    shaped = bool(_HOUR.search(text)) if followed else dated and bool(_BEGINS.match(text))
    return bool(_ADDRESS.search(text)) and shaped and text.endswith(":")


def _headers(lines: list[Line], index: int, site: str) -> bool:
    """Whether a block of headers begins here."""
    if not _HEADER.match(lines[index].text):
        return False
    seen: dict[str, str] = {}
    misses = 0
    for line in lines[index : index + HEADERS_WITHIN]:
        found = None if line.quoted or line.end else _HEADER.match(line.text)
        if found is None:
            misses += 1
            if misses > 1 or line.quoted or line.end or line.blank and seen:
                break
            continue
        misses = 0
        name = next(key for key, part in found.groupdict().items() if part is not None and key != "value")
        seen.setdefault(name, found["value"])
    if "sender" not in seen and "sent" not in seen:
        return False
    under_rule = index > 0 and _LINE_OF_SIGNS.match(lines[index - 1].text)
    if len(seen) == 1 and not under_rule:
        return False
    values = " ".join(seen.values())
    machine = bool(_ADDRESS.search(values)) or bool(site and site.casefold() in seen.get("sender", "").casefold())
    dated = bool(_YEAR.search(seen.get("sent", "")) and _HOUR.search(seen.get("sent", "")))
    if "sender" in seen and machine:
        return True
    return dated and "subject" in seen and ("sender" in seen or "to" in seen)
