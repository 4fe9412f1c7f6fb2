"""The structure every site has: groups of accounts, the page tree, one section per network."""

import tomllib
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from django.db import transaction
from wagtail.models import Page, Site, Task, Workflow

from exchange_groups.sessions.sample_content import ensure_methods
from kb_site.accounts import groups
from kb_site.accounts.models import Network
from practices.editorial.services.review import ensure_workflow
from practices.models import (
    OrientationIndexPage,
    PracticeIndexPage,
    PracticeSectionPage,
    ResourceIndexPage,
    ToolIndexPage,
)

from .blanks import BLANK
from .models import HomePage, TextPage

DECLARED = ("mentions-legales", "donnees-personnelles", "accessibilite")
P = TypeVar("P", bound=Page)


def _ensure_child(parent: Page, model: type[P], *, slug: str, **fields: object) -> P:
    child = model.objects.child_of(parent).filter(slug=slug).first()
    return child or parent.add_child(instance=model(slug=slug, **fields))


@transaction.atomic
def ensure_site_structure(*, name: str, host: str, port: int) -> HomePage:
    """Create what is missing of groups, page tree and sections; what exists is left as editors made it."""
    for group_name in (groups.MEMBERS, groups.PARTNERS, groups.FACILITATORS):
        groups.ensure_group(group_name)
    coordination = groups.ensure_group(groups.COORDINATION, groups.COORDINATION_PERMISSIONS)

    root = Page.get_first_root_node()
    _in_words_of_ours(root)
    home = HomePage.objects.first()
    if home is None:
        Page.objects.filter(depth=2, slug="home").delete()  # the welcome page of a new Wagtail
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title=name, slug="accueil"))
    address: dict[str, Any] = {"hostname": host, "port": port}
    Site.objects.update_or_create(
        is_default_site=True, defaults=address, create_defaults=address | {"site_name": name, "root_page": home}
    )
    # Absolute addresses of the sitemap come from it.
    domain = host if port in {80, 443} else f"{host}:{port}"
    DjangoSite.objects.update_or_create(pk=settings.SITE_ID, defaults={"domain": domain})
    DjangoSite.objects.filter(pk=settings.SITE_ID, name__in=("", "example.com")).update(name=name)

    cards = _ensure_child(home, PracticeIndexPage, slug="pratiques", title="Fiches pratiques")
    tools = _ensure_child(home, ToolIndexPage, slug="outils", title="Outils")
    resources = _ensure_child(home, ResourceIndexPage, slug="ressources", title="Ressources")
    orientations = _ensure_child(home, OrientationIndexPage, slug="orientations", title="Orientations")
    for page in (cards, tools, resources, orientations):
        groups.allow_on_page(coordination, page)
    _leave_to_declarations()
    for path in sorted((settings.BASE_DIR / "fixtures" / "pages").glob("*.toml")):
        _ensure_child(home, TextPage, slug=path.stem, **tomllib.loads(path.read_text("utf-8")))
    ensure_methods()
    for network in Network.objects.select_related("section"):
        if not hasattr(network, "section"):
            open_section(network)
        else:
            # A new version may give editors more to do.
            groups.ensure_group(groups.editors_group_name(network), groups.EDITOR_PERMISSIONS)
            _ensure_review(network.section)
    return home


def _leave_to_declarations() -> None:
    """Delete the pages of the law that nobody completed: kb_site/compliance/ answers at their addresses since."""
    for page in TextPage.objects.filter(slug__in=DECLARED, body__contains=BLANK):
        page.delete()


def _in_words_of_ours(root: Page) -> None:
    """Name in French what a new Wagtail names in English, unless somebody named it otherwise."""
    Page.objects.filter(pk=root.pk, title="Root").update(title="Tout le site", draft_title="Tout le site")
    for model in (Workflow, Task):
        model.objects.filter(name="Moderators approval").update(name="Relecture générale")


@transaction.atomic
def open_section(network: Network) -> PracticeSectionPage:
    """Create the section of a network under « Pratiques », its editors' group with its rights, and its workflow."""
    cards = PracticeIndexPage.objects.get()
    section = _ensure_child(cards, PracticeSectionPage, slug=network.slug, title=network.name, network=network)
    editors = groups.ensure_group(groups.editors_group_name(network), groups.EDITOR_PERMISSIONS)
    groups.allow_on_page(editors, section)
    # Tools, resources and orientations are shared by the networks: any editor keeps them.
    for page in (ToolIndexPage.objects.get(), ResourceIndexPage.objects.get(), OrientationIndexPage.objects.get()):
        groups.allow_on_page(editors, page)
    _ensure_review(section)
    return section


def _ensure_review(section: PracticeSectionPage) -> None:
    """Give a section its own workflow, held by its editors and by the coordination."""
    names = [groups.editors_group_name(section.network), groups.COORDINATION]
    ensure_workflow(section=section, editors=[groups.ensure_group(name) for name in names])
