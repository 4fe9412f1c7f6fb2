"""What a person wrote in a form that is refused, so that the page of the refusal gives it back."""

import re

from django.http import HttpRequest

# A sentence, not what a form carries for itself: a key, a choice, an address, a date.
_WORDS = re.compile(r"\S\s+\S")
_SECRETS = frozenset({"csrfmiddlewaretoken", "password"})


def typed_words(request: HttpRequest) -> list[str]:
    """Return the sentences of a posted form, each once, in the order of its fields; none when a page is only read."""
    values = [value.strip() for name, texts in request.POST.lists() if name not in _SECRETS for value in texts]
    return list(dict.fromkeys(value for value in values if _WORDS.search(value)))
