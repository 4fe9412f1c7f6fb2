"""Structures brought in together: rows pasted from a spreadsheet, each known by its SIRET."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kb_site.french.letters import strip_accents

from ..choices import DEPARTEMENTS, SiaeType
from ..models import Network, Structure
from ..siret import read_siret

COLUMNS = ("siret", "nom", "type", "departement", "reseau")


@dataclass
class Row:
    """One line: the structure as it would be stored, and what is wrong with it."""

    number: int
    structure: Structure
    is_new: bool
    problems: list[str] = field(default_factory=list)


def _plain(text: str) -> str:
    """Return words as they are compared: without accents, capitals nor double spaces."""
    return " ".join(strip_accents(text.casefold()).split())


def _by_words(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {_plain(str(word)): code for code, label in choices for word in (code, label)}


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield number and cells of each row. A first row that names columns may put them in another order."""
    lines = io.StringIO(text.strip("\ufeff\r\n"), newline=None)
    separator = max("\t;,", key=lines.readline().count)
    lines.seek(0)
    order: list[str] = list(COLUMNS)
    for number, cells in enumerate(csv.reader(lines, delimiter=separator), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        names = [_plain(cell) for cell in cells]
        if number == 1 and {"siret", "nom"} <= set(names):
            order = names
            continue
        yield number, dict(zip(order, (cell.strip() for cell in cells), strict=False))


def read_structures(text: str) -> list[Row]:
    """Return what each pasted row would become: a structure known by its SIRET, or by its name and département while its
    SIRET is not known, else a new one."""
    types, departments = _by_words(SiaeType.choices), _by_words(DEPARTEMENTS)
    networks = {_plain(network.name): network for network in Network.objects.all()}
    known = list(Structure.objects.all())
    by_siret = {one.siret: one for one in known if one.siret}
    by_name = {(_plain(one.name), one.territory): one for one in known if not one.siret}
    seen: dict[str, int] = {}
    named: dict[tuple[str, str], int] = {}
    rows = []
    for number, cells in _lines(text):
        siret, name = read_siret(cells.get("siret", "")), " ".join(cells.get("nom", "").split())
        territory = departments.get(_plain(cells.get("departement", "").zfill(2)), "")
        found = by_siret.get(siret) or by_name.pop((_plain(name), territory), None)
        structure = found or Structure()
        row = Row(number, structure, is_new=found is None)
        kind, network = types.get(_plain(cells.get("type", "")), ""), cells.get("reseau", "")
        if not siret:
            row.problems.append(_("Le SIRET manque."))
        elif siret in seen:
            row.problems.append(_("Ce SIRET est déjà à la ligne %s.") % seen[siret])
        if cells.get("type") and not kind:
            row.problems.append(_("Type inconnu : « %s ».") % cells["type"])
        if cells.get("departement") and not territory:
            row.problems.append(_("Département inconnu : « %s ».") % cells["departement"])
        if network and _plain(network) not in networks:
            row.problems.append(_("Réseau inconnu : « %s ».") % network)
        seen.setdefault(siret, number)
        structure.siret, structure.name = siret, name or structure.name
        structure.siae_type, structure.territory = kind or structure.siae_type, territory or structure.territory
        structure.network = networks.get(_plain(network), structure.network)
        first = named.setdefault((structure.name.lower(), structure.territory), number)
        if first != number:
            row.problems.append(_("Ce nom est déjà à la ligne %s, dans ce département.") % first)
        if not row.problems:
            row.problems += _faults(structure)
        rows.append(row)
    return rows


def _faults(structure: Structure) -> list[str]:
    try:
        structure.full_clean()
    except ValidationError as error:
        labels = {one.name: one.verbose_name for one in Structure._meta.fields}
        return [
            " : ".join([*([str(labels[name])] if name in labels else []), " ".join(words)])
            for name, words in error.message_dict.items()
        ]
    return []


@transaction.atomic
def store_structures(text: str) -> list[Row]:
    """Store the structures of these rows, all or none; return them, with what is wrong where nothing was stored."""
    rows = read_structures(text)
    if not any(row.problems for row in rows):
        for row in rows:
            row.structure.save()
    return rows
