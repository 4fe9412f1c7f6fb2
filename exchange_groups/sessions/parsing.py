"""What addresses and forms say, before it is believed."""

from collections.abc import Mapping

ID_DIGITS = 9  # fits in the integers of the database


def is_id(text: str) -> bool:
    """Whether this text may be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) <= ID_DIGITS


def numbers_after(prefix: str, data: Mapping[str, str]) -> dict[int, str]:
    """Return {id: value} of the fields named « prefix12 »; other names are left out."""
    named = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
    return {int(number): value for number, value in named.items() if is_id(number)}
