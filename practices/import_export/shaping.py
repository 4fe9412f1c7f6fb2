"""Texts of documents given the shape that a field takes: steps, sources, one line."""

import re

from django.utils.translation import gettext as _

STEP_TITLE = 80
_TITLE = re.compile(r"^##\s+(.*)$")
_ITEM = re.compile(r"^(?:\d{1,2}[.)]|-)\s+(.*)$")
_RANK = re.compile(r"^(?:étape|etape|phase)?\s*\d{1,2}\s*[.):/–-]+\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+")
# Fields of cards where the site shows no titles inside a text.
_WITHOUT_TITLES = {
    "limits", "fallback", "watchpoints", "adaptations", "gdpr_note", "context", "observed_results", "description",
    "gdpr_text", "data_saving_tips", "transcript",
}  # fmt: skip
_ONE_LINE = {"summary", "objective", "credits", "publisher", "cost_note", "data_source", "origin_period"}


def shaped(field: str, text: str) -> str:
    """Return a text of a document as the cell of this field would say it; no word is added but a rank."""
    if field == "steps":
        return _as_steps(text)
    if field == "sources":
        return _as_sources(text)
    if field in _WITHOUT_TITLES:
        return "\n".join(_TITLE.sub(r"\1", line) for line in text.split("\n"))
    return " ".join(text.split()) if field in _ONE_LINE else text


def _as_steps(text: str) -> str:
    """Titles inside the text are those of its steps; else each item of its list is one; else the text is one step."""
    lines = text.split("\n")
    if any(line.startswith("# ") for line in lines):
        return text  # steps as the site writes them
    mark = _TITLE if any(map(_TITLE.match, lines)) else _ITEM
    steps: list[tuple[str, list[str]]] = []
    before: list[str] = []
    for line in lines:
        if found := mark.match(line):
            steps.append((_RANK.sub("", found[1]).strip() or found[1], []))
        else:
            (steps[-1][1] if steps else before).append(line)
    if not steps:
        steps = [("", before)]
    elif any(line.strip() for line in before):
        steps[0] = (steps[0][0], [*before, *steps[0][1]])
    return "\n\n".join(_step(rank, title, "\n".join(inside).strip()) for rank, (title, inside) in enumerate(steps, 1))


def _step(rank: int, title: str, body: str) -> str:
    """One step as the site writes it; words too long to be a title are what there is to do."""
    if not title or len(title) > STEP_TITLE:
        head, _colon, rest = title.partition(" : ")
        named = bool(rest) and len(head) <= STEP_TITLE
        body = f"{rest if named else title}\n{body}".strip()
        title = head if named else _("Étape %s") % rank
    return f"# {title}\n{_unmarked(body)}".strip()


def _unmarked(body: str) -> str:
    return "\n".join(_TITLE.sub(r"\1", line) for line in body.split("\n"))


def _as_sources(text: str) -> str:
    """A line for each link (« titre | adresse »), and for each item of a list that has none."""
    rows = []
    for line in text.split("\n"):
        words = _ITEM.sub(r"\1", line.strip())
        address = _ADDRESS.search(words)
        if address is None:
            rows += [words] if words and ("|" in words or words != line.strip()) else []
            continue
        found = address[0].rstrip(").,;")
        if "|" in words:
            rows.append(words)
            continue
        title = words.replace(f"({found})", "").replace(found, "").strip(" :–-()")
        rows.append(f"{title.replace('|', '/')[:200] or found[:200]} | {found}")
    return "\n".join(dict.fromkeys(rows))
