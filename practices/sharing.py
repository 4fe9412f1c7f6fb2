"""What a link to a card, a tool, a resource or a dossier shows of it."""

from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.sharing.kinds import Shared, ShareKind, register
from kb_site.sharing.structured_data import article, how_to

from .models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from .models.visibility import VisiblePage
from .templatetags.practices import mb_range


def public_pages(model: type[VisiblePage]) -> Any:
    """Pages of this model that a visitor reads, with what their own page shows beside them."""
    return model.objects.for_serving().visible_to(AnonymousUser()).order_by("pk")


def path_of(page: Any) -> str:
    return page.get_url() or "/"


def article_of(page: Any) -> dict[str, Any]:
    return article(
        headline=page.title,
        description=page.summary,
        path=path_of(page),
        published=page.first_published_at,
        modified=page.last_published_at,
    )


def _card(card: PracticePage) -> Shared:
    cards = reverse("practice_list")
    steps = [step.value["title"] for step in card.steps]
    section = card.section
    slug, title = (section["slug"], section["title"]) if isinstance(section, dict) else (section.slug, section.title)
    return Shared(
        title=card.title,
        summary=card.summary,
        path=path_of(card),
        label=_("Fiche pratique"),
        facts=(_("Data : %s") % mb_range(card.data_mb_per_hour),),
        crumbs=((_("Pratiques"), cards), (title, f"{cards}?reseau={slug}")),
        structured=[article_of(card), *([how_to(name=card.title, steps=steps)] if steps else [])],
    )


def _page(page: Any, *, label: Any, above: Any, list_name: str) -> Shared:
    return Shared(
        title=page.title,
        summary=page.summary,
        path=path_of(page),
        label=str(label),
        crumbs=((str(above), reverse(list_name)),),
        structured=[article_of(page)],
    )


def _register(name: str, model: type[VisiblePage], describe: Any, *, members_send: bool = False) -> None:
    public = partial(public_pages, model)
    register(
        ShareKind(
            name,
            model,
            public,
            describe,
            VisiblePage.is_visible_to_all,
            path_of,
            changed="last_published_at",
            members_send=members_send,
        )
    )


RESOURCES = gettext_lazy("Ressources")
_register("fiche", PracticePage, _card, members_send=True)
_register(
    "outil", ToolPage, partial(_page, label=gettext_lazy("Outil"), above=gettext_lazy("Outils"), list_name="tool_list")
)
_register(
    "ressource",
    ResourcePage,
    partial(_page, label=gettext_lazy("Ressource"), above=RESOURCES, list_name="resource_list"),
)
_register(
    "dossier", DossierPage, partial(_page, label=gettext_lazy("Dossier"), above=RESOURCES, list_name="resource_list")
)
_register(
    "orientation",
    OrientationPage,
    partial(
        _page,
        label=gettext_lazy("Orientation"),
        above=gettext_lazy("Orientations"),
        list_name="orientation_list",
    ),
)
