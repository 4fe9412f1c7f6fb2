"""What addresses and forms say, before it is believed."""

from collections.abc import Mapping

from kb_site.http import is_id


def numbers_after(prefix: str, data: Mapping[str, str]) -> dict[int, str]:
    """Return {id: value} of the fields named « prefix12 »; other names are left out."""
    named = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
    return {int(number): value for number, value in named.items() if is_id(number)}
