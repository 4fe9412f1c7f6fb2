"""What a French word sounds like, so that « telefone » finds « téléphone » and « kestion » « question ».

A rough key: two spellings of one sound give the same letters, mute letters and the letter e go. It only proposes
words for what no entry holds (search/corrections.py), so it may well join words that a listener would tell apart. Capitals
in the keys are sounds written with several letters: C (ch), N (gn), Y (ill), A, I, O (an, in, on).
"""

import functools
import re

from .letters import bare_word

_VOWEL = "aeiouyé"
_NASAL = rf"(?![{_VOWEL}nmh])"  # « on », and neither « one » nor « onn »
# In order: what a rule writes, the next ones read.
_RULES = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"[êèë]|ai(?!n|m|ll|l$)|ei(?!n|m|ll|l$)", "é"),
        (r"s?c(?=[eiyé])|ç|(?<!s)t(?=i(?:on|el|al|eu))", "S"),
        (r"sch|ch|sh", "C"),
        (r"ph", "f"),
        (r"gn", "N"),
        (r"h", ""),
        (r"cqu|qu|ck|cc|[cqk]", "k"),
        (r"gu(?=[eiyé])", "G"),
        (r"ge(?=[aou])|g(?=[eiyé])", "j"),
        (r"w", "v"),
        (r"x(?=.)", "kS"),
        (r"[sz]+", "S"),
        (r"eaux?|aux?", "o"),
        (r"oo", "ou"),
        (rf"(?<=[{_VOWEL}])il(?:l|$)|(?<=[aoui])y(?=[{_VOWEL}]|$)", "Y"),
        (rf"(?<=[^{_VOWEL}])ill(?=.)", "iY"),
        (r"(.)\1", r"\1"),
        (r"oin(?![aeiouyén])", "oI"),
        (rf"(?:ain|ein|aim|yn|ym|in|im|un|um){_NASAL}|(?<=[iY])en$", "I"),
        (rf"[ae][nm]{_NASAL}", "A"),
        (rf"o[nm]{_NASAL}", "O"),
        (r"[yï]", "i"),
        (r"(?:er|et|é)S?$|(?<=e)S$", "e"),
        (r"(?:[StdxG]|(?<=[uoAO])p)+$", ""),
        (r"(?<=.)[eé]", ""),
        (r"é", "e"),
        (r"(.)\1", r"\1"),
    )
)


@functools.lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return the key of a word, written with its accents where it has some; "" for what is no word."""
    key = "".join(letter if letter in "éèêëçîï" else bare_word(letter) for letter in word.lower())
    key = re.sub("î", "i", key)
    for pattern, written in _RULES:
        key = pattern.sub(written, key)
    return key[:40]
