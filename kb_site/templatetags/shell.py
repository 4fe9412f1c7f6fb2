"""The shell: links to the main places, and what was wrong in the form that was sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kb_site.compliance.grids import grid_of
from kb_site.role_bar import links_for

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str) -> SafeString:
    """The attributes of a link to a main place, by the name of its address.

    Marked as the current page, or as the part of the site (`true`) that the page shown is in.
    """
    address, shown = reverse(name), context["request"].path
    if shown == address:
        return format_html('href="{}" aria-current="page"', address)
    if shown.startswith(address):
        return format_html('href="{}" aria-current="true"', address)
    return format_html('href="{}"', address)


@register.simple_tag
def conformity() -> str:
    """« Accessibilité : partiellement conforme », which every page must say (decree 2019-768, article 5)."""
    return _("Accessibilité : %s") % grid_of("rgaa").state


@register.inclusion_tag("components/role_bar.html", takes_context=True)
def role_bar(context: template.Context) -> dict[str, Any]:
    """The bar of who holds a role (kb_site/role_bar.py); nothing at all for anyone else."""
    user = context.get("user")
    return {"links": links_for(user, context) if user is not None else []}


@dataclass(frozen=True)
class Refused:
    """A field that is wrong: its label, where it is on the page (empty: nowhere) and why. No label: the form as a whole."""

    label: str
    place: str
    why: str


@register.simple_tag(takes_context=True)
def refused_fields(context: template.Context) -> list[Refused]:
    """What is wrong in the forms of a page, in the order of their fields: told first, and in the title of the page."""
    sent = {id(form): form for value in context.flatten().values() for form in _forms(value) if form.is_bound}
    return [refused for form in sent.values() for refused in _wrong_in(form)]


def _forms(value: Any) -> Iterable[BaseForm | BaseFormSet[BaseForm]]:
    kind = type(value)  # isinstance() would ask what is lazy: the token of forms, and with it a cookie for everybody
    if issubclass(kind, BaseForm):
        return [value]
    if issubclass(kind, BaseFormSet):
        return [value, *value.forms]
    return [one for one in value if issubclass(type(one), BaseForm)] if issubclass(kind, list | tuple) else []


def _wrong_in(form: BaseForm | BaseFormSet[BaseForm]) -> Iterator[Refused]:
    if isinstance(form, BaseFormSet):
        yield from (Refused("", "", str(why)) for why in form.non_form_errors())
        return
    if not form.errors:
        return
    yield from (Refused("", "", str(why)) for why in form.non_field_errors())
    for field in form:
        for why in field.errors:
            yield Refused(str(field.label).rstrip(" :?"), _place_of(field), str(why))


def _place_of(field: BoundField) -> str:
    """Return the id of what to fill in; the first choice, where there are several."""
    if field.is_hidden:
        return ""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")
