"""The register, read by anybody: every fact, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Fact, Kind


@require_safe
def fact_list(request: HttpRequest) -> HttpResponse:
    """All facts, by kind."""
    facts = list(Fact.objects.all())
    kinds = [(label, [fact for fact in facts if fact.kind == kind]) for kind, label in Kind.choices]
    return render(request, "facts/list.html", {"kinds": [(label, found) for label, found in kinds if found]})


@require_safe
def fact(request: HttpRequest, code: str) -> HttpResponse:
    """One fact: its value, what it is worth, its source."""
    return render(request, "facts/fact.html", {"fact": get_object_or_404(Fact, code=code)})
