"""Loads the sample content of fixtures/: what exists already is left as it is, so loading twice changes nothing."""

import datetime
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files import File
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from exchange_groups import sample_content as groups_content
from exchange_groups.minutes import sample_content as minutes_content
from exchange_groups.sessions import sample_content as sessions_content
from kb_site.accounts import groups
from kb_site.accounts.demo import DEMO_PASSWORD
from kb_site.accounts.models import Network, Structure, User
from kb_site.facts.models import Fact
from kb_site.given_addresses.models import LastingSlug, is_free
from practices.comments.models import Comment
from practices.comments.services import post_comment
from practices.diagnostic.sample_content import load_diagnostics
from practices.editorial import sample_content as proposals_content
from practices.experiences.sample_content import load_experiences
from practices.models import (
    Condition,
    DossierPage,
    OrientationIndexPage,
    OrientationPage,
    PracticeCondition,
    PracticePage,
    PracticeSectionPage,
    PracticeTool,
    ResourceIndexPage,
    ResourcePage,
    Theme,
    ToolIndexPage,
    ToolPage,
)
from practices.models.resources import DossierItem
from practices.statistics.sample_content import views_of_a_year
from search.card_requests.sample_content import load_card_requests
from search.meaning.sample_content import load_constraints, load_needs
from search.models import SynonymGroup
from search.saved.sample_content import load_saved_searches
from search.zero_results.sample_content import load_search_gaps

from .site_structure import open_section

FIXTURES: Path = settings.BASE_DIR / "fixtures"


def read_table(name: str) -> list[dict[str, Any]]:
    """Return the list of one file that holds many objects: fixtures/<name>.toml."""
    table: list[dict[str, Any]] = tomllib.loads((FIXTURES / f"{name}.toml").read_text("utf-8"))[name]
    return table


