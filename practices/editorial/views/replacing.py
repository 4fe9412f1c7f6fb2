"""The screen that stands before the deletion of a condition, a theme or a tool that cards hold."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from kb_site.http import form_status

from ...models import Condition, Theme, ToolPage
from ..services.replacing import holders_of, replace_everywhere, replacements_for

KINDS: dict[str, type[Any]] = {"condition": Condition, "theme": Theme, "outil": ToolPage}


class ReplacementForm(forms.Form):
    """What takes the place of the thing, or nothing."""

    replacement = forms.ModelChoiceField(
        Condition.objects.none(),
        label=gettext_lazy("Par quoi le remplacer"),
        required=False,
        empty_label=str(gettext_lazy("Par rien : l’enlever de ces fiches")),
    )

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replacement: Any = self.fields["replacement"]
        replacement.queryset = replacements_for(thing)


def address_of(thing: Any) -> str:
    """Return the address of the screen for this thing."""
    kind = next(name for name, model in KINDS.items() if isinstance(thing, model))
    return reverse("replace_everywhere", args=[kind, thing.pk])


def _may_delete(user: Any, thing: Any) -> bool:
    if isinstance(thing, ToolPage):
        return bool(thing.permissions_for_user(user).can_delete())
    return bool(policy_registry.get_by_type(type(thing)).user_has_permission(user, "delete"))


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """List the cards, drafts and reviews that hold a thing; replace it there; then it may be deleted."""
    if kind not in KINDS:
        raise Http404
    thing = get_object_or_404(KINDS[kind], pk=pk)
    if not _may_delete(request.user, thing):
        raise PermissionDenied
    form = ReplacementForm(request.POST if request.method == "POST" else None, thing=thing)
    if form.is_valid():
        count = replace_everywhere(thing=thing, by=request.user, replacement=form.cleaned_data["replacement"])
        messages.success(request, _("%s fiche(s) changée(s) : vous pouvez maintenant l’effacer.") % count)
        return redirect(_deletion_of(thing))
    title = _("« %s » sert encore") % thing
    context = {
        "thing": thing,
        "holders": [(card, _state_of(card)) for card in holders_of(thing)],
        "form": form,
        "header_title": title,
        "page_title": title,
        "header_icon": "warning",
    }
    return render(request, "editorial/admin/replace.html", context, status=form_status(form))


def _state_of(card: Any) -> str:
    if card.current_workflow_state is not None:
        return _("en relecture")
    if card.live:
        return _("en ligne, avec un brouillon") if card.has_unpublished_changes else _("en ligne")
    return _("brouillon")


def _deletion_of(thing: Any) -> str:
    if isinstance(thing, ToolPage):
        return reverse("wagtailadmin_pages:delete", args=[thing.pk])
    return reverse(f"wagtailsnippets_practices_{thing._meta.model_name}:delete", args=[thing.pk])
