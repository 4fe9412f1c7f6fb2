"""How long a French text takes to read, and how hard it is.

Score of Kandel and Moles (« Application de l’indice de Flesch à la langue française », 1958), the French fit of the
Flesch formula: 207 − 1.015 × words per sentence − 73.6 × syllables per word. 100 is very easy, 50 ordinary prose, 30 a
text for specialists. It is a hint: it knows nothing of meaning.
"""

import re
from dataclasses import dataclass

WORDS_PER_MINUTE = 200  # silent reading of an adult, on the slow side
LONG_SENTENCE = 25  # words; official plain-language guides ask for 15 to 20
SHOWN_SENTENCES = 3
EASY, ORDINARY = 60, 40

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\s»”)]*|\n+|;\s*\n")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+", re.IGNORECASE)
_MUTE_END = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüÿœæ])(?:e|es|ent)$", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Readability:
    """Figures of a text. `score` is None when it has no sentence."""

    words: int
    minutes: int
    score: int | None
    long_sentences: list[str]

    @property
    def level(self) -> str:
        """« easy », « ordinary » or « hard »; nothing without a score."""
        if self.score is None:
            return ""
        return "easy" if self.score >= EASY else "ordinary" if self.score >= ORDINARY else "hard"


def words_of(text: str) -> list[str]:
    """Return the words of a text; an elision (« l’équipe ») is one word, a figure is none."""
    return _WORD.findall(_LINK.sub(" ", text))


def syllables(word: str) -> int:
    """Return about how many syllables a French word has: its groups of vowels, a mute ending not counted."""
    spoken = _MUTE_END.sub("", word)
    return max(1, len(_VOWELS.findall(spoken)))


def readability(text: str) -> Readability:
    """Measure a text."""
    sentences = [s.strip(" -\t•#") for s in _SENTENCE_END.split(_LINK.sub(" ", text))]
    counted = [(sentence, words_of(sentence)) for sentence in sentences]
    counted = [(sentence, words) for sentence, words in counted if words]
    words = [word for _sentence, found in counted for word in found]
    if not words:
        return Readability(0, 0, None, [])
    score = 207 - 1.015 * len(words) / len(counted) - 73.6 * sum(map(syllables, words)) / len(words)
    longest = sorted((pair for pair in counted if len(pair[1]) > LONG_SENTENCE), key=lambda pair: -len(pair[1]))
    return Readability(
        words=len(words),
        minutes=max(1, round(len(words) / WORDS_PER_MINUTE)),
        score=max(0, min(100, round(score))),
        long_sentences=[sentence for sentence, _words in longest[:SHOWN_SENTENCES]],
    )
