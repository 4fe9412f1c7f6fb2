"""What the short form gathers, and how it becomes the fields of a card."""

import re
from dataclasses import dataclass
from typing import Any

from ..choices import Evidence
from ..models import PracticePage
from ..step_pictures import with_pictures_of

STEP_TITLE_LENGTH = 80
SUMMARY_LENGTH = 200

_LIST_MARK = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s")
_ANNOUNCEMENT = re.compile(rf"(.{{1,{STEP_TITLE_LENGTH - 1}}}?:)\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class ProposedCard:
    """A practice in the words of the person who tells it. `steps`: one line each, in order."""

    title: str
    summary: str = ""
    challenges: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    conditions: str = ""
    limits: str = ""
    results: str = ""
    context: str = ""
    objective: str = ""

    def apply_to(self, card: PracticePage) -> None:
        """Write this idea on a card (not saved); what the short form does not ask is left as it is, and so is a step whose
        line did not change: its lists and its table are not on that line."""
        card.title = self.title
        card.draft_title = self.title
        card.summary = self.summary or card.summary
        card.challenges = list(self.challenges)
        card.audiences = list(self.audiences)
        former = {line_of(child.value): dict(child.value) for child in card.steps}
        steps = [("step", former.get(line) or step_of(line)) for line in self.steps]
        card.steps = with_pictures_of(card.steps, steps)
        card.limits = self.limits
        card.observed_results = self.results
        card.context = self.context or card.context
        card.objective = self.objective or card.objective
        card.evidence = card.evidence or Evidence.TEMOIGNAGE


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text typed as a list, without their dashes, dots or numbers."""
    lines = (_LIST_MARK.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def step_of(line: str) -> dict[str, Any]:
    """Return one step of a card: its first sentence is the title, the rest the instruction.

    Too long for a title, the sentence is cut after the colon that announces the rest; without any, it is shortened to its
    last whole word and kept entire in the instruction.
    """
    first, _space, rest = _END_OF_SENTENCE.sub("\n", line, count=1).partition("\n")
    title = first.rstrip(".…")
    if len(title) > STEP_TITLE_LENGTH and (announced := _ANNOUNCEMENT.fullmatch(line)):
        title, rest = announced.groups()
    elif len(title) > STEP_TITLE_LENGTH:
        title, rest = title[: STEP_TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…", line
    return {"title": title, "who": "", "duration_minutes": None, "instruction": rest, "tip": ""}


def line_of(step: Any) -> str:
    """Return the line that a step was typed as: what step_of() reads back."""
    title, instruction = step["title"], " ".join(step["instruction"].split())
    if not instruction:
        return f"{title}."
    if title.endswith("…"):
        return instruction
    return f"{title} {instruction}" if title.endswith(":") else f"{title}. {instruction}"
