"""How each kind of field of a card is written in a cell, and read back."""

import datetime
import re
from collections.abc import Callable, Container, Iterator
from functools import cached_property, partial
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.accounts.models import Structure, User
from kb_site.facts.models import Fact

from ..choices import Strength, Usage
from ..fields import ChoiceArrayField
from ..models import (
    Condition,
    PracticeCondition,
    PracticePage,
    PracticeTheme,
    PracticeTool,
    ResourcePage,
    ResourceTheme,
    Theme,
    ToolPage,
    ToolTheme,
)
from ..text_normalization import folded
from . import blocks
from .durations import read_minutes
from .limits import CellError

SEPARATOR = " ; "
_SPLIT = re.compile(r"[;\n]")
_UNITS = r"min(?:utes?)?|mn|pers(?:onnes?)?|participants?|mo|mois|places?"
_MONTHS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6,
    "juillet": 7, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
_INSTANT = re.compile(r"^(\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_LINK_LINE = re.compile(r"^(?P<name>[^(:]+?)\s*(?:\((?P<kind>[^)]*)\))?\s*(?::\s*(?P<note>.*))?$")


class Known:
    """What cells may name, asked of the database once for a whole file."""

    @cached_property
    def themes(self) -> dict[str, Theme]:
        return {folded(name): theme for theme in Theme.objects.all() for name in (theme.name, theme.slug)}

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        return {condition.slug: condition for condition in Condition.objects.all()}

    @cached_property
    def tools(self) -> dict[str, ToolPage]:
        return {tool.slug: tool for tool in ToolPage.objects.all()}

    @cached_property
    def structures(self) -> dict[str, Structure]:
        return {folded(structure.name): structure for structure in Structure.objects.all()}

    @cached_property
    def people(self) -> dict[str, User]:
        approved = User.objects.filter(is_active=True, status=User.Status.APPROVED)
        return {person.email.lower(): person for person in approved}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.code: fact for fact in Fact.objects.all()}


Read = Callable[[str, Known], Any]
Write = Callable[[Any], str]
# What a tag of a theme is called on each kind of page.
THEME_ITEMS: dict[Any, Any] = {PracticePage: PracticeTheme, ToolPage: ToolTheme, ResourcePage: ResourceTheme}


def codec(model: type[Any], field_name: str) -> tuple[Read, Write, Any]:
    """Return how to read a cell of this field of this kind of page, how to write it, and what to tell who fills it."""
    if field_name == "themes":
        return partial(_read_themes, THEME_ITEMS[model]), _write_themes, _THEMES_HELP
    if field_name in SPECIAL:
        return SPECIAL[field_name]
    field: Any = model._meta.get_field(field_name)
    return _codec_of_choices(field) or _codec_of_values(field)


def _codec_of_choices(field: Any) -> tuple[Read, Write, Any] | None:
    field_name = field.name
    if isinstance(field, ChoiceArrayField):
        choices = _choices(field.base_field)
        told = _("Un ou plusieurs, séparés par des points-virgules : %s.") % SEPARATOR.join(choices.values())
        return partial(_read_codes, choices), partial(_write_codes, field_name, choices), told
    if getattr(field, "choices", None):
        choices = _choices(field)
        told = _("Au choix : %s.") % SEPARATOR.join(choices.values())
        return partial(_read_code, choices, field.null), partial(_write_code, field_name, choices), told
    return None


def _codec_of_values(field: Any) -> tuple[Read, Write, Any]:
    field_name = field.name
    if field.related_model is Fact:
        return _read_fact, partial(_write_fact, field_name), _("Le nom court d’un fait du registre.")
    if isinstance(field, models.BooleanField):
        return _read_yes_or_no, partial(_write_yes_or_no, field_name), _("oui ou non.")
    if isinstance(field, models.DateField):
        return _read_date, partial(_write_date, field_name), _("Une date : 2026-03-31 ou 31/03/2026.")
    if isinstance(field, models.IntegerField):
        return _read_number, partial(_write_text, field_name), _("Un nombre entier.")
    return _read_text, partial(_write_text, field_name), _("Du texte.")


def _choices(field: Any) -> dict[Any, str]:
    return {code: str(label) for code, label in field.flatchoices}


def _read_text(text: str, known: Known) -> str:
    return text


