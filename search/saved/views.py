"""Keep a search, see the list in one's account, change, delete."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import button_of, preparing_account_required
from kb_site.accounts.principals import principals_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import SeeOther, form_status

from ..listings import described
from ..queries import SearchQuery
from . import services
from .forms import SavedSearchForm
from .models import SavedSearch

NAME_LENGTH = 100


def _form_page(request: HttpRequest, form: SavedSearchForm, query: SearchQuery, **context: Any) -> HttpResponse:
    status = form_status(form)
    context |= {"form": form, "described": described(query)}
    return render(request, "search/saved_search_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@preparing_account_required
def saved_search_add(request: MemberRequest) -> HttpResponse:
    """Keep the search of this address; nothing to keep leads back to search."""
    query = SearchQuery.from_params(request.GET, principals=principals_of(request.user))
    if not query.text and not query.facets:
        return redirect("search")
    form = SavedSearchForm(
        request.POST if request.method == "POST" else None, initial={"name": described(query)[:NAME_LENGTH]}
    )
    if form.is_valid():
        try:
            services.save_search(user=request.user, query=query, **form.cleaned_data)
        except services.TooManySavedSearches as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("La recherche est enregistrée dans votre compte."))
            return SeeOther(reverse("saved_search_list"))
    return _form_page(request, form, query)


@require_safe
@preparing_account_required
def saved_search_list(request: MemberRequest) -> HttpResponse:
    """One's saved searches."""
    return render(request, "search/saved_search_list.html", {"saved": SavedSearch.objects.filter(user=request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@preparing_account_required
def saved_search_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Rename one of one's saved searches, change how often it is told."""
    saved = get_object_or_404(SavedSearch, user=request.user, pk=pk)
    form = SavedSearchForm(request.POST if request.method == "POST" else None, instance=saved)
    if form.is_valid():
        stored = SavedSearch.objects.get(pk=pk)
        services.change_saved_search(saved=stored, **form.cleaned_data)
        messages.success(request, _("C’est enregistré."))
        return SeeOther(reverse("saved_search_list"))
    return _form_page(request, form, saved.searched, saved=saved)


@button_of("saved_search_edit", "pk")
@preparing_account_required
def saved_search_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget one of one's saved searches; twice is harmless."""
    SavedSearch.objects.filter(user=request.user, pk=pk).delete()
    messages.success(request, _("La recherche est supprimée."))
    return SeeOther(reverse("saved_search_list"))
