"""A Markdown file of a site, a wiki or a pad: its head, then CommonMark with tables."""

import re

from markdown_it import MarkdownIt

from .documents import Document
from .front_matter import HeadError, split_head
from .site_text import converted

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What site generators add to Markdown: components and imports (MDX), short codes (Hugo, Jekyll), boxes (Docusaurus, MkDocs).
_MODULE_LINE = re.compile(r"^(?:import\s.+\sfrom\s.+|import\s+['\"].+|export\s.+)$", re.MULTILINE)
_SHORT_CODE = re.compile(r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}", re.DOTALL)
_BOX = re.compile(r"^:::+[^\n]*$", re.MULTILINE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]\n]+)\]\]")
ADDRESS_NAMES = ("canonical", "canonical_url", "permalink", "url")


def read_markdown(name: str, text: str, *, base: str = "") -> Document:
    """Return the document of a Markdown file."""
    try:
        facts, body = split_head(text.lstrip("\n"))
    except HeadError as error:
        return Document(name, refused=str(error))
    title = next((facts.pop(key) for key in ("title", "titre", "Title", "Titre") if key in facts), "")
    if name.endswith(".mdx"):
        body = _MODULE_LINE.sub("", body)
    body = _WIKI_LINK.sub(r"\1", _BOX.sub("", _SHORT_CODE.sub("", body)))
    own = next((facts[key] for key in ADDRESS_NAMES if facts.get(key, "").startswith(("http://", "https://"))), "")
    return Document(name, title, facts, converted(_MARKDOWN.render(body), base=own or base))
