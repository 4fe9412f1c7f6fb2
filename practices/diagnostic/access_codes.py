"""Codes that are read aloud, copied by hand and typed on a phone: no letter that looks or sounds like another.

Whoever answers alone types the code of the campaign, six characters, then their own, five, which serves once. Own codes are
drawn from a key and never stored: nothing tells which were used, nor in which order, not even typing one that was kept
(a code that has served opens the same questions). They are shown once, when they are made; a sheet of paper has another, shorter, that only serves to enter the sheet.
"""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "ACDEFHJKLMNPRTUWXY3479"
ACCESS_LENGTH = 6
SHEET_LENGTH = 4
OWN_LENGTH = 5
# What a hand writes or a finger types instead of a character of the alphabet.
_LOOKALIKES = str.maketrans({"0": "D", "O": "D", "Q": "D", "1": "L", "I": "L", "8": "3", "B": "3", "V": "U", "G": "C"})


def new_access_code() -> str:
    """Return a code that opens the questions of one campaign: 22^6 of them, about a hundred million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ACCESS_LENGTH))


def read_code(typed: str) -> str:
    """Return a typed code as it is stored: capitals, no space nor dash, lookalikes put right."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return kept.translate(_LOOKALIKES)[:32]


def spelled(code: str) -> str:
    """Show a code in groups of three: « ACD 347 »."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def sheet_tokens(campaign_id: int, number: int) -> list[str]:
    """Return the tokens of the first sheets of a campaign, always the same, all different."""
    return _drawn("diagnostic.sheet", campaign_id, number, SHEET_LENGTH)


def own_codes(campaign_id: int, number: int) -> list[str]:
    """Return the first codes of a campaign that each serve for one answer, always the same, all different."""
    return _drawn("diagnostic.own", campaign_id, number, OWN_LENGTH)


def split(typed: str) -> tuple[str, str]:
    """Return the code of the campaign and the person's own, from what was typed or followed."""
    code = read_code(typed)
    return code[:ACCESS_LENGTH], code[ACCESS_LENGTH:]


def _drawn(salt: str, campaign_id: int, number: int, length: int) -> list[str]:
    codes: dict[str, None] = {}
    counter = 0
    while len(codes) < number:
        digest = salted_hmac(salt, f"{campaign_id}:{counter}", algorithm="sha256").digest()
        codes["".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:length])] = None
        counter += 1
    return list(codes)


def token_digest(campaign_id: int, token: str) -> str:
    """Return what is stored of a token: enough to know it again, not enough to print it."""
    digest: str = salted_hmac(
        "diagnostic.token", f"{campaign_id}:{token}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
    return digest


def code_digest(campaign_id: int, own: str) -> str:
    """Return what is stored of an own code: never what is stored of the same characters given as another token.

    Entering an interview under a code would otherwise tell whether the code had served.
    """
    return token_digest(campaign_id, f"code:{own}")
