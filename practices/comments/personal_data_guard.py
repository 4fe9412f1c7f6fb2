"""Finds what could make a person recognisable in a text about to be published, and says so in plain French.

It points, it never refuses by itself: whoever writes decides, after having been shown. Shared by comments, topics,
proposals of cards. What is sought: phone numbers, e-mail addresses, social security numbers (NIR), postal addresses,
dates of birth, bank accounts (IBAN), and words that announce a name (« M. Diallo », « s’appelle Fatou », « Mme K. »).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_FINDINGS = 10
MAX_MATCHES = 50  # of one pattern: a hostile text must not cost more than a long one


@dataclass(frozen=True)
class Finding:
    """One passage: its kind, its words, where it stands in the text (start included, end excluded), and why it matters."""

    kind: str
    text: str
    start: int
    end: int
    explanation: str | Promise


_NAME = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÛÜ][a-zàâäçéèêëîïôöûü’'\-]+"
_UPPER = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÛÜ]"
_WORDS_AFTER_CALLED = r"(?:Passe|Zoom|Jitsi|Teams|Whats|Signal)"

_PATTERNS: list[tuple[str, re.Pattern[str], str | Promise]] = [
    (
        "courriel",
        re.compile(r"\b[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}\b"),
        _("Une adresse e-mail. Retirez-la, ou mettez celle d’un service."),
    ),
    (
        "nir",
        re.compile(r"(?<!\d)[1-478][ .\-]?\d{2}[ .\-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .\-]?(?:\d{2}|2[AB])"
                   r"[ .\-]?\d{3}[ .\-]?\d{3}(?:[ .\-]?\d{2})?(?!\d)"),
        _("Cela ressemble à un numéro de sécurité sociale. Retirez-le."),
    ),
    (
        "iban",
        re.compile(r"\bFR\d{2}(?:[ ]?[0-9A-Z]{4}){5}[ ]?[0-9A-Z]{3}\b"),
        _("Cela ressemble à un numéro de compte bancaire. Retirez-le."),
    ),
    (
        "telephone",
        re.compile(r"(?<![\d+])(?:\+33[ .\-]?(?:\(0\))?|0033[ .\-]?|0)[1-9](?:[ .\-]?\d{2}){4}(?!\d)"),
        _("Un numéro de téléphone. Retirez-le, sauf si c’est celui d’un service ouvert à tous."),
    ),
    (
        "adresse",
        re.compile(r"\b\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ]+(?:rue|avenue|av\.|boulevard|bd|allée|impasse|place|chemin|quai|"
                   r"square|cours|passage|route|résidence)\b[^\n,.;]{2,50}", re.IGNORECASE),
        _("Une adresse postale. Retirez-la si c’est celle d’une personne."),
    ),
    (
        "naissance",
        re.compile(r"\b(?:née?|naissance)(?:[ ]+le|[ ]*:)?[ ]+(?:le[ ]+)?\d{1,2}[ /.\-](?:\d{1,2}|[a-zéû]{3,9})[ /.\-]"
                   r"\d{2,4}\b", re.IGNORECASE),
        _("Une date de naissance. Donnez plutôt une tranche d’âge."),
    ),
    (
        "nom",
        re.compile(rf"(?<![\w.])(?:M\.|Mr|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)[ \u00a0]+"
                   rf"(?:{_NAME}|{_UPPER}\.?(?![\w’'])|{_UPPER}{{2,}})(?:[ \-](?:{_NAME}|{_UPPER}{{2,}}))?"),
        _("Un nom de personne ? Écrivez plutôt « une salariée », « un participant »."),
    ),
    (
        "nom",
        re.compile(rf"(?:s[’']appelle|se nomme|prénommée?|nommée?|dénommée?)[ \u00a0]+(?!{_WORDS_AFTER_CALLED}){_NAME}"
                   rf"(?:[ \-]{_NAME})?"),
        _("Un nom de personne ? Écrivez plutôt « une salariée », « un participant »."),
    ),
    (
        "nom",
        re.compile(rf"\b(?:salariée?|participante?|bénéficiaire|stagiaire|jeune|dame|monsieur)[ \u00a0]*,?[ \u00a0]+{_NAME}"
                   rf"(?![\w’'])(?=[ ,.;!?]|$)", re.MULTILINE),
        _("Un prénom à côté d’une personne accompagnée ? Retirez-le : le métier ou la situation suffit."),
    ),
]  # fmt: skip


def _candidates(text: str) -> Iterator[Finding]:
    for kind, pattern, explanation in _PATTERNS:
        for match in islice(pattern.finditer(text), MAX_MATCHES):
            words = match.group().rstrip()
            yield Finding(kind, words, match.start(), match.start() + len(words), explanation)


def find_personal_data(text: str) -> list[Finding]:
    """Return what could make a person recognisable, in the order of the text, without overlaps; ten at most."""
    kept: list[Finding] = []
    for finding in _candidates(text):  # the surest patterns come first and win
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)[:MAX_FINDINGS]
