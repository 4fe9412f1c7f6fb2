"""A blocked word is found however it is typed, and only as a whole word."""

import pytest

from practices.comments.limits import WordBlocked, check_words
from practices.comments.models import BlockedWord


@pytest.fixture
def blocked(db):
    for word in ("cas social", "débile", "boulet"):
        BlockedWord.objects.create(word=word)


@pytest.mark.parametrize(
    "text",
    [
        "cas social", "CAS SOCIAL", "Cas Sociàl", "cas socials", "cas sociaux", "cas  social", "cas\u00a0social", "cas\nsocial",
        "cas so\u200bcial", "c\u00adas social", "cas so\u2060cial", "debile", "DÉBILES", "de\u0301bile", "ｄébile", "un boulet.",
        "« boulets »", "boulet, dit-on",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("blocked")
def test_a_blocked_word_is_found_however_it_is_typed(text):
    with pytest.raises(WordBlocked):
        check_words(f"Il a dit : {text}")


@pytest.mark.parametrize(
    "text", ["cas socialement utile", "le cas, social ou non", "indébile", "bouletterie", "ébouletage"]
)
@pytest.mark.usefixtures("blocked")
def test_a_word_that_holds_one_is_left_alone(text):
    check_words(text)
