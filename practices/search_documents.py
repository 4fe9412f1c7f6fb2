"""May this page be found, and under which words? Read by search, which this app does not know."""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page

from kb_site.accounts.choices import ROLE, SIAE_TYPE
from kb_site.accounts.models import NETWORK
from kb_site.accounts.principals import MEMBERS, principals_of
from kb_site.facts.citations import with_values
from kb_site.search_documents import SearchDocument, together

from .choices import (
    ACCOUNT,
    AUDIENCE,
    CHALLENGE,
    CHANNEL,
    CHANNELS_NEEDING_DATA,
    EVIDENCE,
    FREE,
    FUNCTION,
    KIND_OF_PRACTICE,
    MODALITY,
    NO_DATA,
    NUMBER_SHOWN,
    RESOURCE_TYPE,
    SMARTPHONE,
    TOOL_CATEGORY,
    Channel,
    DiagnosticQuestion,
    Evidence,
    NumberShown,
    Provenance,
    Smartphone,
    Strength,
    ToolCategory,
    Usage,
    Visibility,
)
from .feasibility.card_facts import facts_of
from .feasibility.lacks import Lack
from .feasibility.verdicts import barring
from .marks import without_marks
from .models import Condition, DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from .models.conditions import LACK
from .models.themes import THEME
from .models.visibility import closed_paths


def search_document(page: Any) -> SearchDocument | None:
    """Return what search may know of this page; None when nobody may find it (draft, restricted to nobody)."""
    if type(page) not in DESCRIBED_BY or not page.live or not page.principals:
        return None
    describe = DESCRIBED_BY[type(page)]
    themes = list(page.themes.all())
    described: dict[str, Any] = describe(page)
    facets = {THEME: [theme.slug for theme in themes]} | described.pop("facets", {})
    keywords = " ".join([*(theme.name for theme in themes), *described.pop("labels", ())])
    return SearchDocument(
        key=f"page:{page.pk}",
        title=page.title,
        summary=page.summary,
        url=page.get_url() or "",
        principals=page.principals,
        published_at=page.first_published_at or page.latest_revision_created_at,
        updated_at=page.last_published_at or page.latest_revision_created_at,
        facets=facets,
        keywords=keywords,
        **described,
    )


def all_search_documents() -> Iterator[SearchDocument]:
    """Yield everything of this app that may be found, for a rebuild."""
    for model in DESCRIBED_BY:
        for page in model.objects.live().prefetch_related("themes").iterator(chunk_size=500):
            if described := search_document(page):
                yield described


def visible_keys(keys: Iterable[str], user: Any) -> set[str]:
    """Return those of these keys that this person may read now, asked from the pages themselves."""
    ids = [int(key.removeprefix("page:")) for key in keys if key.startswith("page:")]
    pages = Page.objects.live().filter(pk__in=ids).exclude(closed_paths(user))
    if MEMBERS not in principals_of(user):
        pages = pages.exclude(practicepage__visibility=Visibility.MEMBRES)
    return {f"page:{pk}" for pk in pages.values_list("pk", flat=True)}


def _paragraphs(*texts: str) -> str:
    return with_values(without_marks("\n\n".join(text for text in texts if text)))


def _practice(page: PracticePage) -> dict[str, Any]:
    steps = [f"{step.value['title']}. {without_marks(step.value['instruction'])}" for step in page.steps]
    data = page.data_mb_per_hour
    section = page.get_parent()
    return {
        "kind": "pratique",
        "body": _paragraphs(
            page.objective, *steps, page.fallback, page.limits, page.context, page.watchpoints,
            page.adaptations, page.observed_results,
        ),
        "labels": [*page.challenge_labels(), *page.audience_labels(), *page.channel_labels(), page.questions],
        "facets": {
            CHALLENGE: page.challenges,
            AUDIENCE: page.audiences,
            CHANNEL: page.channels,
            ROLE: page.roles,
            SIAE_TYPE: page.siae_types,
            FUNCTION: page.functions,
            KIND_OF_PRACTICE: [page.kind],
            MODALITY: [page.modality],
            EVIDENCE: [page.evidence],
            NETWORK: [section.slug],
            LACK: _out_of_reach(page),
            NO_DATA: NO_DATA.only_if(data and data.high == 0 and not CHANNELS_NEEDING_DATA & set(page.channels)),
            SMARTPHONE: SMARTPHONE.only_if(_smartphone_is_enough(page)),
        },
        "card": {
            "minutes": page.duration_minutes,
            "data": list(data) if data else None,
            "evidence": str(page.get_evidence_display()),
            "is_fictional": page.provenance == Provenance.DEMONSTRATION,
            "audiences": page.audience_labels()[:2],
            "members_only": page.visibility == Visibility.MEMBRES,
        },
        "evidence_rank": Evidence.values.index(page.evidence),
    }  # fmt: skip