def _read_code(choices: dict[Any, str], nullable: bool, text: str, known: Known | None = None) -> Any:
    if not text:
        return None if nullable else ""
    wanted = folded(text)
    for code, label in choices.items():
        if wanted in (folded(str(code)), folded(label)):
            return code
    raise CellError(
        _("« %(text)s » n’est pas dans la liste (%(list)s).") % {"text": text[:60], "list": ", ".join(choices.values())}
    )


def _write_code(field: str, choices: dict[Any, str], card: Any) -> str:
    return choices.get(getattr(card, field), "")


def _read_codes(choices: dict[Any, str], text: str, known: Known) -> list[Any]:
    names = {folded(name) for code, label in choices.items() for name in (str(code), label)}
    return list(dict.fromkeys(_read_code(choices, False, part) for part in _parts(text, names)))


def _parts(text: str, names: Container[str]) -> Iterator[str]:
    """Cut a list into its items, `names` being those that are known, folded.

    Semicolons and ends of lines separate them; commas too, unless they are part of a name.
    """
    for part in filter(None, (one.strip() for one in _SPLIT.split(text))):
        pieces = [part] if folded(part) in names else [piece.strip() for piece in part.split(",")]
        at = 0
        while at < len(pieces):
            # The longest run of pieces that is one name; a piece alone when none is.
            ends = range(len(pieces), at + 1, -1)
            end = next((end for end in ends if folded(", ".join(pieces[at:end])) in names), at + 1)
            if found := ", ".join(pieces[at:end]):
                yield found
            at = end


def _write_codes(field: str, choices: dict[Any, str], card: Any) -> str:
    return SEPARATOR.join(choices[code] for code in getattr(card, field) if code in choices)


def _write_text(field: str, card: Any) -> str:
    value = getattr(card, field)
    return "" if value is None else str(value)


def _read_number(text: str, known: Known) -> int | None:
    if not text:
        return None
    # A spreadsheet may say 30.0 for 30, and a person « 8 personnes ».
    whole = re.fullmatch(rf"(\d{{1,9}})(?:[.,]0+)?\s*(?:{_UNITS})?\.?", text.strip(), re.IGNORECASE)
    if not whole:
        raise CellError(_("« %s » n’est pas un nombre entier.") % text[:60])
    return int(whole.group(1))


_YES, _NO = {"oui", "vrai", "true", "yes", "1", "x"}, {"", "non", "faux", "false", "no", "0"}


def _read_yes_or_no(text: str, known: Known) -> bool:
    said = folded(text)
    if said not in _YES | _NO:
        raise CellError(_("« %s » ne se lit pas : écrivez oui ou non.") % text[:60])
    return said in _YES


def _write_yes_or_no(field: str, page: Any) -> str:
    return "oui" if getattr(page, field) else "non"


def _read_fact(text: str, known: Known) -> Fact | None:
    if not text:
        return None
    if text not in known.facts:
        raise CellError(_("Le fait « %s » n’est pas au registre.") % text[:60])
    return known.facts[text]


def _write_fact(field: str, page: Any) -> str:
    fact = getattr(page, field)
    return fact.code if fact else ""


