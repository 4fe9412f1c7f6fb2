"""Which pages cite a fact of the register, and which say another figure than it does."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import CharField, ForeignKey, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from kb_site.facts.citations import CITATION, MARK, codes_in, texts_in, unreadable_in
from kb_site.facts.models import Fact, Unit

from .text_normalization import folded

NUMBER = r"\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?"
# Unit → how a text writes it, and what one of it is worth in the unit of the register.
WRITTEN: dict[str, dict[str, int]] = {
    Unit.MB_PER_HOUR: {"mo": 1, "go": 1000},
    Unit.PERCENT: {"%": 1, "pour cent": 1},
    Unit.MINUTES: {"min": 1, "minutes?": 1},
    Unit.DAYS: {"jours?": 1},
    Unit.MONTHS: {"mois": 1},
    Unit.YEARS: {"ans?": 1},
    Unit.PEOPLE: {"personnes?": 1},
    Unit.EUROS: {"euros?": 1, "€": 1},
    Unit.CRITERIA: {"criteres?": 1},
}
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
_WORD = re.compile(r"\w+")


def citing_models() -> list[type[Page]]:
    """Return the types of page that readers read, whichever app they are of."""
    from .models.visibility import VisiblePage  # imports this file

    return [model for model in apps.get_models() if issubclass(model, VisiblePage)]


def pages_citing(fact: Fact) -> list[Page]:
    """Return the published pages whose words, or whose figures, rest on this fact."""
    found: dict[int, Page] = {}
    for model in citing_models():
        within = Q(pk__in=[])
        for name in _long_texts(model):
            within |= Q(**{f"{name}_text__contains": fact.code})
        for field in _chosen(model):
            within |= Q(**{field.name: fact})
        texts = {f"{name}_text": Cast(name, TextField()) for name in _long_texts(model)}
        for page in model.objects.live().alias(**texts).filter(within):
            if fact.code in cited_by(page):
                found[page.pk] = page
    return list(found.values())


def cited_by(page: Page) -> set[str]:
    """Return the short names of the facts that a page rests on: in its words, or chosen for its figures."""
    codes = {code for text in texts_of(page).values() for code in codes_in(text)}
    chosen = (getattr(page, field.name) for field in _chosen(type(page)))
    return codes | {fact.code for fact in chosen if fact is not None}


def texts_of(page: Page) -> dict[str, str]:
    """Return the long texts of a page by field: those where a fact may be cited."""
    texts = {}
    for name in _long_texts(type(page)):
        value = getattr(page, name)
        texts[name] = value if isinstance(value, str) else "\n".join(texts_in(value.get_prep_value()))
    return texts


def citation_errors(page: Page) -> dict[str, str]:
    """Return what is wrong with what a page cites: field → message."""
    errors = {}
    for name, text in texts_of(page).items():
        if MARK in text and (wrong := next(unreadable_in(text), None)):
            errors[name] = wrong
    for field in page._meta.concrete_fields:
        if type(field) is CharField and CITATION.search(getattr(page, field.attname) or ""):
            errors[field.name] = _("Un fait du registre se cite dans un texte long, pas ici : écrivez sans chiffre.")
    return errors


def at_odds(page: Page, facts: Iterable[Fact]) -> Iterator[str]:
    """Yield each sentence that speaks of a fact and says another figure, in words."""
    sentences = [sentence for text in texts_of(page).values() for sentence in _SENTENCE.split(text)]
    read = [(sentence, folded(sentence)) for sentence in sentences if any(sign.isdigit() for sign in sentence)]
    for fact in facts:
        words = set(_WORD.findall(folded(fact.told_by)))
        if fact.range is None or not words:
            continue
        low, high = fact.range
        for sentence, bare in read:
            if words <= set(_WORD.findall(bare)) and any(not low <= said <= high for said in _figures(bare, fact.unit)):
                yield _("« %(sentence)s » ; le registre dit %(shown)s.") % {
                    "sentence": sentence.strip(),
                    "shown": fact.shown,
                }


def _figures(bare: str, unit: str) -> Iterator[Decimal]:
    """Yield the numbers of a text in this unit: both ends of « 0,8 à 2,4 Go »."""
    for written, worth in WRITTEN.get(unit, {}).items():
        for found in re.finditer(rf"(?:({NUMBER})\s*(?:a|et|-|–)\s*)?({NUMBER})\s*{written}(?!\w)", bare):
            yield from (_read(number) * worth for number in found.groups() if number)


def _read(number: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", number).replace(",", "."))


def _long_texts(model: type[Page]) -> list[str]:
    own = [field for field in model._meta.concrete_fields if field.model is not Page]
    return [field.name for field in own if isinstance(field, TextField | StreamField)]


def _chosen(model: type[Page]) -> "list[ForeignKey[Any, Any]]":
    return [
        field for field in model._meta.concrete_fields if isinstance(field, ForeignKey) and field.related_model is Fact
    ]
