"""Texts compared as people type them."""

import unicodedata


def folded(text: str) -> str:
    """Return the text without case, accents nor odd spaces, to compare what people type."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().split())
