"""Every address of the site, Wagtail's admin included, found from the URLconf and filled in with things of the sample site.

A new address is found by itself. One whose arguments no example fits fails a test (tests/test_matrix.py): its example is a
line of EXAMPLES, by the model of its screens or by the name of the argument.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.admin.viewsets import viewsets

ADMIN = "wagtail.admin.urls"
# The key of an object, whatever its screens call it.
KEYS = frozenset({"pk", "object_id", "id"})


@dataclass(frozen=True)
class Place:
    """An address of the URLconf: its name, namespaces included, and the names of its arguments, in order."""

    name: str
    arguments: tuple[str, ...]
    in_admin: bool

    @property
    def namespace(self) -> str:
        return self.name.rpartition(":")[0]


def places(
    patterns: Any = None, namespace: str = "", arguments: tuple[str, ...] = (), in_admin: bool = False
) -> Iterator[Place]:
    """Yield every named address. Those without a name stand before one of Wagtail's, and answer at its address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        module = getattr(getattr(pattern, "urlconf_module", None), "__name__", "")
        inside = in_admin or module == ADMIN
        own = (*arguments, *pattern.pattern.regex.groupindex)
        if hasattr(pattern, "url_patterns"):
            space = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from places(pattern.url_patterns, space, own, inside)
        elif pattern.name:
            yield Place(f"{namespace}{pattern.name}", own, inside)


def first(label: str, **asked: Any) -> Callable[[], Any]:
    """Return what finds the key of an object of the sample site: the first one; 1 where there is none."""
    return lambda: (
        apps.get_model(label).objects.filter(**asked).order_by("pk").values_list("pk", flat=True).first() or 1
    )


def _card() -> Any:
    from practices.models import PracticePage

    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


# What an argument of this name stands for, wherever it is.
EXAMPLES: dict[str, Any] = {
    "page_id": lambda: _card().pk,
    "page_to_move_id": lambda: _card().pk,
    "parent_page_id": lambda: _card().get_parent().pk,
    "revision_id": lambda: _card().latest_revision_id or 1,
    "content_type_id": lambda: _card().content_type_id,
    **dict.fromkeys(["content_type_app_name", "app_label"], "practices"),
    **dict.fromkeys(["content_type_model_name", "model_name"], "practicepage"),
    "image_id": first("wagtailimages.Image"),
    "document_id": first("wagtaildocs.Document"),
    "slug": "cip-ile-de-france",
}


def keys_by_namespace() -> dict[str, Callable[[], Any]]:
    """Return what finds an object of the model of each set of screens of the admin, by namespace."""
    found = {}
    for screens in viewsets.viewsets:
        model = getattr(screens, "model", None)
        if screens.name and model is not None:
            found[screens.url_namespace] = first(model if isinstance(model, str) else model._meta.label)
    return found


def filled(place: Place, keys: Mapping[str, Callable[[], Any]], values: Mapping[str, Any] | None = None) -> str | None:
    """Return the address of a place; None when nothing fits its arguments. `values`: those that a test names itself."""
    own = values or {}
    for otherwise in (1, "un", "00000000-0000-4000-8000-000000000000"):
        kwargs = {}
        for argument in place.arguments:
            example = keys.get(place.namespace) if argument in KEYS else EXAMPLES.get(argument)
            example = own.get(argument, example)
            kwargs[argument] = otherwise if example is None else example() if callable(example) else example
        try:
            return reverse(place.name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return None


def admin_addresses(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses of Wagtail's admin by name, about the things that a test names by argument."""
    keys = keys_by_namespace()
    found = {place.name: filled(place, keys, values) for place in places() if place.in_admin}
    return {name: address for name, address in found.items() if address is not None}