def _out_of_reach(page: PracticePage) -> list[str]:
    """The lacks, alone or together, with which the card is not feasible at all."""
    lacks = [Lack.of(condition) for condition in Condition.objects.all()]
    return [together(slugs) for slugs in barring(facts_of(page), lacks)]


def _smartphone_is_enough(page: PracticePage) -> bool:
    """Whether people take part with a telephone alone: no indispensable computer, no main tool that asks for one."""
    computer = [
        link
        for link in page.condition_links.all()
        if link.strength == Strength.INDISPENSABLE and link.condition.rule_question == DiagnosticQuestion.COMPUTER
    ]
    main = [link.tool for link in page.tool_links.all() if link.usage == Usage.PRINCIPAL]
    return not computer and Channel.PLATEFORME_FORMATION not in page.channels and all(map(_runs_on_a_smartphone, main))


def _runs_on_a_smartphone(tool: ToolPage) -> bool:
    """A call or an SMS needs less than a smartphone: « non » there says that no application is needed."""
    return tool.smartphone != Smartphone.NON or tool.category in (ToolCategory.AUDIO, ToolCategory.SMS)


def _uses_no_data(tool: ToolPage) -> bool:
    measured = [span for span in (tool.audio_data, tool.video_data) if span is not None]
    return bool(measured) and all(span.high == 0 for span in measured)


def _tool(page: ToolPage) -> dict[str, Any]:
    return {
        "kind": "outil",
        "body": _paragraphs(page.description, page.limits, page.gdpr_text, page.data_saving_tips),
        "labels": [str(page.get_category_display()), page.publisher],
        "facets": {
            TOOL_CATEGORY: [page.category],
            FREE: [page.free],
            ACCOUNT: [page.participant_account],
            NUMBER_SHOWN: [NumberShown.VISIBLE if page.number_visible else NumberShown.CACHE],
            NO_DATA: NO_DATA.only_if(_uses_no_data(page)),
            SMARTPHONE: SMARTPHONE.only_if(_runs_on_a_smartphone(page)),
        },
        "card": {
            "hours_of_data": page.hours_of_data,
            "advice": str(page.get_gdpr_advice_display()),
            "free": str(page.get_free_display()),
        },
    }


def _resource(page: ResourcePage) -> dict[str, Any]:
    return {
        "kind": "ressource",
        "body": _paragraphs(page.body, page.transcript),
        "labels": [str(page.get_type_display()), page.publisher],
        "facets": {RESOURCE_TYPE: [page.type]},
        "card": {"type": str(page.get_type_display())},
    }


def _dossier(page: DossierPage) -> dict[str, Any]:
    return {
        "kind": "dossier",
        "body": _paragraphs(page.introduction, *page.items.values_list("note", flat=True)),
        "card": {"type": str(page._meta.verbose_name)},
    }


def _orientation(page: OrientationPage) -> dict[str, Any]:
    return {
        "kind": "orientation",
        "body": _paragraphs(page.what, page.first_gesture, page.service, page.limits),
        "labels": [page.questions],
        "card": {"service": page.service, "phone": page.phone},
    }


DESCRIBED_BY: dict[type[Page], Any] = {
    PracticePage: _practice,
    ToolPage: _tool,
    ResourcePage: _resource,
    DossierPage: _dossier,
    OrientationPage: _orientation,
}
