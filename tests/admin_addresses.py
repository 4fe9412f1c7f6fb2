"""Every address of Wagtail's admin, found from the URLconf, filled in with the things that a test names."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse


def named_patterns(patterns: Any, namespace: str = "", inside: bool = False) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of each address of the admin, namespace included, and the names of its arguments."""
    for pattern in patterns:
        module = getattr(getattr(pattern, "urlconf_module", None), "__name__", "")
        within = inside or module == "wagtail.admin.urls"
        if hasattr(pattern, "url_patterns"):
            space = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_patterns(pattern.url_patterns, space, within)
        elif within and pattern.name:
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.regex.groupindex)


def admin_addresses(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses by name; an argument takes the value of its name, else 1, or « 1 » where words are wanted.

    Those whose arguments nothing fits are left out.
    """
    found = {}
    for name, arguments in set(named_patterns(get_resolver().url_patterns)):
        for kwargs in (
            {one: values.get(one, 1) for one in arguments},
            {one: values.get(one, "a") for one in arguments},
        ):
            try:
                found[name] = reverse(name, kwargs=kwargs)
                break
            except NoReverseMatch:
                continue
    return found
