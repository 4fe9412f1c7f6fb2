"""Themes are proposed to editors as they type any of their words: name, synonym, without accents, one letter wrong."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.search.backends import get_search_backend

from .models import Theme

MOST = 10


@require_admin_access
@require_safe
def theme_names(request: HttpRequest) -> JsonResponse:
    """Answer the field of themes in the form of a card: names, the closest first. In the place of Wagtail's own."""
    typed = request.GET.get("term", "").replace("\x00", "").strip()
    themes = get_search_backend().autocomplete(typed, Theme.objects.all())[:MOST] if typed else []
    return JsonResponse([theme.name for theme in themes], safe=False)
