"""The bar of those who hold a role: what they may do with the page shown, and the way to their desk.

Given by the applications that own the matter, each in a file of that matter (practices/role_bar_links.py for one):

    register("relectures", _reviews, order=30)

`links(user, shown)` yields links for this person, or none; `shown` is the context of the page's template, where the thing
shown goes by the name of its kind (`page`, `group`, `topic`, `session`). What says whether a person holds a role is read with
the account (kb_site/accounts/user_annotations.py): a member without role costs no query, and their page no byte.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class BarLink:
    """One way: its words, its address, and how many things wait there, if any do."""

    label: str | Promise
    url: str
    count: int = 0


Links = Callable[[Any, Any], Iterable[BarLink]]
_sources: dict[str, tuple[int, Links]] = {}
_landings: dict[str, tuple[int, Callable[[Any], str]]] = {}


def register(name: str, links: Links, *, order: int) -> None:
    """Add links to the bar, a lower `order` first; the same name again replaces them."""
    _sources[name] = order, links


def register_landing(name: str, address: Callable[[Any], str], *, order: int) -> None:
    """Say where a role lands after signing in: `address(user)` returns nothing for who does not hold it."""
    _landings[name] = order, address


def links_for(user: Any, shown: Any) -> list[BarLink]:
    """Return the links of this person on the page shown; none for who holds no role."""
    if not (user.is_authenticated and user.is_approved):
        return []
    return [
        link for _order, links in sorted(_sources.values(), key=lambda source: source[0]) for link in links(user, shown)
    ]


def landing_of(user: Any) -> str:
    """Return the address of this person's desk, "" when the first page is theirs too."""
    if not user.is_approved:
        return ""
    addresses = (address(user) for _order, address in sorted(_landings.values(), key=lambda landing: landing[0]))
    return next(filter(None, addresses), "")
