"""Tokens, made by those who publish, each sees their own; and addresses told of what changes, for administrators."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kb_site.addresses import absolute
from kb_site.http import SeeOther, form_status, is_id
from practices.access import publisher_required

from .models import ApiToken, Webhook

MOST = 20


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ApiToken
        fields = ["name"]


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    address = forms.URLField(
        label=gettext_lazy("adresse qui reçoit"), assume_scheme="https", help_text=gettext_lazy("En https://.")
    )

    class Meta:
        model = Webhook
        fields = ["name", "address"]

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if not address.startswith("https://"):
            raise forms.ValidationError(_("Une adresse en https:// : ce qui y part ne doit pas être lu en chemin."))
        return address


def _named(rows: QuerySet[Any], request: HttpRequest) -> Any:
    key = str(request.POST["retirer"])
    return get_object_or_404(rows, pk=int(key) if is_id(key) else 0)


@publisher_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponseBase:
    """One's tokens; « retirer » names one, else the form makes a new one, whose text is said once."""
    mine = ApiToken.objects.filter(created_by=request.user)  # type: ignore[misc]
    if "retirer" in request.POST:
        _named(mine, request).delete()
        messages.success(request, _("Ce jeton n’ouvre plus rien."))
        return SeeOther(request.path)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if mine.count() >= MOST:
            form.add_error("name", _("Vous avez déjà %s jetons : retirez ceux qui ne servent plus.") % MOST)
        else:
            _token, text = ApiToken.make(name=form.cleaned_data["name"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Copiez ce jeton maintenant, il ne sera plus montré : %s") % text)
            return SeeOther(request.path)
    context = {
        "header_title": _("Ouvrir le site à d’autres"),
        "header_icon": "key",
        "breadcrumbs_items": [{"url": "", "label": _("Ouvrir le site à d’autres")}],
        "form": form,
        "tokens": mine,
        "root": absolute("/"),
    }
    return render(request, "api/admin/api_tokens.html", context, status=form_status(form))


@publisher_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponseBase:
    """The addresses told of what is published; a new one's secret is said once."""
    if not request.user.is_superuser:  # type: ignore[union-attr]
        raise PermissionDenied
    if "retirer" in request.POST:
        _named(Webhook.objects.all(), request).delete()
        messages.success(request, _("Cette adresse n’est plus prévenue."))
        return SeeOther(request.path)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.instance.created_by = request.user
        made = form.save()
        messages.success(request, _("Copiez ce secret maintenant, il ne sera plus montré : %s") % made.secret)
        return SeeOther(request.path)
    context = {
        "header_title": _("Prévenir d’autres sites"),
        "header_icon": "mail",
        "breadcrumbs_items": [
            {"url": reverse("api_tokens"), "label": _("Ouvrir le site à d’autres")},
            {"url": "", "label": _("Prévenir d’autres sites")},
        ],
        "form": form,
        "webhooks": Webhook.objects.all(),
    }
    return render(request, "api/admin/webhooks.html", context, status=form_status(form))
