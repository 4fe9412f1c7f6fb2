"""Who may read a page: one rule, as a queryset and as the principals of one page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction
from wagtail.search import index

from kb_site.access import refused_to
from kb_site.accounts.common_reader import Restrictions
from kb_site.accounts.models import User
from kb_site.accounts.principals import MEMBERS, PUBLIC, group_principal, principals_of
from kb_site.admin_search.words import FoundByWords
from kb_site.given_addresses.models import TAKEN, give_all, is_free
from kb_site.http import KEPT_BY_READER
from kb_site.kept.things import kept

from ..choices import Visibility
from ..citations import citation_errors, texts_of
from ..marks import mark_errors
from ..page_sections import section_context

PAGE = "page"  # the kind of what was given (kb_site/given_addresses/): addresses of pages in the tree


def _opened_by(restriction: PageViewRestriction) -> frozenset[str]:
    """Return the principals that a restriction set in Wagtail lets through; a shared password opens to nobody here."""
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return frozenset([MEMBERS])
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return frozenset(group_principal(group.pk) for group in restriction.groups.all())
    return frozenset()


def restrictions() -> Restrictions:
    """Return the path and the opening principals of each restriction; they change seldom, and are kept."""
    return kept("restrictions", _restrictions)


def _restrictions() -> Restrictions:
    rows = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return [(restriction.page.path, _opened_by(restriction)) for restriction in rows]


def _restrictions_for(user: Any) -> Restrictions:
    """Return the restrictions: asked once a request, held by the person."""
    if not hasattr(user, "_page_restrictions"):
        user._page_restrictions = restrictions()
    held: Restrictions = user._page_restrictions
    return held


def _paths_closed_to(user: Any) -> list[str]:
    """Return the paths under which this person reads nothing; found once a request, kept on the person."""
    if not hasattr(user, "_closed_paths"):
        held = principals_of(user)
        user._closed_paths = [path for path, opened in _restrictions_for(user) if not held & opened]
    closed: list[str] = user._closed_paths
    return closed


def closed_paths(user: Any) -> Q:
    """Return the condition that a page lies under a restriction which this person does not pass."""
    closed = Q(pk__in=[])
    for path in _paths_closed_to(user):
        closed |= Q(path__startswith=path)
    return closed


class VisiblePageQuerySet(PageQuerySet):
    """Pages filtered by what a person may read."""

    def visible_to(self, user: Any) -> "VisiblePageQuerySet":
        """Published pages that this person may read."""
        pages = self.live().exclude(closed_paths(user))
        if MEMBERS not in principals_of(user) and any(field.name == "visibility" for field in self.model._meta.fields):
            pages = pages.filter(visibility=Visibility.PUBLIC)
        return pages

    def at_address(self, section: str, slug: str) -> "VisiblePageQuerySet":
        """The page of this name in the section of that name, whoever asks."""
        return self.filter(slug=slug, url_path__endswith=f"/{section}/{slug}/")

    def for_serving(self) -> "VisiblePageQuerySet":
        """Pages with the rows beside them that their own page shows, so that they cost no query each."""
        beside: tuple[str, ...] = self.model.shown_beside
        pages = self.select_related(*beside) if beside else self
        return pages.annotate(**self.model.annotated_beside())  # type: ignore[no-any-return]


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)


class VisiblePage(FoundByWords, Page):
    """Abstract: a page whose readers are decided by its visibility, where it has one, and Wagtail's restrictions."""

    objects = VisiblePageManager()
    words_found = ("title", "draft_title")
    search_fields = [*Page.search_fields, *FoundByWords.search_fields, index.SearchField("bare_words")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    heading=_("Fin de l’adresse"),
                    help_text=_("Des mots courts, sans accent. Changer l’adresse d’une page en ligne casse les liens."),
                ),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("Adresse et moteurs de recherche"),
        ),
    ]
    shown_beside: tuple[str, ...] = ()
    # Whether a member's page holds nothing that a visitor's does not, nor anything about them: their browser may keep it.
    same_for_members = False

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | section_context(self, request)

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
        """Whether no page stands at this address, nor another one ever did."""
        free: bool = Page._slug_is_available(slug, parent_page, page)
        return free and (parent_page is None or is_free(PAGE, f"{parent_page.url_path}{slug}/", to=page and page.pk))

    def _set_core_field_defaults(self) -> None:
        """A new page whose address served another, gone since, takes the next one that is free, as titles that are alike do.

        Nobody gave that address yet. Of a page that is there already, the form says that its new address is taken.
        """
        super()._set_core_field_defaults()
        parent = None if self.pk else self.get_parent()
        slug: str = self.slug  # type: ignore[has-type]
        if parent and Page._slug_is_available(slug, parent) and not self._slug_is_available(slug, parent):
            self.slug = self._get_autogenerated_slug(slug)

    def _check_slug_is_unique(self) -> None:
        try:
            super()._check_slug_is_unique()
        except ValidationError:
            if Page._slug_is_available(self.slug, self.get_parent(), self):
                raise ValidationError({"slug": TAKEN}) from None
            raise

    def clean(self) -> None:
        super().clean()
        if errors := citation_errors(self) | mark_errors(texts_of(self)):
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """An address that was read is given for good."""
        saved = super().save(*args, **kwargs)
        if self.live:
            give_all(PAGE, [(self.url_path, self.pk)])
        return saved

    @classmethod
    def annotated_beside(cls) -> dict[str, Any]:
        """What else the page shows that is not a row of its own: annotations of the query that serves it."""
        return {}

    def get_admin_display_title(self) -> str:
        """In lists and choosers of the admin, a published page goes by its published title: editors of other networks
        see it there, and not what its own editors are drafting."""
        return self.title if self.live else super().get_admin_display_title()

    @property
    def principals(self) -> frozenset[str]:
        """The principals that may read this page once it is published; one held is enough. Empty: nobody."""
        readers = frozenset([MEMBERS if self._is_for_members else PUBLIC])
        for path, opened in restrictions():
            if not self.path.startswith(path):
                continue
            if PUBLIC in readers or (MEMBERS in readers and MEMBERS not in opened):
                readers = opened
            elif MEMBERS not in opened:
                readers &= opened
        return readers

    @property
    def _is_for_members(self) -> bool:
        return getattr(self, "visibility", Visibility.PUBLIC) == Visibility.MEMBRES

    def is_visible_to(self, user: "User | Any") -> bool:
        """Whether this person may read this page as published."""
        return self.live and self.is_open_to(user)

    def is_open_to(self, user: "User | Any") -> bool:
        """Whether this person is among the readers of this page, online or not."""
        if self._is_for_members and MEMBERS not in principals_of(user):
            return False
        return not any(self.path.startswith(path) for path in _paths_closed_to(user))

    def is_visible_to_all(self, reader: Any) -> bool:
        """Whether any visitor may read this page; `reader` is who reads it now, and spares asking the database again."""
        if not self.live or self._is_for_members:
            return False
        return not any(self.path.startswith(path) for path, _opened in _restrictions_for(reader))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve the page to those who may read it, else lead to sign-in and back (403 for those who are signed in)."""

        if not self.is_visible_to(request.user):
            return refused_to(request)
        response = super().serve(request, *args, **kwargs)
        if self.same_for_members and request.user.is_authenticated and self.is_visible_to_all(request.user):
            response.headers.setdefault("Cache-Control", KEPT_BY_READER)
        return response
