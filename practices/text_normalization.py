"""Texts compared as people type them."""

import unicodedata

_SPELT = str.maketrans({"’": "'", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def folded(text: str) -> str:
    """Return the text without case, accents nor odd spaces, « cœur » as « coeur », to compare what people type."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELT)).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().split())