def read_folder(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield slug and content of each file of fixtures/<name>/, by name."""
    for path in sorted((FIXTURES / name).glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text("utf-8"))


@transaction.atomic
def load_sample_content() -> dict[str, int]:
    """Load everything in the order of its references; return how many objects of each type were added."""
    loaders = (
        _networks, _structures, _accounts, _themes, _synonyms, _conditions, _facts, _tools, _cards, _resources, _dossiers, _orientations,
        _constraints, _needs,
        _comments, _experiences, _diagnostics,
        proposals_content.proposals,
        groups_content.support_groups, groups_content.exchange_groups, groups_content.topics,
        sessions_content.sessions, minutes_content.minutes,
        views_of_a_year,
        _card_requests, _search_gaps, _saved_searches,
    )  # fmt: skip
    # A page is saved several times before it is published: what refers to what is worked out once, at the end.
    with disable_reference_index_auto_update():
        added = {loader.__name__.strip("_"): loader() for loader in loaders}
    if any(added.values()):
        call_command("rebuild_references_index", verbosity=0)
    return added


@transaction.atomic
def load_vocabulary() -> dict[str, int]:
    """Load the words that every site needs, and no content: themes, synonyms, conditions, constraints, needs.

    What exists is left as editors made it. Methods and help numbers come with the structure of the site.
    """
    loaders = {
        "thèmes": _themes,
        "synonymes": _synonyms,
        "conditions": _conditions,
        "contraintes": _constraints,
        "besoins": _needs,
    }
    return {name: load() for name, load in loaders.items()}


def _is_new(model: type[LastingSlug], row: dict[str, Any]) -> bool:
    """Whether this was never there: what was renamed or deleted since does not come back."""
    return is_free(model.address_kind, row["slug"], to=None)


def _networks() -> int:
    added = 0
    for row in read_table("networks"):
        if _is_new(Network, row):
            open_section(Network.objects.create(**row))
            added += 1
    return added


def _structures() -> int:
    added = 0
    for row in read_table("structures"):
        row.pop("slug")
        row["network"] = Network.objects.get(slug=row["network"])
        added += Structure.objects.get_or_create(name=row.pop("name"), defaults=row)[1]
    return added


def _structure(slug: str) -> Structure | None:
    names = {row["slug"]: row["name"] for row in read_table("structures")}
    return Structure.objects.get(name=names[slug]) if slug else None


def _accounts() -> int:
    added = 0
    # Outside the demonstration the published password opens nothing: the accounts are made without one.
    password = DEMO_PASSWORD if settings.DEMO else None
    for row in read_table("accounts"):
        if User.objects.filter(email=row["email"]).exists():
            continue
        kind, network = row["group"], row.get("network", "")
        user = User.objects.create_user(
            row["email"],
            password,
            first_name=row["first_name"],
            last_name=row["last_name"],
            role=row["role"],
            structure=_structure(row["structure"]) if row["status"] == User.Status.APPROVED else None,
            **{name: value for name, value in row.items() if name.endswith("_declared")},
            status=row["status"],
            is_referent=row.get("referent", False),
            is_superuser=kind == "admin",
            is_staff=kind == "admin",
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if row["status"] == User.Status.APPROVED:
            names = [groups.PARTNERS if kind == "partner" else groups.MEMBERS]
            names += [groups.FACILITATORS] if kind == "facilitator" else []
            names += [groups.COORDINATION] if kind == "coordinator" else []
            names += [groups.editors_group_name(Network.objects.get(slug=network))] if kind == "editor" else []
            user.groups.set(Group.objects.filter(name__in=names))
        added += 1
    return added


def _themes() -> int:
    return sum(bool(Theme.objects.create(**row)) for row in read_table("themes") if _is_new(Theme, row))


def _synonyms() -> int:
    rows = read_table("synonyms")
    return sum(SynonymGroup.objects.get_or_create(wordings=row["wordings"], defaults=row)[1] for row in rows)


def _constraints() -> int:
    return load_constraints(read_table("constraints"))


def _needs() -> int:
    return load_needs(read_table("needs"))


def _conditions() -> int:
    added = 0
    for row in read_table("conditions"):
        row["links"] = [("link", link) for link in row.pop("links", []) if link["url"]]
        added += _is_new(Condition, row) and bool(Condition.objects.create(**row))
    return added


def _facts() -> int:
    owner, today, added = _editor(Network.objects.get(slug="numerique-inclusif")), timezone.localdate(), 0
    for row in read_table("facts"):
        review_on = today + datetime.timedelta(days=row.pop("review_in_days"))
        defaults = row | {"review_on": review_on, "owner": owner}
        added += Fact.objects.get_or_create(code=row["code"], defaults=defaults)[1]
    return added


def _publish(parent: Page, page: Any, themes: list[str], *, author: User | None, verified_days_ago: int | None) -> None:
    if verified_days_ago is not None:
        page.last_verified_at = timezone.localdate() - datetime.timedelta(days=verified_days_ago)
        page.last_verified_by = page.card_owner = author
        page.backup_owner = User.objects.filter(groups__name=groups.COORDINATION).first()
    page.owner = author
    page.live = False
    parent.add_child(instance=page)
    page.themes.set(Theme.objects.filter(slug__in=themes))
    page.save_revision(user=author, log_action=True).publish(user=author, skip_permission_checks=True)


def _editor(network: Network) -> User | None:
    return User.objects.filter(groups__name=groups.editors_group_name(network)).first()


def _tools() -> int:
    parent, added = ToolIndexPage.objects.get(), 0
    author = _editor(Network.objects.get(slug="numerique-inclusif"))
    for slug, row in read_folder("tools"):
        if not ToolPage.objects.filter(slug=slug).exists():
            themes, days = row.pop("themes", []), row.pop("last_verified_days_ago")
            facts = {name: Fact.objects.get(code=row.pop(name)) for name in ("audio_fact", "video_fact") if name in row}
            tool = ToolPage(slug=slug, review_every_months=6, **facts, **row)
            _publish(parent, tool, themes, author=author, verified_days_ago=days)
            added += 1
    return added


def _cards() -> int:
    added, replaced = 0, {}
    for slug, row in read_folder("cards"):
        if PracticePage.objects.filter(slug=slug).exists():
            continue
        section = PracticeSectionPage.objects.get(slug=row.pop("network"))
        themes, days = row.pop("themes", []), row.pop("last_verified_days_ago")
        conditions, tools = row.pop("conditions", []), row.pop("tools", [])
        replaced[slug] = row.pop("replaces", "")
        sources = [{"date": None, "url": ""} | source for source in row.pop("sources", [])]
        steps = [{"who": "", "duration_minutes": None, "tip": ""} | step for step in row.pop("steps")]
        card: Any = PracticePage(
            slug=slug,
            origin_structure=_structure(row.pop("origin_structure", "")),
            steps=[("step", step) for step in steps],
            sources=[("source", source) for source in sources],
            **row,
        )
        card.condition_links = [
            PracticeCondition(
                condition=Condition.objects.get(slug=link["condition"]),
                strength=link["strength"],
                note=link.get("note", ""),
                sort_order=order,
            )
            for order, link in enumerate(conditions)
        ]
        card.tool_links = [
            PracticeTool(tool=ToolPage.objects.get(slug=link["tool"]), usage=link["usage"], sort_order=order)
            for order, link in enumerate(tools)
        ]
        _publish(section, card, themes, author=_editor(section.network), verified_days_ago=days)
        added += 1
    return added


def _orientations() -> int:
    parent, added = OrientationIndexPage.objects.get(), 0
    author = _editor(Network.objects.get(slug="numerique-inclusif"))
    for slug, row in read_folder("orientations"):
        if OrientationPage.objects.filter(slug=slug).exists():
            continue
        themes, days = row.pop("themes"), row.pop("last_verified_days_ago")
        page = OrientationPage(slug=slug, review_every_months=6, **row)
        _publish(parent, page, themes, author=author, verified_days_ago=days)
        added += 1
    return added


def _document(name: str, title: str) -> Any:
    with (FIXTURES / "media" / name).open("rb") as stream:
        document = get_document_model()(title=title)
        document.file.save(Path(name).name, File(stream), save=False)
        document._set_document_file_metadata()
        document.save()
        return document


def _resources() -> int:
    parent, added = ResourceIndexPage.objects.get(), 0
    author = _editor(Network.objects.get(slug="numerique-inclusif"))
    for slug, row in read_folder("resources"):
        if ResourcePage.objects.filter(slug=slug).exists():
            continue
        row.pop("language", None)
        themes = row.pop("themes", [])
        for field, suffix in (("video", ""), ("audio", " (audio)"), ("subtitles", " (sous-titres)")):
            if name := row.pop(f"{field}_file", ""):
                row[field] = _document(name, row["title"] + suffix)
        _publish(parent, ResourcePage(slug=slug, **row), themes, author=author, verified_days_ago=None)
        added += 1
    return added


def _dossiers() -> int:
    models: dict[str, Any] = {"card": PracticePage, "tool": ToolPage, "resource": ResourcePage}
    parent, added = ResourceIndexPage.objects.get(), 0
    author = User.objects.filter(groups__name=groups.COORDINATION).first()
    for slug, row in read_folder("dossiers"):
        if DossierPage.objects.filter(slug=slug).exists():
            continue
        items, themes = row.pop("items"), row.pop("themes", [])
        dossier = DossierPage(slug=slug, **row)
        dossier.items = [
            DossierItem(page=models[item["kind"]].objects.get(slug=item["slug"]), note=item["note"], sort_order=order)
            for order, item in enumerate(items)
        ]
        _publish(parent, dossier, themes, author=author, verified_days_ago=None)
        added += 1
    return added


def _comments() -> int:
    added, by_key = 0, {}
    for row in read_table("comments"):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"sample-comment:{row['key']}")
        if comment := Comment.objects.filter(submission_key=key).first():
            by_key[row["key"]] = comment
            continue
        comment = post_comment(
            target=PracticePage.objects.get(slug=row["card"]),
            author=User.objects.get(email=row["author"]),
            text=row["text"],
            submission_key=key,
            parent=by_key.get(row.get("reply_to", "")),
        )
        # queryset.update: saving again would set off the library's signal
        written = timezone.now() - datetime.timedelta(days=row["days_ago"])
        Comment.objects.filter(pk=comment.pk).update(submit_date=written)
        by_key[row["key"]] = comment
        added += 1
    return added


def _card_requests() -> int:
    return load_card_requests(read_table("card_requests"))


def _search_gaps() -> int:
    return load_search_gaps(read_table("search_gaps"))


def _saved_searches() -> int:
    return load_saved_searches(read_table("saved_searches"))


def _experiences() -> int:
    return load_experiences(read_table("experiences"))


def _diagnostics() -> int:
    return load_diagnostics(read_table("diagnostics"))
