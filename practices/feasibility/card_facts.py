"""What a card says of itself, as plain values: all that a verdict reads, and nothing of the database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from ..choices import (
    CHANNELS_NEEDING_DATA,
    Audience,
    Channel,
    Function,
    Kind,
    Modality,
    Smartphone,
    Strength,
    ToolCategory,
    Usage,
)
from ..models import PracticePage
from ..models.cards import PracticeCondition, PracticeTool
from ..models.tools import DataRange, ToolPage
from ..text_normalization import folded
from .lacks import Need, need_of

# Who takes part in a step, when it is not staff alone; « la personne qui note » is a role in the meeting.
_ACCOMPANIED = re.compile(
    r"\bpersonnes?\b(?! (?:qui|ressource))|\bsalarie(?:e)?s?\b(?! permanent)|\bstagiaires?\b|\bbeneficiaires?\b"
)
# A sentence ends at a full stop, or at the end of a line; figures and abbreviations inside quotation marks are rare enough.
_SENTENCE = re.compile(r"(?<=[.!?»])\s+(?=[A-ZÀ-Ý«])|\n+")


@dataclass(frozen=True)
class ToolFacts:
    """A tool of a card. `plain` : a call or an SMS, which any telephone does and no data pays."""

    usage: str
    title: str
    category: str
    plain: bool
    phone_in: bool
    smartphone: str

    @classmethod
    def of(cls, tool: ToolPage, usage: str) -> "ToolFacts":
        """Return what counts of a tool for feasibility."""
        spoken = tool.category in (ToolCategory.AUDIO, ToolCategory.SMS)
        measured = [span for span in (tool.audio_data, tool.video_data) if span is not None]
        free_of_data = all(span.high == 0 for span in measured)
        return cls(usage, tool.title, tool.category, spoken and free_of_data, tool.phone_in, tool.smartphone)

    @property
    def is_spoken(self) -> bool:
        return self.plain and self.category == ToolCategory.AUDIO


@dataclass(frozen=True)
class ConditionFacts:
    """A condition of a card: what it asks of people (None: of the team), whether the card can do without."""

    slug: str
    need: Need | None
    essential: bool
    note: str = ""


@dataclass(frozen=True)
class CardFacts:
    """One card. Texts are as written; `step_texts` are instructions and tips, `who` those who hold each step."""

    kind: str
    modality: str
    channels: frozenset[str]
    audiences: frozenset[str]
    functions: frozenset[str] = frozenset()
    level: int | None = None
    own_data: DataRange | None = None  # as corrected by hand
    tools: tuple[ToolFacts, ...] = ()
    conditions: tuple[ConditionFacts, ...] = ()
    who: tuple[str, ...] = ()
    step_texts: tuple[str, ...] = ()
    fallback: str = ""
    adaptations: str = ""
    limits: str = ""

    @property
    def on_site(self) -> bool:
        """Whether it is done in the structure, with its equipment, its connection and its room."""
        return self.modality == Modality.PRESENTIEL

    @property
    def can_be_on_site(self) -> bool:
        return self.on_site or self.modality == Modality.HYBRIDE or Channel.PRESENTIEL in self.channels

    @cached_property
    def main_tool(self) -> ToolFacts | None:
        """The first of the main tools."""
        return next((tool for tool in self.tools if tool.usage == Usage.PRINCIPAL), None)

    @cached_property
    def is_online(self) -> bool:
        """Whether its main way goes through the internet: its main tool does, or no channel does without."""
        if self.main_tool is not None:
            return not self.main_tool.plain
        return bool(self.channels) and self.channels <= CHANNELS_NEEDING_DATA | {Channel.COURRIEL}

    @cached_property
    def is_spoken(self) -> bool:
        """Whether its main way is a voice: a telephone, or people in the same room without a screen."""
        if self.main_tool is not None:
            return self.main_tool.is_spoken
        return bool(self.channels & {Channel.TELEPHONE, Channel.AUDIOCONFERENCE, Channel.PRESENTIEL})

    @cached_property
    def is_between_staff(self) -> bool:
        """Whether no accompanied person takes part: the organisation of the team, for no audience in particular, whose
        steps are all held by staff."""
        return (
            self.kind == Kind.ORGANISATION
            and Function.ORGANISATION_INTERNE in self.functions
            and self.audiences <= {Audience.TOUS}
            and bool(self.who)
            and not any(_ACCOMPANIED.search(folded(who)) for who in self.who)
        )

    def essential_for(self, need: Need) -> bool:
        """Whether the card calls this need essential."""
        return any(condition.essential and condition.need == need for condition in self.conditions)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the marks of a list."""
    return [found for part in _SENTENCE.split(text) if (found := part.strip(" \t-;"))]


# What facts_of() reads beside the row of a card, to fetch beforehand for many.
READ_BESIDE = (
    Prefetch("condition_links", PracticeCondition.objects.select_related("condition")),
    Prefetch("tool_links", PracticeTool.objects.select_related("tool")),
)


def facts_of(page: PracticePage) -> CardFacts:
    """Return what a card says of itself; asks nothing of the database when READ_BESIDE was fetched beforehand."""
    low, high = page.data_mb_min, page.data_mb_max
    corrected = None if low is None and high is None else DataRange(low or 0, high if high is not None else low or 0)
    steps = [step.value for step in page.steps]
    return CardFacts(
        kind=page.kind,
        modality=page.modality,
        channels=frozenset(page.channels),
        audiences=frozenset(page.audiences),
        functions=frozenset(page.functions),
        level=page.participant_level,
        own_data=corrected,
        tools=tuple(ToolFacts.of(link.tool, link.usage) for link in _in_order(page.tool_links.all())),
        conditions=tuple(
            ConditionFacts(
                link.condition.slug, need_of(link.condition), link.strength == Strength.INDISPENSABLE, link.note
            )
            for link in _in_order(page.condition_links.all())
        ),
        who=tuple(who for step in steps if (who := step.get("who"))),
        step_texts=tuple(text for step in steps for text in (step.get("instruction"), step.get("tip")) if text),
        fallback=page.fallback,
        adaptations=page.adaptations,
        limits=page.limits,
    )


def _in_order(links: Iterable[Any]) -> list[Any]:
    """The links of a card in their order, saved or still in the editor's form."""
    return sorted(links, key=lambda link: getattr(link, "sort_order", None) or 0)


def asks_for_a_screen(tool: ToolFacts) -> bool:
    """Whether a person needs a smartphone or a computer of their own to use the tool at a distance."""
    return not tool.plain and tool.smartphone in (Smartphone.APPLICATION, Smartphone.NAVIGATEUR)
