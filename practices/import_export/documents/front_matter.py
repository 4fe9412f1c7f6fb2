"""The head of a Markdown file: YAML between « --- », or TOML between « +++ »."""

import re
import tomllib
from typing import Any

import yaml
from django.utils.translation import gettext as _

MAXIMUM_HEAD = 20_000
_HEAD = re.compile(r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<head>.*?\n)?(?P=mark)[ \t]*(?:\n|\Z)", re.DOTALL)
SEPARATOR = " ; "


class HeadError(Exception):
    """The head cannot be read; the message says why, in French."""


def split_head(text: str) -> tuple[dict[str, str], str]:
    """Return what the head says, each value as the text of a cell, and the rest. Raises HeadError."""
    match = _HEAD.match(text)
    if match is None:
        return {}, text
    head = match["head"] or ""
    if len(head) > MAXIMUM_HEAD:
        raise HeadError(_("Son en-tête est trop long."))
    read = tomllib.loads if match["mark"] == "+++" else _yaml
    try:
        said = read(head)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise HeadError(_("Son en-tête (entre « %s ») ne se lit pas.") % match["mark"]) from error
    facts = {str(name): _as_cell(value) for name, value in (said or {}).items()} if isinstance(said, dict) else {}
    return {name: value for name, value in facts.items() if value}, text[match.end() :]


def _yaml(head: str) -> Any:
    """Read every value as text: « 2024-02-14 », « 1.10 » and « oui » stay as they were typed. Aliases are refused."""
    for token in yaml.scan(head):
        if isinstance(token, yaml.AliasToken):
            raise yaml.YAMLError
    return yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 (BaseLoader makes texts, lists and tables only)


def _as_cell(value: Any) -> str:
    if isinstance(value, dict):
        return SEPARATOR.join(f"{name} : {_as_cell(one)}" for name, one in value.items() if one)
    if isinstance(value, list):
        return SEPARATOR.join(filter(None, map(_as_cell, value)))
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return "" if value is None else str(value).strip()
