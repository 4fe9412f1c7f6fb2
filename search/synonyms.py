"""Other words for the same thing: the themes and their synonyms, expanded once for every engine."""

from dataclasses import dataclass

from practices.models import Theme

from .french import terms, terms_of_word, words

SYNONYM_WEIGHT = 0.4


@dataclass(frozen=True)
class AskedWord:
    """One word of a query: the terms that stand for it, each with its weight."""

    terms: dict[str, float]


def asked_words(text: str) -> list[AskedWord]:
    """Return the words of a query with their synonyms; a word twice counts once (one query to the database)."""
    groups: dict[tuple[str, ...], dict[str, float]] = {}
    for match in words(text):
        if own := terms_of_word(match.group()):
            groups.setdefault(own, dict.fromkeys(own, 1.0))
    if groups:
        sequence = f" {' '.join(terms(text))} "
        for name, synonyms in Theme.objects.values_list("name", "synonyms"):
            phrases = [phrase for phrase in map(terms, [name, *synonyms]) if phrase]
            asked = next((phrase for phrase in phrases if f" {' '.join(phrase)} " in sequence), None)
            if asked is not None:
                target = next(group for own, group in groups.items() if set(own) & set(asked))
                for phrase in phrases:
                    for term in phrase:
                        target.setdefault(term, SYNONYM_WEIGHT / len(phrase))
    return [AskedWord(group) for group in groups.values()]
