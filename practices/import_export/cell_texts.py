"""The text of a cell as every kind of file gives it: one kind of line break, nothing unseen, errors told apart."""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils.escape import unescape

from kb_site.control_characters import without_control_characters

from .limits import Unreadable

# What spreadsheets show where a formula fails, in English and in French (Excel, LibreOffice).
ERRORS = frozenset(
    (
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
        "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!", "#PROPAGATION!", "#CALCUL!", "#NA",
    )
)  # fmt: skip
FORMULA = "#FORMULE!"  # ours, for a formula that was never computed


def text_of(value: Any) -> str:
    """Return the text of a value; Unreadable for an error of the spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    text = unescape(str(value)) if isinstance(value, str) else str(value)
    text = without_control_characters(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if text == FORMULA:
        return formula_without_value()
    if text.upper() in ERRORS:
        return Unreadable(text, _("le tableur y montre l’erreur %s : corrigez la cellule.") % text)
    return text


def formula_without_value() -> Unreadable:
    """Return what stands for a formula whose result is not in the file."""
    return Unreadable(
        FORMULA,
        _("une formule sans résultat : ouvrez le fichier dans le tableur, enregistrez-le, ou collez la valeur."),
    )
