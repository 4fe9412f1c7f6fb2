"""A card in use: one step a screen, its conditions, what to hand to the employee. Those who read the card read them all."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kb_site.access import refused_to
from kb_site.facts.citations import codes_in, facts_of, with_values

from . import plain_words
from .choices import Strength
from .models import PracticePage
from .models_to_fill import models_for
from .page_context import conditions_in_order
from .sayings import parts_of
from .templatetags.practices import data_level


@require_safe
def step_by_step(request: HttpRequest, section: str, slug: str) -> HttpResponseBase:
    """What to have at hand, each step on a screen with the sentences to say, then the limits. Read without JavaScript."""
    card = get_object_or_404(PracticePage.objects.live().at_address(section, slug))
    if not card.is_visible_to(request.user):
        return refused_to(request)
    conditions = card.condition_links.filter(strength=Strength.INDISPENSABLE).select_related("condition")
    known = facts_of(codes_in(" ".join(step.value["instruction"] for step in card.steps)))
    context = {
        "page": card,
        "conditions": conditions,
        "tools": [link for link in card.ordered_tools if link.tool.live],
        "steps": [
            (step.id, step.value, list(parts_of(with_values(step.value["instruction"], known)))) for step in card.steps
        ],
    }
    return render(request, "practices/step_by_step.html", context)


@require_safe
def conditions_of_card(request: HttpRequest, section: str, slug: str) -> HttpResponseBase:
    """Each condition of the card, how to check it and how to lift it: the essential ones first, as the card lists them."""
    card = get_object_or_404(PracticePage.objects.live().at_address(section, slug))
    if not card.is_visible_to(request.user):
        return refused_to(request)
    context = {"page": card, "conditions": conditions_in_order(card), "to_fill": models_for(card, request.user)}
    return render(request, "practices/conditions.html", context)


@require_safe
def for_the_person(request: HttpRequest, section: str, slug: str) -> HttpResponseBase:
    """The sheet for the employee, in very plain words: to read together, to hear, to print."""
    card = get_object_or_404(PracticePage.objects.live().at_address(section, slug))
    if not card.is_visible_to(request.user):
        return refused_to(request)
    links = card.condition_links.filter(strength=Strength.INDISPENSABLE).select_related("condition")
    context = {
        "page": card,
        "what": plain_words.WHAT_IT_IS[card.kind],
        "ways": [(channel, plain_words.HOW[channel]) for channel in card.channels],
        "needs": [link.condition.label for link in links if link.condition.dimension in plain_words.OF_THE_PERSON],
        "data": plain_words.DATA[data_level(card.data_mb_per_hour)],
        "kept": plain_words.KEPT[card.data_processed],
    }
    return render(request, "practices/for_the_person.html", context)