def _read_date(text: str, known: Known) -> datetime.date | None:
    if not text:
        return None
    said = folded(text)
    for name, number in _MONTHS.items():
        said = re.sub(rf"\b{name}\b", str(number), said)
    said = re.sub(r"(?<=\d)(?:er)?\s+(?=\d)", "/", said) if said != folded(text) else text.strip()
    said = _INSTANT.sub(r"\1", said)
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.datetime.strptime(said, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise CellError(_("« %s » n’est pas une date : écrivez 2026-03-31 ou 31/03/2026.") % text[:60])


def _write_date(field: str, card: Any) -> str:
    value = getattr(card, field)
    return value.isoformat() if value else ""


def _read_months(text: str, known: Known) -> int:
    choices = {6: "6", 12: "12", 24: "24"}
    months: int = _read_code(choices, False, (text or "12").removesuffix("mois").strip().removesuffix(".0"))
    return months


def _read_themes(item: type[Any], text: str, known: Known) -> list[Any]:
    found: list[Any] = []
    for part in _parts(text, known.themes):
        theme = known.themes.get(folded(part))
        if theme is None:
            raise CellError(_("Le thème « %s » n’existe pas. Demandez-le à la coordination.") % part[:60])
        if theme not in (one.tag for one in found):
            found.append(item(tag=theme))
    return found


def _write_themes(card: Any) -> str:
    return SEPARATOR.join(sorted(item.tag.name for item in card.theme_items.all()))


def _links(text: str) -> list[tuple[str, str, str]]:
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _LINK_LINE.match(line.strip())
        if match is None:
            raise CellError(_("La ligne « %s » ne se lit pas.") % line.strip()[:60])
        found.append((match["name"].strip(), (match["kind"] or "").strip(), (match["note"] or "").strip()))
    return found


def _read_conditions(text: str, known: Known) -> list[PracticeCondition]:
    read = partial(_read_code, {code: str(label) for code, label in Strength.choices}, False)
    found = []
    for order, (name, kind, note) in enumerate(_links(text)):
        if name not in known.conditions:
            raise CellError(_("La condition « %s » n’existe pas.") % name[:60])
        strength = read(kind) or Strength.INDISPENSABLE
        found.append(
            PracticeCondition(condition=known.conditions[name], strength=strength, note=note, sort_order=order)
        )
    return found


def _write_conditions(card: Any) -> str:
    return "\n".join(
        f"{link.condition.slug} ({link.get_strength_display()})" + (f" : {link.note}" if link.note else "")
        for link in card.condition_links.all()
    )


def _read_tools(text: str, known: Known) -> list[PracticeTool]:
    read = partial(_read_code, {code: str(label) for code, label in Usage.choices}, False)
    found = []
    for order, (name, kind, _note) in enumerate(_links(text)):
        if name not in known.tools:
            raise CellError(_("L’outil « %s » n’a pas de fiche.") % name[:60])
        found.append(PracticeTool(tool=known.tools[name], usage=read(kind) or Usage.PRINCIPAL, sort_order=order))
    return found


def _write_tools(card: Any) -> str:
    return "\n".join(f"{link.tool.slug} ({link.get_usage_display()})" for link in card.tool_links.all())


def _read_structure(text: str, known: Known) -> Structure | None:
    if not text:
        return None
    found = known.structures.get(folded(text))
    if found is None:
        raise CellError(_("La structure « %s » n’est pas connue.") % text[:60])
    return found


def _write_structure(card: Any) -> str:
    return card.origin_structure.name if card.origin_structure else ""


def _read_person(text: str, known: Known) -> User | None:
    if not text:
        return None
    found = known.people.get(text.lower())
    if found is None:
        raise CellError(_("Aucun compte validé n’a l’adresse « %s ».") % text[:60])
    return found


def _write_person(field: str, card: Any) -> str:
    person = getattr(card, field)
    return person.email if person else ""


_THEMES_HELP = gettext_lazy("Un ou plusieurs thèmes existants, séparés par des points-virgules.")
_PERSON_HELP = gettext_lazy("L’adresse e-mail d’un compte validé.")
SPECIAL: dict[str, tuple[Read, Write, Any]] = {
    "condition_links": (
        _read_conditions,
        _write_conditions,
        gettext_lazy("Une par ligne : identifiant (indispensable ou recommandée) : précision."),
    ),
    "tool_links": (
        _read_tools,
        _write_tools,
        gettext_lazy("Un par ligne : adresse de la fiche outil (outil principal, autre choix ou repli)."),
    ),
    "duration_minutes": (
        lambda text, known: read_minutes(text),
        partial(_write_text, "duration_minutes"),
        gettext_lazy("En minutes : 45, ou 1h30. De deux durées (30-45), la plus longue est gardée."),
    ),
    "steps": (
        lambda text, known: blocks.read_steps(text),
        blocks.write_steps,
        gettext_lazy("Chaque étape commence par « # Titre ». Dessous, au choix : « Qui : », « Durée : », la consigne, « Astuce : »."),
    ),
    "sources": (lambda text, known: blocks.read_sources(text), blocks.write_sources, gettext_lazy("Une par ligne : titre | adresse | date.")),
    "origin_structure": (_read_structure, _write_structure, gettext_lazy("Le nom d’une structure connue.")),
    "card_owner": (_read_person, partial(_write_person, "card_owner"), _PERSON_HELP),
    "backup_owner": (_read_person, partial(_write_person, "backup_owner"), _PERSON_HELP),
    "review_every_months": (_read_months, partial(_write_text, "review_every_months"), gettext_lazy("6, 12 ou 24.")),
}  # fmt: skip
