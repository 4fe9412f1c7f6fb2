"""The words of a search as they may be counted: put in order, and none that could name a person."""

import re
import unicodedata

from django.core import signing
from django.utils.crypto import salted_hmac

from practices.comments.personal_data_guard import find_personal_data

from ..french import terms_of_word, words

SALT = "search.zero_results"
MOST_WORDS = 8
LONGEST = 80  # characters
SECONDS_VALID = 2 * 60 * 60  # a results page left open longer counts for nothing

# What is typed in a search field is short and often without capitals, so this is broader than the guard of texts to be
# published (practices/comments/personal_data_guard/), which applies too: here a doubt only means that a search is not counted.
_PERSONAL = re.compile(
    r"""\S+@\S+ | https?:|www\. | (?:\d[\s.\-/]*){5,} | \b\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}\b
    | \b(?:m|mr|mme|mlle|monsieur|madame|mademoiselle)\b\.?\s""",
    re.IGNORECASE | re.VERBOSE,
)


def looks_personal(text: str) -> bool:
    """Whether a search may point at a person: a mail, a link, a number of five digits or more, a date, a civility."""
    return _PERSONAL.search(text) is not None or bool(find_personal_data(text))


def countable_words(text: str) -> str:
    """Return the meaningful words of a search in lower case, "" when it must not be counted.

    Refused: what looks personal (mail, link, number of five digits or more, date, civility), a sentence of more than
    eight words or eighty characters (a situation told, not a need), and words of grammar alone.
    """
    if len(text) > LONGEST or looks_personal(text):
        return ""
    kept = [match.group().lower() for match in words(unicodedata.normalize("NFC", text))]
    kept = [word for word in kept if terms_of_word(word)]
    return " ".join(kept) if len(kept) <= MOST_WORDS else ""


def digest(counted: str) -> str:
    """Return the keyed digest of countable words: the same for « téléphones prêtés » and « pret telephone »."""
    key = " ".join(sorted({terms_of_word(word)[-1] for word in counted.split()}))
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()


def search_token(text: str) -> str:
    """Return a short-lived signed token of a search for its results page, "" when it must not be counted.

    The page sends it back with the rank of the click: only pages that we served are counted.
    """
    counted = countable_words(text)
    return signing.dumps(counted, salt=SALT) if counted else ""


def words_of_token(token: str) -> str:
    """Return the words of a token. Raises signing.BadSignature when it is not ours or is too old."""
    counted: str = signing.loads(token, salt=SALT, max_age=SECONDS_VALID)
    return counted
